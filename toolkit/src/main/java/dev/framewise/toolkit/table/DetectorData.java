package dev.framewise.toolkit.table;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.vision.detect.DetectorOptions;
import java.nio.file.Path;

/**
 * A detector that is made smaller, and what it is tried on.
 *
 * @param name how the table calls it
 * @param model an ONNX file
 */
public record DetectorData(String name, Path model, PictureSupply pictures, Labels labels, DetectorOptions detection) {}
