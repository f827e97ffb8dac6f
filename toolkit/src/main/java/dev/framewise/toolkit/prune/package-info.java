/**
 * Pruning: filters taken out of a network for good.
 *
 * <p>In: an ONNX graph. Out: a smaller one, with fewer channels in its tensors and not zeros in them, and a report. {@link
 * dev.framewise.toolkit.prune.ChannelFlow} finds which channels must go together, {@link dev.framewise.toolkit.prune.Pruner}
 * chooses and cuts. Any thread.
 */
package dev.framewise.toolkit.prune;
