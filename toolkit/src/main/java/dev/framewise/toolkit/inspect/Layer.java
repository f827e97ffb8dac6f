package dev.framewise.toolkit.inspect;

import dev.framewise.toolkit.shape.Shape;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node that multiplies and adds, or holds parameters.
 *
 * @param name the node's, or its output's where it has none
 * @param operator such as {@code Conv}
 * @param output shape of its output, if known
 * @param parameters numbers it has learned, shared ones included
 * @param multiplyAdds of one run; empty where a shape is not known
 */
public record Layer(String name, String operator, Optional<Shape> output, long parameters, OptionalLong multiplyAdds) {}
