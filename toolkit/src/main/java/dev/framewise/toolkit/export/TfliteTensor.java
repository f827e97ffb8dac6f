package dev.framewise.toolkit.export;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorCopyFromBuffer;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorCopyToBuffer;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorDim;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorName;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorNumDims;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorQuantizationParams;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorType;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteFloat32;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteInt8;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteUInt8;

import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.tensorflowlite.TfLiteQuantizationParams;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/** A tensor of TensorFlow Lite as floats in the float model's layout: quantized or not, planes last or first. */
record TfliteTensor(TfLiteTensor tensor) {
    /** Its name, as the float model's. */
    String name() {
        String name = TfLiteTensorName(tensor).getString();
        return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
    }

    /** Gives it values of that shape, planes first. */
    void write(float[] values, long[] shape) throws ModelException {
        float[] turned = planesLast(shape) ? turn(values, shape, /* toLast= */ true) : values;
        int type = TfLiteTensorType(tensor);
        if (type == kTfLiteFloat32) {
            try (FloatPointer memory = new FloatPointer(turned)) {
                TfLiteTensorCopyFromBuffer(tensor, memory, (long) turned.length * Float.BYTES);
            }
            return;
        }
        requireBytes(type);
        TfLiteQuantizationParams by = TfLiteTensorQuantizationParams(tensor);
        int least = type == kTfLiteInt8 ? Byte.MIN_VALUE : 0;
        byte[] bytes = new byte[turned.length];
        for (int i = 0; i < bytes.length; i++) {
            long rounded = Math.round((double) turned[i] / by.scale()) + by.zero_point();
            bytes[i] = (byte) Math.max(least, Math.min(least + 255, rounded));
        }
        try (BytePointer memory = new BytePointer(bytes)) {
            TfLiteTensorCopyFromBuffer(tensor, memory, bytes.length);
        }
    }

    /** Its values in that shape, planes first. */
    float[] read(long[] shape) throws ModelException {
        boolean last = planesLast(shape);
        float[] values = new float[Values.count(shape)];
        int type = TfLiteTensorType(tensor);
        if (type == kTfLiteFloat32) {
            try (FloatPointer memory = new FloatPointer(values.length)) {
                TfLiteTensorCopyToBuffer(tensor, memory, (long) values.length * Float.BYTES);
                memory.get(values);
            }
        } else {
            requireBytes(type);
            TfLiteQuantizationParams by = TfLiteTensorQuantizationParams(tensor);
            try (BytePointer memory = new BytePointer(values.length)) {
                TfLiteTensorCopyToBuffer(tensor, memory, values.length);
                for (int i = 0; i < values.length; i++) {
                    int whole = type == kTfLiteInt8 ? memory.get(i) : memory.get(i) & 0xff;
                    values[i] = (whole - by.zero_point()) * by.scale();
                }
            }
        }
        return last ? turn(values, shape, /* toLast= */ false) : values;
    }

    private void requireBytes(int type) throws ModelException {
        if (type != kTfLiteInt8 && type != kTfLiteUInt8) {
            throw new ModelException("tensor " + name() + " is of type " + type + "; expected float or 8 bits");
        }
    }

    /** Whether the planes come last here. */
    private boolean planesLast(long[] shape) throws ModelException {
        long[] own = new long[TfLiteTensorNumDims(tensor)];
        for (int i = 0; i < own.length; i++) {
            own[i] = TfLiteTensorDim(tensor, i);
        }
        if (shape.length == 4 && Arrays.equals(own, new long[] {shape[0], shape[2], shape[3], shape[1]})) {
            return true;
        }
        if (!Arrays.equals(own, shape)) {
            throw new ModelException("tensor " + name() + " is " + Arrays.toString(own) + " in TensorFlow Lite, and "
                    + Arrays.toString(shape) + " in ONNX Runtime");
        }
        return false;
    }

    private static float[] turn(float[] values, long[] shape, boolean toLast) {
        int planes = (int) shape[1];
        int cells = (int) (shape[2] * shape[3]);
        float[] turned = new float[values.length];
        for (int plane = 0; plane < planes; plane++) {
            for (int cell = 0; cell < cells; cell++) {
                int first = plane * cells + cell;
                int last = cell * planes + plane;
                turned[toLast ? last : first] = values[toLast ? first : last];
            }
        }
        return turned;
    }
}
