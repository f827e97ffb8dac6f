/**
 * The edge process: pictures and sensor readings go out to Kafka, directives come in and are obeyed.
 *
 * <p>The main path starts in {@link dev.framewise.gateway.Gateway}: one thread per camera takes pictures from a source
 * ({@code capture}), asks the throttle what may be sent ({@code directive}) and publishes exactly one frame record per
 * captured picture ({@code publish}); one thread reads the board once a second ({@code board}); one listens for directives.
 * Without a valid directive the board follows its own thermal law. {@code config} reads the file that describes all this.
 *
 * <p>{@code check} tries all of it beforehand; {@code edge} is a loop of its own for devices that detect and track themselves.
 *
 * <p>Called by {@link dev.framewise.gateway.GatewayCommand} as a process, and by the embedded default, which runs several
 * gateways in one JVM: nothing here is static state.
 */
package dev.framewise.gateway;
