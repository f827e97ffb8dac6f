/**
 * JMH benchmarks of single stages, each in a JVM of its own: {@code framewise bench micro}.
 *
 * <p>They answer what a change to one stage does. How stages add up is a question for package pipeline.
 */
package dev.framewise.benchmarks.micro;
