/**
 * From pixels to scores: {@code framewise eval}.
 *
 * <p>In: a clip, a model, annotations. Out: MOT files and figures. {@link dev.framewise.local.eval.EvalCommand} reads the
 * options; the tracks come from {@link dev.framewise.local.eval.DirectRun}, plain Java on the calling thread, or from
 * {@link dev.framewise.local.eval.PipelineRun}, the real gateway, broker and job; both are scored alike.
 */
package dev.framewise.local.eval;
