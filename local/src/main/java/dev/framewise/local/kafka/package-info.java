/**
 * A real Kafka broker inside this JVM, for the demo, for {@code eval --through kafka} and for tests.
 *
 * <p>In: a directory. Out: a bootstrap address on 127.0.0.1. {@link dev.framewise.local.kafka.EmbeddedKafka} is started and
 * closed by one thread; the broker's own threads do the rest.
 */
package dev.framewise.local.kafka;
