/**
 * The life of a model: from a record of the topic {@code models} to the rows it is seen by, and back out.
 *
 * <p>{@link dev.framewise.vision.model.Release} is a checked record, {@link dev.framewise.vision.model.Standing} what
 * follows from all records so far, {@link dev.framewise.vision.model.ModelLife} the detectors of one subtask that realize
 * it: {@link dev.framewise.vision.model.ModelLoader} opens versions in the background, a shadow lane compares them, and a
 * barrier puts the next one in force. {@link dev.framewise.vision.model.Rollout} decides from the
 * {@link dev.framewise.vision.model.Evidence} of all subtasks. Plain Java: the operators call it on their mailbox thread.
 * Why a decision goes through the topic: docs/decisions/0016-model-life.md.
 */
package dev.framewise.vision.model;
