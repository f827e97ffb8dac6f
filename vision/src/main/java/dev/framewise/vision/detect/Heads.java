package dev.framewise.vision.detect;

import dev.framewise.vision.image.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses the head for a model: the one that is named, by the caller or by the model, else the one that the model's
 * metadata speaks for, else the first family that reads its output. A new model family is one more {@link HeadFamily}.
 */
final class Heads {
    private Heads() {}

    /**
     * A head, and all that is known of its model.
     *
     * @param description nothing in it is open
     */
    record Chosen(Head head, ModelDescription description) {
        InputFormat input() {
            return description.input().orElseThrow();
        }
    }

    /**
     * The head that reads a model.
     *
     * @param said what the caller says of the model
     * @param outputs what the model really gives for a batch of one
     * @throws ModelException if no known head does, or not the one that is named, or the number of classes is another
     *     than that of their names; the message says what was expected and found
     */
    static Chosen choose(
            String model,
            int inputWidth,
            int inputHeight,
            List<ModelOutput> outputs,
            ModelDescription said,
            ModelMetadata metadata)
            throws ModelException {
        metadata.requireKnownTask();
        List<String> names = said.classNames().isEmpty() ? metadata.classNames() : said.classNames();
        OutputShape shape = new OutputShape(outputs, inputWidth, inputHeight, names.size());
        Optional<HeadFamily> named =
                said.head().isPresent() ? HeadFamily.find(said.head().get()) : metadata.head();
        HeadFamily family = named.isPresent() ? checked(model, named.get(), shape) : guess(model, shape, metadata);
        if (family.needsClassNames() && names.isEmpty()) {
            throw new ModelException(model + ": the output of " + family.id() + " does not tell the number of classes:"
                    + " expected their names in its metadata or its description; found none");
        }
        Head head = family.create(shape);
        if (!names.isEmpty() && names.size() != head.classCount()) {
            throw new ModelException(String.format(
                    "%s: expected names of %d classes for its output of %s, read as %s; found %d: %s",
                    model, head.classCount(), shape, family.id(), names.size(), names));
        }
        InputFormat input = said.input().isPresent() ? said.input().get() : metadata.input(family.input());
        return new Chosen(
                head,
                new ModelDescription(
                        Optional.of(family.id()),
                        Optional.of(input),
                        names.isEmpty() ? defaultNames(head.classCount()) : names));
    }

    private static HeadFamily checked(String model, HeadFamily family, OutputShape shape) throws ModelException {
        if (family.reads(shape, /* named= */ true)) {
            return family;
        }
        throw new ModelException(String.format(
                "%s: is named %s, which does not read its output. Expected for an input of %dx%d: %s. Found: %s. Name"
                        + " another head, or its classes if it has boxes of other strides.",
                model, family.id(), shape.inputWidth(), shape.inputHeight(), family.layout(shape), shape));
    }

    private static HeadFamily guess(String model, OutputShape shape, ModelMetadata metadata) throws ModelException {
        for (HeadFamily family : metadata.likelyHeads()) {
            if (family.reads(shape, /* named= */ true)) {
                return family;
            }
        }
        StringBuilder expected = new StringBuilder();
        for (HeadFamily family : HeadFamily.values()) {
            if (family.reads(shape, /* named= */ false)) {
                return family;
            }
            expected.append(expected.isEmpty() ? "" : ", ").append(family.layout(shape));
        }
        throw new ModelException(String.format(
                "%s: no known head reads its output. Expected for an input of %dx%d one of: %s. Found: %s. Export the"
                        + " model with one of these layouts, or name its head.",
                model, shape.inputWidth(), shape.inputHeight(), expected, shape));
    }

    private static List<String> defaultNames(int classCount) {
        return CocoClasses.NAMES.size() == classCount
                ? CocoClasses.NAMES
                : IntStream.range(0, classCount).mapToObj(i -> "class" + i).toList();
    }
}
