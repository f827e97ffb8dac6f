package dev.framewise.toolkit.export;

import java.nio.file.Path;
import java.util.Locale;

/** What a model is exported to, with the preset of the boards that take it. */
public enum ExportTarget {
    /** ONNX of one picture and one size, for runtimes that take no other. */
    ONNX(320, ".onnx", 1e-4),
    /** An engine of TensorRT in FP16. */
    TENSORRT(640, ".engine", 2e-2),
    /** TensorFlow Lite in INT8, as far as that stays right. */
    TFLITE(320, ".tflite", 0),
    /** NCNN, weights kept in FP16 where that stays right. */
    NCNN(320, ".param", 2e-2);

    private final int side;
    private final String ending;
    private final double tolerance;

    ExportTarget(int side, String ending, double tolerance) {
        this.side = side;
        this.ending = ending;
        this.tolerance = tolerance;
    }

    /** Width and height of the preset, pixels. */
    public int side() {
        return side;
    }

    /** How the file's name ends. */
    public String ending() {
        return ending;
    }

    /** Greatest difference from the float model on made-up pictures, of its greatest value. */
    double tolerance() {
        return tolerance;
    }

    /** Whether it is a matter of pictures: ranges are read off them. */
    public boolean needsPictures() {
        return this == TFLITE;
    }

    /**
     * The file that belongs to another of this target's.
     *
     * @param out a name that ends as {@link #ending}
     * @param other ending of the file wanted
     */
    static Path beside(Path out, String ending, String other) {
        String name = out.getFileName().toString();
        return out.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
    }

    /** As the command line names it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return id();
    }
}
