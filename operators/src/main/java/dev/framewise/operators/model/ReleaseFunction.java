package dev.framewise.operators.model;

import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.vision.model.RefusedReleaseException;
import dev.framewise.vision.model.Release;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets through the releases of one model that make sense. Others' are left alone; what is unreadable, contradicts itself or
 * stands under another key becomes a dead letter. Tombstones are no records and pass away quietly.
 */
public final class ReleaseFunction extends ProcessFunction<ModelRecord, ModelRelease> {
    private static final long serialVersionUID = 1L;

    /** Unusable records. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("refused-records", new AvroTypeInfo<>(DeadLetter.class));

    private final String model;
    private transient RecordCodec<ModelRelease> codec;

    /** @param model id of the model whose releases are followed */
    public ReleaseFunction(String model) {
        this.model = model;
    }

    @Override
    public void open(OpenContext context) {
        codec = new RecordCodec<>(ModelRelease.class);
    }

    @Override
    public void processElement(ModelRecord record, Context context, Collector<ModelRelease> out) {
        if (record.value == null) {
            return;
        }
        String key = record.key == null ? "" : new String(record.key, StandardCharsets.UTF_8);
        try {
            ModelRelease release = codec.decode(record.value);
            if (!release.getModel().equals(key)) {
                context.output(
                        DEAD_LETTERS,
                        letter(
                                record,
                                "KEY_MISMATCH",
                                "the record's key is '" + key + "' but its model is '" + release.getModel()
                                        + "': key releases by model, or compaction keeps the wrong one"));
            } else if (key.equals(model)) {
                out.collect(Release.of(release).record());
            }
        } catch (RecordFormatException e) {
            context.output(DEAD_LETTERS, letter(record, e.problem().name(), e.getMessage()));
        } catch (RefusedReleaseException e) {
            context.output(DEAD_LETTERS, letter(record, e.problem().name(), e.getMessage()));
        }
    }

    private static DeadLetter letter(ModelRecord record, String problem, String reason) {
        return new DeadLetter(
                record.topic,
                record.partition,
                record.offset,
                record.key == null ? null : ByteBuffer.wrap(record.key),
                ByteBuffer.wrap(record.value),
                problem,
                reason,
                /* camera= */ null,
                /* sequence= */ null);
    }
}
