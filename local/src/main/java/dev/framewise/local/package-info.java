/**
 * Framewise on one machine: the command line, and a broker and a Flink cluster inside this JVM to run it on.
 *
 * <p>In: arguments, clips, models. Out: files, tables on the terminal, exit codes. {@link dev.framewise.local.Framewise} is
 * the way in; every command runs on the main thread and ends what it has started before it returns.
 */
package dev.framewise.local;
