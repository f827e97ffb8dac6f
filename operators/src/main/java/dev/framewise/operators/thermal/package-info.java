/**
 * The heat loop's shell: telemetry in, directives out; the law itself is in {@code dev.framewise.thermal}.
 *
 * <p>{@link dev.framewise.operators.thermal.ThermalFunction}, keyed by device, on the mailbox thread.
 */
package dev.framewise.operators.thermal;
