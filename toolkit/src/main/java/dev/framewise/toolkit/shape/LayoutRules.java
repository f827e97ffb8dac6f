package dev.framewise.toolkit.shape;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Shapes that operators give which join, cut, turn and multiply tensors. */
final class LayoutRules {
    private LayoutRules() {}

    /** Sizes of 1 stretch to the other's size, from the last dimension on. */
    static Shape broadcast(Shape a, Shape b) {
        long[] sizes = new long[Math.max(a.rank(), b.rank())];
        for (int i = 1; i <= sizes.length; i++) {
            long left = i <= a.rank() ? a.size(a.rank() - i) : 1;
            long right = i <= b.rank() ? b.size(b.rank() - i) : 1;
            // An unknown size beside one above 1 can only be that size, or 1.
            sizes[sizes.length - i] = left == 1 ? right : right == 1 ? left : Math.max(left, right);
        }
        return Shape.of(sizes);
    }

    static Shape concat(List<Shape> inputs, int axis) {
        long[] sizes = inputs.get(0).sizes();
        int at = axis < 0 ? axis + sizes.length : axis;
        for (Shape next : inputs.subList(1, inputs.size())) {
            long more = next.size(at);
            sizes[at] = sizes[at] == Shape.UNKNOWN || more == Shape.UNKNOWN ? Shape.UNKNOWN : sizes[at] + more;
        }
        return Shape.of(sizes);
    }

    static Shape transpose(Shape x, Attributes attributes) {
        long[] order = attributes
                .integers("perm")
                .orElse(LongStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray());
        long[] sizes = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            sizes[i] = x.size(Math.toIntExact(order[i]));
        }
        return Shape.of(sizes);
    }

    static Shape flatten(Shape x, int axis) {
        int at = axis < 0 ? axis + x.rank() : axis;
        long rows = 1;
        for (int i = 0; i < at; i++) {
            rows = rows == Shape.UNKNOWN || x.size(i) == Shape.UNKNOWN ? Shape.UNKNOWN : rows * x.size(i);
        }
        return Shape.of(rows, x.elementsFrom(at).orElse(Shape.UNKNOWN));
    }

    /** @param target a size of 0 keeps the input's, unless {@code zeroIsZero}; one size of -1 is what is left */
    static Optional<Shape> reshape(Shape x, long[] target, boolean zeroIsZero) {
        long[] sizes = target.clone();
        long known = 1;
        int rest = -1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == 0 && !zeroIsZero) {
                sizes[i] = x.size(i);
                if (sizes[i] == Shape.UNKNOWN) {
                    return Optional.empty();
                }
            }
            if (sizes[i] == -1) {
                rest = i;
            } else {
                known *= sizes[i];
            }
        }
        if (rest >= 0) {
            sizes[rest] = x.elementsFrom(0).isPresent() && known > 0
                    ? x.elementsFrom(0).getAsLong() / known
                    : Shape.UNKNOWN;
        }
        return Optional.of(Shape.of(sizes));
    }

    static Shape slice(Shape x, long[] starts, long[] ends, long[] axes, long[] steps) {
        long[] sizes = x.sizes();
        for (int i = 0; i < axes.length; i++) {
            int axis = Math.toIntExact(axes[i] < 0 ? axes[i] + sizes.length : axes[i]);
            long size = sizes[axis];
            if (size == Shape.UNKNOWN) {
                continue;
            }
            // Backwards, one before the first is a place to end at; forwards, one behind the last.
            boolean backwards = steps[i] < 0;
            long from = clamp(starts[i], size, 0, backwards ? size - 1 : size);
            long to = clamp(ends[i], size, backwards ? -1 : 0, backwards ? size - 1 : size);
            long span = backwards ? from - to : to - from;
            long step = Math.abs(steps[i]);
            sizes[axis] = Math.max(0, (span + step - 1) / step);
        }
        return Shape.of(sizes);
    }

    private static long clamp(long index, long size, long least, long most) {
        long fromFront = index < 0 ? index + size : index;
        return Math.max(least, Math.min(most, fromFront));
    }

    /** The axes a slice works on where none are named. */
    static long[] firstAxes(int count) {
        return LongStream.range(0, count).toArray();
    }

    static Shape gather(Shape x, Shape indices, int axis) {
        int at = axis < 0 ? axis + x.rank() : axis;
        LongStream before = LongStream.of(x.sizes()).limit(at);
        LongStream behind = LongStream.of(x.sizes()).skip(at + 1L);
        return Shape.of(LongStream.concat(LongStream.concat(before, LongStream.of(indices.sizes())), behind)
                .toArray());
    }

    static Shape gemm(Shape a, Shape b, Attributes attributes) {
        return Shape.of(
                a.size(attributes.integer("transA", 0) == 0 ? 0 : 1),
                b.size(attributes.integer("transB", 0) == 0 ? 1 : 0));
    }

    static Optional<Shape> matMul(Shape a, Shape b) {
        if (a.rank() < 2 || b.rank() < 2) {
            return Optional.empty();
        }
        Shape stack = broadcast(
                Shape.of(LongStream.of(a.sizes()).limit(a.rank() - 2L).toArray()),
                Shape.of(LongStream.of(b.sizes()).limit(b.rank() - 2L).toArray()));
        return Optional.of(Shape.of(LongStream.concat(
                        LongStream.of(stack.sizes()), LongStream.of(a.size(a.rank() - 2), b.size(b.rank() - 1)))
                .toArray()));
    }
}
