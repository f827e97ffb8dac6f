package dev.framewise.vision.model;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/** A {@link Rollout} as bytes, for checkpoints: a version, then its fields. Every version is read. One thread. */
public final class RolloutCodec {
    private static final int NEWEST = 2;

    private final RecordCodec<ModelRelease> records = new RecordCodec<>(ModelRelease.class);

    public byte[] encode(Rollout rollout) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(NEWEST);
            write(out, records.encode(rollout.release().record()));
            write(out, rollout.loaded().toByteArray());
            out.writeDouble(rollout.share());
            out.writeBoolean(rollout.ended());
            Evidence sums = rollout.sums();
            out.writeLong(sums.frames);
            out.writeLong(sums.oldBoxes);
            out.writeLong(sums.newBoxes);
            out.writeLong(sums.matched);
            out.writeDouble(sums.driftSum);
            out.writeLong(sums.oldNanos);
            out.writeLong(sums.newNanos);
            out.writeLong(sums.errors);
            out.writeLong(sums.trialNanos);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads any version.
     *
     * @throws IOException if the bytes are of an unknown version, or are more or less than one rollout
     */
    public Rollout decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version < 1 || version > NEWEST) {
                throw new IOException("the rollout of a model was written by version " + version
                        + " of this state; this job reads 1 to " + NEWEST
                        + ": restore with the release that wrote it, or a newer one");
            }
            Release release = Release.of(records.decode(in.readNBytes(in.readInt())));
            BitSet loaded = BitSet.valueOf(in.readNBytes(in.readInt()));
            double share = in.readDouble();
            boolean ended = in.readBoolean();
            Evidence sums = new Evidence();
            sums.frames = in.readLong();
            sums.oldBoxes = in.readLong();
            sums.newBoxes = in.readLong();
            sums.matched = in.readLong();
            sums.driftSum = in.readDouble();
            sums.oldNanos = in.readLong();
            sums.newNanos = in.readLong();
            sums.errors = in.readLong();
            // Version 1 knew no end of a trial: it begins with the restore.
            sums.trialNanos = version == 1 ? 0 : in.readLong();
            if (in.read() >= 0) {
                throw new IOException("bytes are left over behind the rollout of a model");
            }
            return new Rollout(release, loaded, sums, share, ended);
        } catch (RecordFormatException | RefusedReleaseException e) {
            throw new IOException("the rollout of a model holds a release that cannot be read: " + e.getMessage(), e);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
