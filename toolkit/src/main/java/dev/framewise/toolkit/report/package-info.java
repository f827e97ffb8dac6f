/**
 * What a command found out about a model, for people and for programs: Markdown, JSON, SVG.
 *
 * <p>In: outcomes of the quantizer and the bench. Out: text. No thread of its own.
 */
package dev.framewise.toolkit.report;
