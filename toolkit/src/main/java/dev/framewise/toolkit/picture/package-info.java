/**
 * Pictures to work with: a clip, or a folder of files; frames of a topic are put into a folder first.
 *
 * <p>In: paths. Out: {@link dev.framewise.vision.image.BgrImage}s one after the other, numbered from 1 as annotations number them. One
 * thread.
 */
package dev.framewise.toolkit.picture;
