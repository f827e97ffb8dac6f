package dev.framewise.gateway.check;

import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.board.BoardSensors;
import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tries cameras, Kafka, sensors, disk, health page and clock, one after the other; takes seconds where something does not answer. */
public final class GatewayCheck {
    private final GatewayConfig config;
    private final GatewayParts parts;

    /** @param parts the world that the gateway would run in */
    public GatewayCheck(GatewayConfig config, GatewayParts parts) {
        this.config = config;
        this.parts = parts;
    }

    /** Tries everything. */
    public List<Finding> run() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        CameraCheck cameras = new CameraCheck(parts);
        for (CameraSettings camera : config.cameras()) {
            findings.add(cameras.check(camera));
        }
        findings.addAll(BrokerCheck.check(config.kafka()));
        findings.addAll(SensorCheck.check(
                BoardSensors.of(config.board(), parts.nanoTicker(), () -> CameraStats.NONE), config.thermal()));
        findings.add(DiskCheck.check(config.stateDirectory(), config.outbox()));
        HealthCheck.check(config.healthPort()).ifPresent(findings::add);
        findings.add(ClockCheck.ofThisMachine(parts.wallClock()).check(config.stateDirectory()));
        return findings;
    }

    /** Whether nothing that the gateway is there for fails. */
    public static boolean passes(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAILED);
    }

    /** A table for people: each part, whether it works, what was found, and below it what to do. */
    public static String table(List<Finding> findings) {
        int widest = findings.stream()
                .mapToInt(finding -> finding.part().length())
                .max()
                .orElse(0);
        String format = "%-" + Math.max(1, widest) + "s  %-6s  %s%n";
        StringBuilder table = new StringBuilder();
        for (Finding finding : findings) {
            table.append(String.format(
                    format, finding.part(), finding.verdict().name().toLowerCase(Locale.ROOT), finding.found()));
            if (!finding.advice().isEmpty()) {
                table.append(String.format(format, "", "", "-> " + finding.advice()));
            }
        }
        return table.toString();
    }
}
