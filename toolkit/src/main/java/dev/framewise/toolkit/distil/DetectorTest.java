package dev.framewise.toolkit.distil;

import java.nio.file.Path;

/**
 * Annotated frames that a detector is scored on, and that it has not learned from.
 *
 * @param name how a card calls them
 * @param first first frame, from 1
 * @param last last frame
 * @param truth annotations of the whole clip in MOT format
 */
public record DetectorTest(String name, Path clip, int first, int last, Path truth) {}
