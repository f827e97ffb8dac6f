/**
 * Releases of models on their way through a job: read from the topic {@code models} and checked
 * ({@link dev.framewise.operators.model.ReleaseFunction}), carried among the frames to every inference subtask, and decided
 * from what those report ({@link dev.framewise.operators.model.RolloutFunction}); the decision goes back into the topic. The
 * algorithms are in {@code vision.model}. Mailbox threads.
 */
package dev.framewise.operators.model;
