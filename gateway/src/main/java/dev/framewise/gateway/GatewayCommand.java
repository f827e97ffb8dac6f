package dev.framewise.gateway;

import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.check.Finding;
import dev.framewise.gateway.check.GatewayCheck;
import dev.framewise.gateway.config.ConfigException;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.config.GatewayConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code framewise gateway --config FILE}: the edge process, until its clips end or it is stopped.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the environment lacks something.
 */
@Command(
        name = "gateway",
        description = "The edge process: publishes frames and telemetry, obeys directives.",
        mixinStandardHelpOptions = true)
public final class GatewayCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int ENVIRONMENT = 3;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "YAML file; its options: gateway/options.md")
    private Path configFile;

    @Option(
            names = "--check",
            description =
                    "Only try cameras, Kafka, sensors, disk, health page and clock, and say what works and what to do about what"
                            + " does not; exit code 1 where something fails")
    private boolean check;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        GatewayConfig config;
        try {
            config = GatewayConfigFile.read(configFile);
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return WRONG_USAGE;
        } catch (IOException e) {
            err.println(configFile + " cannot be read: " + e);
            return WRONG_USAGE;
        }
        if (check) {
            return check(config);
        }
        try (Gateway gateway = new Gateway(config)) {
            return run(gateway, config.device());
        } catch (GatewayException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (LinkageError e) {
            err.println("FFmpeg or OpenCV has no library for " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + " (" + e.getMessage()
                    + "); run on Linux x86-64 or arm64, with glibc");
            return ENVIRONMENT;
        }
    }

    private int check(GatewayConfig config) throws InterruptedException {
        List<Finding> findings = new GatewayCheck(config, GatewayParts.real()).run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(GatewayCheck.table(findings));
        out.flush();
        return GatewayCheck.passes(findings) ? DONE : FAILED;
    }

    private int run(Gateway gateway, String device) throws InterruptedException {
        Thread stop = new Thread(gateway::close, "gateway-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            gateway.start();
            spec.commandLine().getOut().println("gateway " + device + " has started; Ctrl-C ends it");
            spec.commandLine().getOut().flush();
            gateway.awaitEnd();
            report(gateway.stats());
            return DONE;
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(stop);
            } catch (IllegalStateException e) {
                LOG.debug("the process is ending already", e);
            }
        }
    }

    private void report(GatewayStats stats) {
        PrintWriter out = spec.commandLine().getOut();
        stats.cameras().forEach((name, camera) -> out.println(line(name, camera)));
        out.flush();
    }

    private static String line(String name, CameraStats camera) {
        return String.format(
                "camera %s: %d captured = %d sent + %d skipped + %d throttled + %d evicted",
                name, camera.captured(), camera.sent(), camera.skipped(), camera.throttled(), camera.evicted());
    }
}
