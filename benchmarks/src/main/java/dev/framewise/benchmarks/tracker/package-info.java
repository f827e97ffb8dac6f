/**
 * What the tracker costs, by the number of objects, on scenes that are made from a seed and repeat without a seam.
 *
 * <p>{@link dev.framewise.benchmarks.tracker.TrackerCommand} is quick and needs no fork; the JMH benchmark in package micro runs the
 * same scenes. One thread.
 */
package dev.framewise.benchmarks.tracker;
