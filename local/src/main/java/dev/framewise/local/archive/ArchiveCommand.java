package dev.framewise.local.archive;

import dev.framewise.local.ExitCode;
import dev.framewise.local.Home;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framewise archive}: see the package. */
@Command(
        name = "archive",
        description = "The gateway for boards: one archive for each platform, with what it needs but Java.",
        mixinStandardHelpOptions = true)
public final class ArchiveCommand implements Callable<Integer> {
    private static final Pattern JAR = Pattern.compile("framewise-gateway-(.+)\\.jar");

    @Option(
            names = "--platform",
            split = ",",
            defaultValue = "LINUX_X64,LINUX_ARM64",
            description = "${COMPLETION-CANDIDATES}; several separated by commas. Default: all")
    private List<Platform> platforms;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to. Default: .framewise/archives of this checkout")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path repository = Home.directory().toAbsolutePath().getParent();
        Path classPath = repository.resolve("gateway/target/runtime-class-path");
        if (!Files.isRegularFile(classPath)) {
            spec.commandLine()
                    .getErr()
                    .println("archive: " + classPath + " is not there: it is made from a built"
                            + " checkout, by ./framewise archive");
            return ExitCode.ENVIRONMENT;
        }
        Path own = ownJar(repository.resolve("gateway/target"));
        List<Path> jars = new ArrayList<>(List.of(own));
        for (String jar : Files.readString(classPath).strip().split(File.pathSeparator)) {
            jars.add(Path.of(jar));
        }
        Matcher version = JAR.matcher(own.getFileName().toString());
        if (!version.matches()) {
            throw new IOException(own + ": no version in its name");
        }
        Path directory = out == null ? Home.directory().resolve("archives") : out;
        PrintWriter say = spec.commandLine().getOut();
        for (Platform platform : platforms) {
            Path made = new GatewayArchive(repository, platform, version.group(1)).write(jars, directory);
            say.println(String.format(Locale.ROOT, "%s, %.1f MiB", made, Files.size(made) / 1048576.0));
            say.flush();
        }
        return ExitCode.DONE;
    }

    private static Path ownJar(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return JAR.matcher(name).matches()
                                && !name.endsWith("-tests.jar")
                                && !name.endsWith("-sources.jar");
                    })
                    .findFirst()
                    .orElseThrow(() -> new IOException(target + " holds no gateway: build it first"));
        }
    }
}
