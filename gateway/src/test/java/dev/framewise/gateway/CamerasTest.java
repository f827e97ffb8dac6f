package dev.framewise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.directive.DeviceThrottle;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.schemas.Disposition;
import dev.framewise.thermal.DirectivePolicy;
import dev.framewise.thermal.ThermalOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CamerasTest {
    private final TestingClock time = new TestingClock();

    @Test
    void evictedPicturesAreCountedForTheirCameraAndForAllAndThoseOfAnEarlierOneForNobody() {
        Cameras cameras = new Cameras(
                GatewayConfig.of(
                        "board-1",
                        "127.0.0.1:1",
                        List.of(CameraSettings.of("a", "a.avi"), CameraSettings.of("b", "b.avi"))),
                GatewayParts.real(),
                new EventLog(time::micros),
                new DeviceThrottle(DirectivePolicy.linear(ThermalOptions.defaults()), time, time));

        cameras.evicted("a", Disposition.SENT);
        cameras.evicted("b", Disposition.SKIPPED);
        cameras.evicted("gone", Disposition.SENT);

        assertThat(cameras.stats())
                .isEqualTo(Map.of(
                        "a", new CameraStats(0, -1, 0, 0, 1, 0),
                        "b", new CameraStats(0, 0, -1, 0, 1, 0)));
        assertThat(cameras.total()).isEqualTo(new CameraStats(0, -1, -1, 0, 2, 0));
    }
}
