package dev.framewise.local.demo;

import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.local.Clip;
import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The two gateways of the demo: one on a cool board, one on a board that is warm at the start and gets hot. */
final class DemoGateways implements AutoCloseable {
    /** Air in a closed box in the sun, degrees Celsius. */
    private static final double HOT_AMBIENT_CELSIUS = 50;

    private static final double WARM_SOC_CELSIUS = 70;
    /** The heatsink takes seven minutes to warm through, which is longer than anybody watches. */
    private static final double HOT_BOARD_SPEED = 8;

    private final List<Gateway> gateways;
    private final ExecutorService waiters;
    private final List<Future<?>> ends = new ArrayList<>();

    DemoGateways(String bootstrapServers, Clip cool, Clip hot, DemoOptions options) {
        BoardSettings sunny = BoardSettings.simulated(ReferenceBoardOptions.warm(HOT_AMBIENT_CELSIUS, WARM_SOC_CELSIUS))
                .withSpeed(HOT_BOARD_SPEED);
        gateways = List.of(
                new Gateway(GatewayConfig.of("pi-shade", bootstrapServers, List.of(camera(cool, options)))),
                new Gateway(GatewayConfig.of("pi-sun", bootstrapServers, List.of(camera(hot, options)))
                        .withBoard(sunny)));
        waiters = Executors.newFixedThreadPool(gateways.size(), task -> new Thread(task, "demo-gateway-end"));
    }

    /** Starts both. */
    void start() {
        for (Gateway gateway : gateways) {
            gateway.start();
            ends.add(waiters.submit(() -> {
                gateway.awaitEnd();
                return null;
            }));
        }
    }

    /**
     * Waits until both have sent their last frame.
     *
     * @return whether they have, within the time
     * @throws ExecutionException if one of them failed
     */
    boolean awaitEnd(Duration atMost) throws InterruptedException, ExecutionException {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        for (Future<?> end : ends) {
            try {
                end.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return false;
            }
        }
        return true;
    }

    /** Frames captured so far, by camera. */
    Map<String, Long> captured() {
        Map<String, Long> captured = new TreeMap<>();
        for (Gateway gateway : gateways) {
            gateway.stats().cameras().forEach((camera, stats) -> captured.put(camera, stats.captured()));
        }
        return captured;
    }

    /** Ends the cameras where they are and delivers what is under way. May be called twice. */
    @Override
    public void close() {
        gateways.forEach(Gateway::close);
        waiters.shutdownNow();
    }

    private static CameraSettings camera(Clip clip, DemoOptions options) {
        return CameraSettings.of(clip.name(), clip.file().toString())
                .withLoop(options.follow())
                .withMaxFrames(options.frames());
    }
}
