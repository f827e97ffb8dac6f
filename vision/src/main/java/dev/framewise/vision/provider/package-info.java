/**
 * What runs a network: ONNX Runtime's execution providers, their options, the native libraries, and TensorRT's engines.
 *
 * <p>In: a list such as {@code tensorrt:fp16=true,cuda,cpu}, read by {@link dev.framewise.vision.provider.ProviderOptions}. Out: a
 * provider added to the options of a session, and the runtime itself by
 * {@link dev.framewise.vision.provider.NativeRuntime}. Which provider is taken, and what is said where it cannot be had, is
 * decided above, in package {@code detect}. Any thread.
 */
package dev.framewise.vision.provider;
