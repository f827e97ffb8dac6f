package dev.framewise.toolkit.export;

import dev.framewise.toolkit.quantize.FinalTest;
import java.util.Optional;

/**
 * How far an exported model is from the float model in ONNX Runtime, of the same size.
 *
 * @param inputs how many both were run on
 * @param maxDifference greatest absolute difference of any value of any output; infinite where something is no number
 * @param maxAbs greatest absolute value of the float model
 * @param sight what both see in pictures; empty where the inputs were made up
 */
public record Agreement(int inputs, double maxDifference, double maxAbs, Optional<FinalTest.Outcome> sight) {}
