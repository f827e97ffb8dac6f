package dev.framewise.toolkit.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that do as they are told: environments are folders, pip installs an empty pnnx, everything else says what it is to say. */
public final class TestingCommands implements CommandRunner {
    private final List<List<String>> ran = new ArrayList<>();
    private Result venv = new Result(0, "");
    private Result pip = new Result(0, "");
    private Result others = new Result(0, "");
    private boolean python = true;

    /** What ran, in order. */
    public List<List<String>> ran() {
        return ran;
    }

    /** There is no Python. */
    public TestingCommands withoutPython() {
        python = false;
        return this;
    }

    /** Making an environment ends so. */
    public TestingCommands venv(int exitCode, String output) {
        venv = new Result(exitCode, output);
        return this;
    }

    /** pip ends so. */
    public TestingCommands pip(int exitCode, String output) {
        pip = new Result(exitCode, output);
        return this;
    }

    /** Every other program ends so. */
    public TestingCommands others(int exitCode, String output) {
        others = new Result(exitCode, output);
        return this;
    }

    @Override
    public Result run(List<String> command, Path folder) throws IOException {
        ran.add(command);
        if (command.contains("venv")) {
            if (!python) {
                throw new IOException("Cannot run program \"python3\": error=2, No such file or directory");
            }
            Files.createDirectories(Path.of(command.get(command.size() - 1)));
            return venv;
        }
        if (command.contains("pip")) {
            Path packages = Path.of(command.get(0)).getParent().resolveSibling("lib/python3.11/site-packages/pnnx");
            Files.createDirectories(packages);
            Files.writeString(packages.resolve("pnnx"), "");
            return pip;
        }
        return others;
    }
}
