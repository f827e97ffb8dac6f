package dev.framewise.gateway;

import dev.framewise.gateway.board.BoardReading;
import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.directive.DirectiveStats;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.thermal.ThrottleDecision;
import java.util.Map;

/**
 * What a gateway has done so far and how it stands.
 *
 * @param device the board
 * @param cameras per camera, in the order of the configuration
 * @param directives what became of those heard
 * @param telemetryPublished sensor readings handed to the producer
 * @param reading the last one
 * @param throttle in force now
 * @param obeysDirective whether that is a directive; else it is the local law
 * @param outbox what waits on the disk
 */
public record GatewayStats(
        String device,
        Map<String, CameraStats> cameras,
        DirectiveStats directives,
        long telemetryPublished,
        BoardReading reading,
        ThrottleDecision throttle,
        boolean obeysDirective,
        OutboxStats outbox) {

    /** All cameras together. */
    public CameraStats allCameras() {
        return cameras.values().stream().reduce(CameraStats.NONE, CameraStats::plus);
    }
}
