package dev.framewise.vision.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a TensorProto without its values. */
final class TensorScan {
    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int NAME = 8;
    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    /** Bits of an element by its number in TensorProto.DataType; 0 where it has no fixed size. */
    private static final int[] ELEMENT_BITS = {
        0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2
    };

    private String name = "";
    private int dataType;
    private boolean external;
    private final List<Long> dims = new ArrayList<>();
    private final Map<String, String> entries = new HashMap<>();

    private TensorScan() {}

    /** Name and place of a tensor; the place is empty where its values lie in the model's file. */
    record Found(String name, Optional<ExternalTensor> external) {}

    static Found read(WireMessage message) throws IOException, OnnxFormatException {
        TensorScan tensor = new TensorScan();
        while (message.next()) {
            tensor.field(message);
        }
        return new Found(
                tensor.name,
                tensor.external
                        ? Optional.of(new ExternalTensor(tensor.name, tensor.entries, tensor.bytes()))
                        : Optional.empty());
    }

    private void field(WireMessage message) throws IOException, OnnxFormatException {
        if (message.isNumber(DIMS)) {
            dims.add(message.value());
        } else if (message.isBytes(DIMS)) {
            for (long size : message.packed()) {
                dims.add(size);
            }
        } else if (message.isNumber(DATA_TYPE)) {
            dataType = (int) message.value();
        } else if (message.isBytes(NAME)) {
            name = message.text();
        } else if (message.isNumber(DATA_LOCATION)) {
            external |= message.value() == EXTERNAL;
        } else if (message.isBytes(EXTERNAL_DATA)) {
            // Entries alone are taken for external data, too: whoever reads them must not be led astray.
            external = true;
            entry(message.message());
        }
    }

    private void entry(WireMessage entry) throws IOException, OnnxFormatException {
        String key = "";
        String value = "";
        while (entry.next()) {
            if (entry.isBytes(KEY)) {
                key = entry.text();
            } else if (entry.isBytes(VALUE)) {
                value = entry.text();
            }
        }
        if (entries.putIfAbsent(key, value) != null) {
            throw new OnnxFormatException(
                    "tensor " + name + " says twice where its external data has its " + key + ": refused");
        }
    }

    private OptionalLong bytes() {
        if (dataType <= 0 || dataType >= ELEMENT_BITS.length || ELEMENT_BITS[dataType] == 0) {
            return OptionalLong.empty();
        }
        try {
            long bits = ELEMENT_BITS[dataType];
            for (long size : dims) {
                if (size < 0) {
                    return OptionalLong.empty();
                }
                bits = Math.multiplyExact(bits, size);
            }
            return OptionalLong.of(Math.addExact(bits, 7) / 8);
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
