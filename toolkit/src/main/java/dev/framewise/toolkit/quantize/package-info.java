/**
 * Post-training quantization to INT8, measured and searched.
 *
 * <p>In: a float model, pictures, and what it may lose. Out: a model in which as much as pays is INT8, as QuantizeLinear and
 * DequantizeLinear pairs around float operators, which ONNX Runtime fuses to its integer kernels; or the reason why there is none.
 * {@link dev.framewise.toolkit.quantize.Quantization} is where it starts: fold, calibrate, measure each unit's harm and time, cut the
 * graph where that costs least, measure the whole, choose. One thread.
 */
package dev.framewise.toolkit.quantize;
