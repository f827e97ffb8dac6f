/**
 * What a model takes here, by provider, threads, batch and picture size.
 *
 * <p>In: a model and settings. Out: a row of figures for each, or why there is none. One thread, beside those of the runtime.
 */
package dev.framewise.toolkit.bench;
