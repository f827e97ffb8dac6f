package dev.framewise.vision.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;

/** Native memory of one plane of bytes, written a row of blocks at a time. Grows, is reused; belongs to one thread. */
final class PlaneMemory implements AutoCloseable {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private BytePointer memory = new BytePointer();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private byte[] row = new byte[0];
    private int stride;

    /** Makes room; what was in it is lost if the size changes. */
    void reshape(int width, int height) {
        stride = width;
        int size = Math.multiplyExact(width, height);
        if (memory.capacity() < size) {
            memory.close();
            memory = new BytePointer(size);
            bytes = memory.asByteBuffer();
        }
        if (row.length < width + Integer.BYTES) {
            row = new byte[width + Integer.BYTES];
        }
    }

    BytePointer memory() {
        return memory;
    }

    /** Bytes from one row to the next. */
    int stride() {
        return stride;
    }

    /**
     * Writes one row of pixels.
     *
     * @param side pixels of a block, 1 to 4
     * @param packed the pixels of each block, the first in the lowest byte
     * @param from index of the first block
     */
    void put(int y, int side, int[] packed, int from, int blocks) {
        byte[] into = row;
        for (int i = 0; i < blocks; i++) {
            // What is written too much the next block overwrites.
            INTS.set(into, i * side, packed[from + i]);
        }
        bytes.put(y * stride, into, 0, blocks * side);
    }

    @Override
    public void close() {
        memory.close();
        bytes = ByteBuffer.allocate(0);
    }
}
