package dev.framewise.toolkit.train;

import dev.framewise.toolkit.graph.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training on disk: a state, and the recipe it belongs to.
 *
 * <p>Layout, big-endian: the four bytes {@code FWTC}, the version, the recipe as modified UTF-8, the step, then each array as its
 * length and its floats. Whoever is killed while writing keeps the file
 * before.
 */
final class Checkpoint {
    private static final int MAGIC = 0x46575443;
    private static final int VERSION = 1;

    private Checkpoint() {}

    static void write(Path file, String recipe, TrainingState state) throws IOException {
        WholeFile.write(file, stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(recipe);
            out.writeLong(state.step);
            for (float[] array : state.arrays()) {
                out.writeInt(array.length);
                for (float value : array) {
                    out.writeFloat(value);
                }
            }
            out.flush();
        });
    }

    /**
     * Reads a training into a state of the same network.
     *
     * @throws TrainingException if the file is no checkpoint, is damaged, or belongs to another recipe or network
     */
    static void read(Path file, String recipe, TrainingState into) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new TrainingException(file + ": is no checkpoint of a training");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new TrainingException(file + ": is a checkpoint of version " + version + ", this program reads "
                        + VERSION + ". Resume with the program that wrote it, or start anew in another folder.");
            }
            String of = in.readUTF();
            if (!of.equals(recipe)) {
                throw new TrainingException(file + ": belongs to another training. Found: " + of + ". Expected: "
                        + recipe + ". Give the same options, or another folder.");
            }
            into.step = in.readLong();
            for (float[] array : into.arrays()) {
                int length = in.readInt();
                if (length != array.length) {
                    throw new TrainingException(
                            file + ": has " + length + " numbers where the network has " + array.length);
                }
                for (int i = 0; i < length; i++) {
                    array[i] = in.readFloat();
                }
            }
            if (in.read() >= 0) {
                throw new TrainingException(file + ": goes on behind its end; it is damaged");
            }
        } catch (EOFException e) {
            throw new TrainingException(file + ": ends too early; it is damaged. Start anew in another folder.", e);
        }
    }
}
