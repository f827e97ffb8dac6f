package dev.framewise.operators.sink;

import java.io.Serializable;

/** The Kafka key of a record, as {@link dev.framewise.schemas.Topic} says; null for none. */
@FunctionalInterface
public interface RecordKey<T> extends Serializable {
    String of(T record);
}
