/**
 * A Flink cluster inside this JVM, with checkpoints, for the demo, for {@code eval --through kafka} and for tests.
 *
 * <p>In: job graphs. Out: running jobs that can be awaited, cancelled, stopped with a savepoint and restored.
 * {@link dev.framewise.local.flink.EmbeddedFlink} may be called from any thread.
 */
package dev.framewise.local.flink;
