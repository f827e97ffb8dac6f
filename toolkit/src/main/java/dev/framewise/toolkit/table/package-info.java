/**
 * The compression table: what INT8, FP16, pruning, distillation and all of them together keep of what is promised, on this machine.
 *
 * <p>In: labelled pictures, and a detector with a labelled clip. Out: a row for each way to make a model smaller, measured; as text,
 * Markdown and JSON. {@link dev.framewise.toolkit.table.CompressionRun} is where it starts: it trains, makes and times with the
 * toolkit's own parts, and keeps every stage's files, so that it goes on where it was ended. One thread.
 */
package dev.framewise.toolkit.table;
