package dev.framewise.toolkit.shape;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The shape of a tensor: sizes that are known, and names of sizes that are not. Immutable. */
public final class Shape {
    /** The size of a dimension that is not known. */
    public static final long UNKNOWN = -1;

    private static final String NAMELESS = "?";

    private final long[] sizes;
    private final String[] names;

    private Shape(long[] sizes, String[] names) {
        this.sizes = sizes;
        this.names = names;
    }

    /** A shape of sizes from 0 on, or {@link #UNKNOWN}. */
    public static Shape of(long... sizes) {
        String[] names = new String[sizes.length];
        Arrays.fill(names, NAMELESS);
        return new Shape(sizes.clone(), names);
    }

    public static Shape of(List<Long> sizes) {
        return of(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    /** A shape as a model declares it; dimensions it only names get the size given for that name, if any. */
    static Shape declared(TensorShapeProto shape, Map<String, Long> sizesByName) {
        long[] sizes = new long[shape.getDimCount()];
        String[] names = new String[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            TensorShapeProto.Dimension dimension = shape.getDim(i);
            names[i] = dimension.getDimParam().isEmpty() ? NAMELESS : dimension.getDimParam();
            sizes[i] = dimension.hasDimValue() && dimension.getDimValue() >= 0
                    ? dimension.getDimValue()
                    : sizesByName.getOrDefault(dimension.getDimParam(), UNKNOWN);
        }
        return new Shape(sizes, names);
    }

    /** Number of dimensions. */
    public int rank() {
        return sizes.length;
    }

    /** Size of a dimension, or {@link #UNKNOWN}. */
    public long size(int dimension) {
        return sizes[dimension];
    }

    /** All sizes, {@link #UNKNOWN} among them. */
    public long[] sizes() {
        return sizes.clone();
    }

    /** Whether every size is known. */
    public boolean isKnown() {
        return Arrays.stream(sizes).allMatch(size -> size != UNKNOWN);
    }

    /** Product of the sizes from a dimension on; empty if one of them is not known. */
    public OptionalLong elementsFrom(int dimension) {
        long elements = 1;
        for (int i = dimension; i < sizes.length; i++) {
            if (sizes[i] == UNKNOWN) {
                return OptionalLong.empty();
            }
            elements = Math.multiplyExact(elements, sizes[i]);
        }
        return OptionalLong.of(elements);
    }

    /** The size of a dimension, or its name, or a question mark. */
    public String text(int dimension) {
        return sizes[dimension] == UNKNOWN ? names[dimension] : Long.toString(sizes[dimension]);
    }

    /** Such as {@code [batch, 3, 416, 416]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < sizes.length; i++) {
            text.append(i == 0 ? "" : ", ").append(text(i));
        }
        return text.append(']').toString();
    }
}
