package dev.framewise.vision.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the ValueInfoProto of an input. */
final class InputScan {
    private String name = "";
    private int elementType;
    private final List<Long> shape = new ArrayList<>();

    private InputScan() {}

    static OnnxInput read(WireMessage value) throws IOException, OnnxFormatException {
        InputScan input = new InputScan();
        while (value.next()) {
            if (value.isBytes(/* name */ 1)) {
                input.name = value.text();
            } else if (value.isBytes(/* type */ 2)) {
                input.type(value.message());
            }
        }
        return new OnnxInput(input.name, input.elementType, input.shape);
    }

    private void type(WireMessage type) throws IOException, OnnxFormatException {
        while (type.next()) {
            if (type.isBytes(/* tensor_type */ 1)) {
                tensor(type.message());
            }
        }
    }

    private void tensor(WireMessage tensor) throws IOException, OnnxFormatException {
        while (tensor.next()) {
            if (tensor.isNumber(/* elem_type */ 1)) {
                elementType = (int) tensor.value();
            } else if (tensor.isBytes(/* shape */ 2)) {
                shape(tensor.message());
            }
        }
    }

    private void shape(WireMessage dimensions) throws IOException, OnnxFormatException {
        while (dimensions.next()) {
            if (dimensions.isBytes(/* dim */ 1)) {
                WireMessage dimension = dimensions.message();
                long size = -1;
                while (dimension.next()) {
                    if (dimension.isNumber(/* dim_value */ 1)) {
                        size = dimension.value();
                    } else if (dimension.isBytes(/* dim_param */ 2)) {
                        size = -1;
                    }
                }
                shape.add(size);
            }
        }
    }
}
