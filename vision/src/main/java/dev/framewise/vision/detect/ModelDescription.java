package dev.framewise.vision.detect;

import dev.framewise.vision.image.InputFormat;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must be known of a model beyond the shapes of its tensors. What a description leaves open is taken from the
 * model's metadata, and what that leaves open from the defaults of its head's family:
 *
 * <table>
 * <caption>Heads</caption>
 * <tr><th>head</th><th>also called</th><th>output</th><th>pictures</th></tr>
 * <tr><td>yolox</td><td></td><td>[b, cells, 5 + classes], raw</td><td>top left, BGR, 0 to 255</td></tr>
 * <tr><td>yolov5</td><td></td><td>[b, boxes, 5 + classes], pixels</td><td>centred, RGB, 0 to 1</td></tr>
 * <tr><td>yolov8</td><td>yolov9, yolo11, yolo12</td><td>[b, 4 + classes, boxes], pixels</td>
 *     <td>centred, RGB, 0 to 1</td></tr>
 * <tr><td>end2end</td><td>yolov10, yolo26</td><td>[b, boxes, 6], pixels</td><td>centred, RGB, 0 to 1</td></tr>
 * <tr><td>fastestdet</td><td></td><td>[b, 5 + classes, rows, columns], raw</td>
 *     <td>stretched, BGR, 0 to 1</td></tr>
 * <tr><td>nms_rows</td><td>yolov7_end2end</td><td>[rows, 7]: image, box, class, score</td>
 *     <td>centred, RGB, 0 to 1</td></tr>
 * <tr><td>nms_columns</td><td>efficient_nms</td><td>boxes [b, n, 4], scores and classes [b, n], perhaps counts [b, 1]</td>
 *     <td>centred, RGB, 0 to 1</td></tr>
 * <tr><td>classification</td><td>classify</td><td>[b, classes], logits or softmax; one box over all</td>
 *     <td>stretched, RGB, 0 to 1</td></tr>
 * </table>
 *
 * <p>end2end, nms_rows and nms_columns do not tell how many classes there are: their names must be in the metadata or here.
 *
 * <p>An unnamed [b, cells, 5 + classes] is yolox unless the metadata is Ultralytics'; three boxes to a cell are yolov5.
 * YOLOX exported with its decoding inside has the shape of yolox and is read by yolov5: it must be named, with the
 * pictures of yolox.
 *
 * <p>Metadata keys: {@code framewise.head}; {@code framewise.classes}, names separated by commas; of the pictures
 * {@code framewise.input.fit} (top_left, centred, stretched), {@code .colours} (bgr, rgb, ycbcr), {@code .range} (byte: 0 to
 * 255, unit: 0 to 1), {@code .mean} and {@code .std} (three numbers separated by commas), {@code .pad} (0 to 255).
 * Ultralytics' {@code names}, {@code task} and {@code end2end} are understood too.
 *
 * @param head name of the head
 * @param input how the network wants its pictures
 * @param classNames name of each class, by index; empty for the model's own
 */
public record ModelDescription(Optional<String> head, Optional<InputFormat> input, List<String> classNames) {
    /** A description that leaves everything open. */
    public static final ModelDescription NONE = new ModelDescription(Optional.empty(), Optional.empty(), List.of());

    /**
     * Checks the head's name.
     *
     * @throws IllegalArgumentException if there is no such head
     */
    public ModelDescription {
        if (head.isPresent() && HeadFamily.find(head.get()).isEmpty()) {
            throw new IllegalArgumentException("head is " + head.get() + "; allowed: " + HeadFamily.names());
        }
        classNames = List.copyOf(classNames);
    }

    public ModelDescription withHead(String value) {
        return new ModelDescription(Optional.of(value), input, classNames);
    }

    public ModelDescription withInput(InputFormat value) {
        return new ModelDescription(head, Optional.of(value), classNames);
    }

    public ModelDescription withClassNames(List<String> value) {
        return new ModelDescription(head, input, value);
    }

    /**
     * Reads the names of the classes from a file of UTF-8 text, one a line; empty lines may only follow the last name.
     *
     * @throws IOException if it cannot be read, holds no name, or an empty line would move the names behind it
     */
    public ModelDescription withClassNames(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            Files.readAllLines(file).stream().map(String::strip).forEach(names::add);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no UTF-8 text", e);
        }
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        if (names.isEmpty()) {
            throw new IOException(file + " holds no name");
        }
        if (names.contains("")) {
            throw new IOException(file + ": line " + (names.indexOf("") + 1) + " is empty; a name is expected there");
        }
        return withClassNames(names);
    }
}
