/**
 * The contract: every record that crosses Kafka, its topic, its key and its bytes.
 *
 * <p>The records themselves are generated from {@code src/main/avro}. {@link dev.framewise.schemas.RecordCodec} turns them
 * into bytes and back, {@link dev.framewise.schemas.Topic} says where they live. Everything here is stateless or immutable
 * and may be used from any thread.
 */
package dev.framewise.schemas;
