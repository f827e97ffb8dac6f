package dev.framewise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.schemas.Frame;
import dev.framewise.vision.image.JpegHeader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A real RTSP server that is killed and returns. */
class RtspIT {
    private final TestingRecordSink sink = new TestingRecordSink();

    @Test
    void aServerThatDiesAndReturnsCostsPicturesAndNoNumbers() throws Exception {
        TestingRtspServer.build();
        int port = freePort();
        GatewayParts real = GatewayParts.real();
        GatewayParts parts =
                new GatewayParts(real.wallClock(), real.nanoTicker(), real.sleeper(), real.sources(), kafka -> sink);
        GatewayConfig config = GatewayConfig.of(
                "board-1", "127.0.0.1:1", List.of(CameraSettings.of("gate", "rtsp://127.0.0.1:" + port + "/camera")));
        try (Gateway gateway = new Gateway(config, parts)) {
            // nobody serves yet: the gateway starts all the same
            gateway.start();
            long losses;
            try (TestingRtspServer server = TestingRtspServer.start(port)) {
                awaitFrames(20);
                losses = losses(gateway);
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> losses(gateway) > losses);
            int before = sink.frames().size();
            try (TestingRtspServer server = TestingRtspServer.start(port)) {
                awaitFrames(before + 20);
            }
        }
        List<Frame> frames = sink.frames();
        assertThat(frames)
                .extracting(Frame::getSequence)
                .containsExactlyElementsOf(
                        LongStream.range(0, frames.size()).boxed().toList());
        assertThat(frames).extracting(Frame::getCapturedAtMicros).isSorted();
        byte[] jpeg = new byte[frames.get(0).getPayload().remaining()];
        frames.get(0).getPayload().duplicate().get(jpeg);
        assertThat(JpegHeader.parse(jpeg)).isEqualTo(new JpegHeader(160, 120, /* components= */ 3));
    }

    /** However it was noticed: the line dropped, or on a slow machine nothing came for too long. */
    private static long losses(Gateway gateway) {
        Map<EventLog.Kind, Long> counts = gateway.events().counts();
        return counts.getOrDefault(EventLog.Kind.CAMERA_LOST, 0L) + counts.getOrDefault(EventLog.Kind.CAMERA_HANGS, 0L);
    }

    private void awaitFrames(int count) {
        await().atMost(Duration.ofMinutes(2)).until(() -> sink.frames().size() >= count);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
