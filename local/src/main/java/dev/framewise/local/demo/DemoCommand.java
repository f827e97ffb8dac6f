package dev.framewise.local.demo;

import dev.framewise.local.ExitCode;
import dev.framewise.local.Home;
import dev.framewise.local.Interruption;
import dev.framewise.local.Terminal;
import dev.framewise.local.WorkFolder;
import dev.framewise.local.report.CameraReport;
import dev.framewise.local.report.DemoReport;
import dev.framewise.local.report.HtmlReport;
import dev.framewise.local.report.JsonReport;
import dev.framewise.local.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code framewise demo}: everything real in one JVM, on two real clips, and a report at the end. */
@Command(
        name = "demo",
        description = "Runs the whole of Framewise on two real clips, in this process, and reports.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DemoOptions options;

    @Override
    public Integer call() throws Exception {
        options.check();
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Home.directory().resolve("demo");
        try (Interruption interruption = new Interruption();
                WorkFolder work = WorkFolder.empty(folder.resolve("work"))) {
            StatusLine status = new StatusLine(out, Terminal.isInteractive(), Terminal.columns());
            DemoState state = new DemoState(System::nanoTime, processStartNanos());
            DemoReport report =
                    new DemoRun(options, status, interruption, state).run(work.path(), folder.resolve("benchmarks"));
            status.note("");
            out.println(TextReport.of(report));
            Path page = write(report, folder);
            out.println("page: " + page.toUri());
            report.imbalances().forEach(problem -> out.println("LEDGER: " + problem));
            out.flush();
            if (!options.headless()) {
                Browser.open(page);
            }
            return exitCode(report, interruption);
        }
    }

    private int exitCode(DemoReport report, Interruption interruption) {
        if (!report.imbalances().isEmpty()) {
            return ExitCode.FAILED;
        }
        // To follow until Ctrl-C is what was asked for; else it was cut short.
        return interruption.isWished() && !options.follow() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private Path write(DemoReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path page = folder.resolve("index.html");
        HtmlReport.write(report, page);
        for (CameraReport camera : report.cameras()) {
            if (camera.picture().isPresent()) {
                Files.writeString(
                        folder.resolve(camera.camera() + ".svg"),
                        camera.picture().get().svg());
            }
        }
        if (options.report().isPresent()) {
            JsonReport.write(report, options.report().get());
        }
        return page;
    }

    /** When this JVM began, on the scale of {@link System#nanoTime()}: its start is part of what a user waits for. */
    private static long processStartNanos() {
        return System.nanoTime()
                - TimeUnit.MILLISECONDS.toNanos(
                        ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
