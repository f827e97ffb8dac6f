/**
 * Puts a model where running jobs find it, with where it comes from written into it.
 *
 * <p>In: a model, what it was made of, what a gate said. Out: a file with its provenance inside, so that its hash covers both, and a
 * release on the topic {@code models}, through {@link dev.framewise.toolkit.publish.ReleaseChannel}.
 */
package dev.framewise.toolkit.publish;
