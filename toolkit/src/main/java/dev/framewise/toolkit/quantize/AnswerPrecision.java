package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes networks INT8 or FP16 that answer with a row of numbers, of which the highest counts: classifiers. They are small, so all of one
 * is INT8 but for what harms most, one unit after the other, until enough answers are the float model's. Detectors, where time and harm
 * are weighed against each other, are {@link Quantization}'s. One thread.
 */
public final class AnswerPrecision {
    /**
     * A network that is INT8.
     *
     * @param model it
     * @param units how many there are
     * @param int8Units how many of them are INT8
     * @param observer how ranges were read off
     * @param agreement share of the calibration pictures that get the float model's answer, 0 to 1
     */
    public record Int8(ModelProto model, int units, int int8Units, Observer observer, double agreement) {}

    private final Graph graph;
    private final List<ByteBuffer> pictures;
    private final long[] shape;

    /**
     * A network.
     *
     * @param pictures direct memory in native order, a network's input each
     * @param shape of one of them, [1, 3, height, width]
     */
    public AnswerPrecision(ModelProto model, List<ByteBuffer> pictures, long[] shape) throws ModelException {
        graph = Graph.of(model);
        Rewrites.fold(graph);
        OpsetLift.lift(graph);
        graph.nameNodes();
        this.pictures = pictures;
        this.shape = shape.clone();
    }

    /** The network in halves. */
    public ModelProto fp16() throws ModelException {
        Graph halves = graph.copy();
        HalfWriter.write(halves);
        halves.setMetadata("framewise.precision", "fp16");
        return halves.toModel();
    }

    /**
     * The network in INT8.
     *
     * @param leastAgreement share of the pictures that must get the float model's answer, 0 to 1
     * @throws ModelException if no unit of it may be INT8
     */
    public Int8 int8(double leastAgreement) throws ModelException {
        Units units = new Units(graph);
        Map<String, TensorStats> stats = Calibration.observe(graph, units, pictures, shape, /* passes= */ 2, () -> {});
        List<float[]> reference = answers(graph.toModel());
        BitSet int8 = new BitSet();
        int8.set(0, units.size());
        Observer observer = Observer.MINMAX;
        Map<Observer, QdqWriter> writers = new EnumMap<>(Observer.class);
        double least = Double.POSITIVE_INFINITY;
        for (Observer one : Observer.values()) {
            writers.put(one, new QdqWriter(graph, units, new RangePlan(graph, units, stats, one)));
            double harm = harm(reference, answers(writers.get(one).write(int8)));
            if (harm < least) {
                least = harm;
                observer = one;
            }
        }
        QdqWriter writer = writers.get(observer);
        double agreement = agreement(reference, answers(writer.write(int8)));
        if (agreement < leastAgreement) {
            for (int unit : byHarm(units, writer, reference)) {
                int8.clear(unit);
                agreement = agreement(reference, answers(writer.write(int8)));
                if (agreement >= leastAgreement) {
                    break;
                }
            }
        }
        if (int8.isEmpty()) {
            throw new ModelException("no unit of it can be INT8: fewer than " + leastAgreement
                    + " of the answers stay what they are. Allow more to be lost.");
        }
        Graph made = writer.graph(int8);
        made.setMetadata("framewise.precision", "int8");
        return new Int8(made.toModel(), units.size(), int8.cardinality(), observer, agreement);
    }

    /** Units by how much each alone changes the answers, the worst first. */
    private List<Integer> byHarm(Units units, QdqWriter writer, List<float[]> reference) throws ModelException {
        double[] harms = new double[units.size()];
        List<Integer> order = new ArrayList<>();
        for (int unit = 0; unit < harms.length; unit++) {
            BitSet one = new BitSet();
            one.set(unit);
            harms[unit] = harm(reference, answers(writer.write(one)));
            order.add(unit);
        }
        order.sort(Comparator.comparing((Integer unit) -> harms[unit]).reversed());
        return order;
    }

    private List<float[]> answers(ModelProto model) throws ModelException {
        List<float[]> answers = new ArrayList<>();
        try (TrialSession session = TrialSession.open("the network", model)) {
            String input = session.inputNames().iterator().next();
            for (ByteBuffer picture : pictures) {
                session.give(input, picture, shape);
                answers.add(session.run().values().iterator().next().floats());
            }
        }
        return answers;
    }

    /** Mean of the squared differences, each picture's as a share of its own answers' squares. */
    private static double harm(List<float[]> reference, List<float[]> found) {
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            double apart = 0;
            double size = 0;
            for (int c = 0; c < reference.get(i).length; c++) {
                double difference = (double) reference.get(i)[c] - found.get(i)[c];
                apart += difference * difference;
                size += (double) reference.get(i)[c] * reference.get(i)[c];
            }
            sum += apart / Math.max(size, Float.MIN_NORMAL);
        }
        return sum / reference.size();
    }

    private static double agreement(List<float[]> reference, List<float[]> found) {
        int same = 0;
        for (int i = 0; i < reference.size(); i++) {
            same += highest(reference.get(i)) == highest(found.get(i)) ? 1 : 0;
        }
        return same / (double) reference.size();
    }

    /** Index of the highest number, the first of equals. */
    public static int highest(float[] answers) {
        int highest = 0;
        for (int i = 1; i < answers.length; i++) {
            highest = answers[i] > answers[highest] ? i : highest;
        }
        return highest;
    }
}
