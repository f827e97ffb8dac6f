/**
 * The demo: everything real, in one JVM.
 *
 * <p>{@link dev.framewise.local.demo.DemoCommand} reads the options; {@link dev.framewise.local.demo.DemoStack} starts
 * broker, Flink and jobs and ends them without losing a record; {@link dev.framewise.local.demo.DemoRun} sends the cameras
 * through and waits; {@link dev.framewise.local.demo.DemoCollector} reads every result topic on a thread of its own into
 * {@link dev.framewise.local.demo.DemoState}, from which the report is made.
 */
package dev.framewise.local.demo;
