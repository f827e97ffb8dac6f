/**
 * What things cost: {@code framewise bench}.
 *
 * <p>In: clips and models of the asset catalog, and scenes made from a seed. Out: figures, each beside a limit or a peer measured in
 * the same run, as a table and as JSON. {@link dev.framewise.benchmarks.BenchCommandProvider} puts the command on the command line
 * of module local. Everything begins on the command's thread.
 *
 * <p>Machines are noisy, so what is compared takes turns round by round, costs are CPU time and not wall time where that makes
 * sense, and a figure is the median of its rounds.
 */
package dev.framewise.benchmarks;
