package dev.framewise.toolkit.export;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.vision.detect.DetectorOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be exported.
 *
 * @param model an ONNX file
 * @param out where the main file goes; its name ends as the target's do
 * @param width of the pictures, pixels
 * @param height of the pictures, pixels
 * @param detection how the model is to be read
 * @param pictures what ranges are read off and both are compared on; without any the inputs are made up
 * @param labels what is to be found in them
 * @param calibration most pictures that ranges are read off
 * @param budget AP50 that the export may lose; without labels a third of the agreement that it may lose, 0 to 1
 */
public record ExportRequest(
        ExportTarget target,
        Path model,
        Path out,
        int width,
        int height,
        DetectorOptions detection,
        Optional<PictureSupply> pictures,
        Optional<Labels> labels,
        int calibration,
        double budget) {
    private static final int AGREEMENTS_PER_AP = 3;

    public ExportRequest {
        if (calibration < 1) {
            throw new IllegalArgumentException("--calibrate is " + calibration + "; allowed: from 1");
        }
        if (!(budget >= 0 && budget <= 1)) {
            throw new IllegalArgumentException("--budget is " + budget + "; allowed: 0 to 1");
        }
        if (!out.getFileName().toString().endsWith(target.ending())) {
            throw new IllegalArgumentException(
                    "--out is " + out + "; for " + target + " its name must end in " + target.ending());
        }
        if (target.needsPictures() && pictures.isEmpty()) {
            throw new IllegalArgumentException("--target " + target
                    + " reads ranges off pictures: name some of what the model is made for, with --clip");
        }
    }

    /** F1 with the float model's detections that is wanted where there are no labels. */
    double leastAgreement() {
        return 1 - AGREEMENTS_PER_AP * budget;
    }
}
