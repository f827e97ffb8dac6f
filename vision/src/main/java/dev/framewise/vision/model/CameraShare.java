package dev.framewise.vision.model;

/**
 * Chooses cameras and frames by hash, so that every subtask, and every run over the same input, chooses alike. The hash is
 * FNV-1a of 64 bits with the finalizer of SplitMix64 behind it: FNV alone leaves names that differ in the last letter close
 * together.
 */
public final class CameraShare {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final double TO_UNIT = 0x1.0p-53;

    private CameraShare() {}

    /** Whether a camera belongs to the first {@code share} of all: who belongs to a share belongs to every larger one. */
    public static boolean includes(double share, String camera) {
        return unit(hash(camera)) < share;
    }

    /**
     * Whether a frame belongs to the sample.
     *
     * @param sequence sequence number of the frame
     */
    public static boolean samples(double share, String camera, long sequence) {
        return unit(mix(hash(camera) + sequence * 0x9e3779b97f4a7c15L)) < share;
    }

    private static long hash(String camera) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < camera.length(); i++) {
            hash = (hash ^ camera.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private static double unit(long hash) {
        return (hash >>> 11) * TO_UNIT;
    }
}
