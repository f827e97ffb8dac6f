/**
 * From records to Kafka: {@link dev.framewise.gateway.publish.RecordSink} takes bytes, {@link
 * dev.framewise.gateway.publish.KafkaRecordSink} is the real one. All classes here may be used from several threads.
 */
package dev.framewise.gateway.publish;
