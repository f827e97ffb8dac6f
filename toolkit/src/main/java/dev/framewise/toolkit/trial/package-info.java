/**
 * Runs models that are being worked on, straight from their message: to see what they give, and what they cost.
 *
 * <p>In: a model's message and numbers. Out: its outputs, as floats, and CPU times. One thread; no file is touched.
 */
package dev.framewise.toolkit.trial;
