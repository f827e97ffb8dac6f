package dev.framewise.toolkit.python;

import dev.framewise.vision.asset.AssetLocations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Python of our own with packages of exact versions, in a folder of the cache that may be removed at any time. Made when it is first
 * wanted; one that was not finished is made anew. Any thread.
 */
public final class PythonEnvironment {
    /** Names another Python than {@code python3} to make environments with. */
    public static final String PYTHON_VARIABLE = "FRAMEWISE_PYTHON";

    /** Written last; what was installed stands in it. */
    private static final String COMPLETE = "framewise-complete";

    private static final Object WITHIN_PROCESS = new Object();

    private final Path home;
    private final CommandRunner runner;

    private PythonEnvironment(Path home, CommandRunner runner) {
        this.home = home;
        this.runner = runner;
    }

    /** Where this machine's environments are: in the asset cache. */
    public static Path standardFolder() {
        return AssetLocations.ofProcess().cacheDirectory().resolve("python");
    }

    /**
     * The environment with these packages, made first where it is not there.
     *
     * @param folder of all environments
     * @param progress gets a line where it takes a while
     * @throws EnvironmentException if there is no Python that can make one, or the packages cannot be had
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static PythonEnvironment of(
            PythonPackages packages, Path folder, CommandRunner runner, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path home = folder.toAbsolutePath().resolve(packages.folder());
        PythonEnvironment environment = new PythonEnvironment(home, runner);
        Files.createDirectories(home.getParent());
        Path lockFile = home.resolveSibling(home.getFileName() + ".lock");
        synchronized (WITHIN_PROCESS) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.exists(home.resolve(COMPLETE))) {
                    progress.accept("installing " + String.join(", ", packages.pins()) + " into " + home);
                    environment.make(packages);
                }
            }
        }
        return environment;
    }

    private void make(PythonPackages packages) throws IOException, InterruptedException {
        WorkFolder.remove(home);
        String base = System.getenv().getOrDefault(PYTHON_VARIABLE, "python3");
        CommandRunner.Result made;
        try {
            made = runner.run(List.of(base, "-m", "venv", home.toString()), home.getParent());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "there is no " + base + ", which this needs. Install it (Debian: python3 and python3-venv), or name"
                            + " another with " + PYTHON_VARIABLE,
                    e);
        }
        if (made.exitCode() != 0) {
            throw new EnvironmentException(base + " cannot make an environment in " + home + ": " + made.tail()
                    + ". On Debian install python3-venv");
        }
        List<String> install = new ArrayList<>(List.of(python().toString()));
        install.addAll(packages.install());
        CommandRunner.Result installed = runner.run(install, home);
        if (installed.exitCode() != 0) {
            throw new EnvironmentException(
                    "pip cannot install " + String.join(", ", packages.pins()) + ": "
                            + installed.tail()
                            + ". Check that the package index can be reached, and that it has these for this Python; then try again");
        }
        Files.writeString(home.resolve(COMPLETE), String.join("\n", packages.pins()) + "\n");
    }

    /** Its interpreter. */
    public Path python() {
        return home.resolve("bin").resolve("python");
    }

    /**
     * A file that a package brought along.
     *
     * @param name path within the packages' folder, such as {@code pnnx/pnnx}
     * @throws EnvironmentException if it is not there
     */
    public Path file(String name) throws IOException {
        try (Stream<Path> versions = Files.list(home.resolve("lib"))) {
            return versions.map(version -> version.resolve("site-packages").resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new EnvironmentException(
                            home + ": has no " + name + ". Remove that folder, and it will be made anew"));
        }
    }

    /** Runs a program with the interpreter. */
    public CommandRunner.Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python().toString()));
        command.addAll(List.of(arguments));
        return runner.run(command, folder);
    }
}
