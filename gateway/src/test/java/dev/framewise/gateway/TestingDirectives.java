package dev.framewise.gateway;

import dev.framewise.schemas.Directive;

/** Directives for tests. */
public final class TestingDirectives {
    private TestingDirectives() {}

    /** A directive that is valid for 30 s from its issue. */
    public static Directive directive(String device, long issuedAtMicros, double factor, int interval) {
        return Directive.newBuilder()
                .setDevice(device)
                .setIssuedAtMicros(issuedAtMicros)
                .setValidUntilMicros(issuedAtMicros + 30_000_000L)
                .setFrameRateFactor(factor)
                .setDetectorInterval(interval)
                .setReason("a test")
                .build();
    }
}
