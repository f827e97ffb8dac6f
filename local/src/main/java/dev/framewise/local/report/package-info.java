/**
 * What a run ends with: plain figures, and their three faces, a table for the terminal, JSON for scripts and a page for
 * people.
 *
 * <p>In: {@link dev.framewise.local.report.DemoReport}, made once by the demo. Out: text. Everything here is immutable or
 * without state and may be used from any thread.
 */
package dev.framewise.local.report;
