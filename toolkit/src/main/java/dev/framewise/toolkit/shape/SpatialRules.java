package dev.framewise.toolkit.shape;

import java.util.Optional;

/** Shapes that operators on pictures give: [batch, channels, height, width], or any other number of spatial dimensions. */
final class SpatialRules {
    /** Dimensions in front of the spatial ones. */
    private static final int BATCH_AND_CHANNELS = 2;

    private SpatialRules() {}

    static Optional<Shape> conv(Shape x, Shape weights, Attributes attributes) {
        if (x.rank() <= BATCH_AND_CHANNELS || weights.rank() != x.rank()) {
            return Optional.empty();
        }
        long[] sizes = x.sizes();
        sizes[1] = weights.size(0);
        return slide(sizes, kernel(weights), attributes);
    }

    private static long[] kernel(Shape weights) {
        long[] kernel = new long[weights.rank() - BATCH_AND_CHANNELS];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = weights.size(BATCH_AND_CHANNELS + i);
        }
        return kernel;
    }

    static Optional<Shape> pool(Shape x, Attributes attributes) {
        return x.rank() <= BATCH_AND_CHANNELS
                ? Optional.empty()
                : attributes.integers("kernel_shape").flatMap(kernel -> slide(x.sizes(), kernel, attributes));
    }

    static Shape globalPool(Shape x) {
        long[] sizes = x.sizes();
        for (int i = BATCH_AND_CHANNELS; i < sizes.length; i++) {
            sizes[i] = 1;
        }
        return Shape.of(sizes);
    }

    /** Where both are empty, or their length is not the rank, nothing can be said. */
    static Optional<Shape> resize(Shape x, Optional<float[]> scales, Optional<long[]> target) {
        if (target.isPresent() && target.get().length == x.rank()) {
            return Optional.of(Shape.of(target.get()));
        }
        if (scales.isEmpty() || scales.get().length != x.rank()) {
            return Optional.empty();
        }
        long[] sizes = x.sizes();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = sizes[i] == Shape.UNKNOWN ? Shape.UNKNOWN : (long) Math.floor(sizes[i] * scales.get()[i]);
        }
        return Optional.of(Shape.of(sizes));
    }

    /** @param pads what is added at the front of each dimension, then at the end of each */
    static Optional<Shape> pad(Shape x, long[] pads) {
        if (pads.length != 2 * x.rank()) {
            return Optional.empty();
        }
        long[] sizes = x.sizes();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = sizes[i] == Shape.UNKNOWN ? Shape.UNKNOWN : sizes[i] + pads[i] + pads[sizes.length + i];
        }
        return Optional.of(Shape.of(sizes));
    }

    /** Changes the spatial sizes as a window does that slides over them. */
    private static Optional<Shape> slide(long[] sizes, long[] kernel, Attributes attributes) {
        int count = sizes.length - BATCH_AND_CHANNELS;
        long[] strides = attributes.integers("strides", count, 1);
        long[] dilations = attributes.integers("dilations", count, 1);
        long[] pads = attributes.integers("pads", 2 * count, 0);
        String autoPad = attributes.string("auto_pad", "NOTSET");
        // Runtimes differ in whether a last window that lies in the padding counts.
        boolean roundedUp = attributes.integer("ceil_mode", 0) != 0;
        if (roundedUp
                || kernel.length != count
                || strides.length != count
                || dilations.length != count
                || pads.length != 2 * count) {
            return Optional.empty();
        }
        for (int i = 0; i < count; i++) {
            int at = BATCH_AND_CHANNELS + i;
            if (sizes[at] == Shape.UNKNOWN || kernel[i] == Shape.UNKNOWN) {
                sizes[at] = Shape.UNKNOWN;
            } else if (autoPad.startsWith("SAME")) {
                sizes[at] = (sizes[at] + strides[i] - 1) / strides[i];
            } else {
                long reach = dilations[i] * (kernel[i] - 1) + 1;
                sizes[at] = (sizes[at] + pads[i] + pads[count + i] - reach) / strides[i] + 1;
            }
        }
        return Optional.of(Shape.of(sizes));
    }
}
