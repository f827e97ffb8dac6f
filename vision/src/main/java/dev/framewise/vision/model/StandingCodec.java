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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@link Standings} as bytes, for checkpoints: a version, then the fields of both; releases as records of the contract, which evolve
 * by themselves. The newest version is written, every version is read. One thread.
 */
public final class StandingCodec {
    private static final int NEWEST = 1;

    private final RecordCodec<ModelRelease> records = new RecordCodec<>(ModelRelease.class);

    public byte[] encode(Standings standings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(NEWEST);
            write(out, standings.inForce());
            write(out, standings.pending());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads any version.
     *
     * @throws IOException if the bytes are of an unknown version, or are more or less than two standings
     */
    public Standings decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != NEWEST) {
                throw new IOException("the standing of a model was written by version " + version
                        + " of this state; this job reads 1 to " + NEWEST
                        + ": restore with the release that wrote it, or a newer one");
            }
            Standings standings = new Standings(read(in), read(in));
            if (in.read() >= 0) {
                throw new IOException("bytes are left over behind the standings of a model");
            }
            return standings;
        }
    }

    private void write(DataOutputStream out, Standing standing) throws IOException {
        out.writeLong(standing.records());
        write(out, standing.inForce());
        write(out, standing.candidate());
        out.writeInt(standing.refused().size());
        for (Map.Entry<String, String> refused : standing.refused().entrySet()) {
            out.writeUTF(refused.getKey());
            out.writeUTF(refused.getValue());
        }
    }

    private Standing read(DataInputStream in) throws IOException {
        long count = in.readLong();
        Optional<Release> inForce = readRelease(in);
        Optional<Release> candidate = readRelease(in);
        Map<String, String> refused = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            refused.put(in.readUTF(), in.readUTF());
        }
        return new Standing(count, inForce, candidate, refused);
    }

    private void write(DataOutputStream out, Optional<Release> release) throws IOException {
        byte[] bytes = release.map(one -> records.encode(one.record())).orElse(new byte[0]);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private Optional<Release> readRelease(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Release.of(records.decode(bytes)));
        } catch (RecordFormatException | RefusedReleaseException e) {
            throw new IOException("the standing of a model holds a release that cannot be read: " + e.getMessage(), e);
        }
    }
}
