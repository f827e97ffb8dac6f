package dev.framewise.toolkit.export;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterAllocateTensors;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetInputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetOutputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetOutputTensorCount;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterInvoke;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsSetNumThreads;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelCreateFromFile;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelDelete;

import dev.framewise.vision.detect.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tensorflowlite.TfLiteInterpreter;
import org.bytedeco.tensorflowlite.TfLiteInterpreterOptions;
import org.bytedeco.tensorflowlite.TfLiteModel;

/** A TensorFlow Lite model, run by TensorFlow Lite's C API in this process. Its planes come last, those of the float model first. */
record TfliteRunBack(Path file, FixedModel model) implements RunBack {
    private static final int OK = 0;

    @Override
    public List<List<float[]>> run(List<float[]> inputs) throws ModelException {
        TfLiteModel opened = TfLiteModelCreateFromFile(file.toString());
        if (opened == null || opened.isNull()) {
            throw failure("does not take it");
        }
        TfLiteInterpreterOptions options = TfLiteInterpreterOptionsCreate();
        try {
            TfLiteInterpreterOptionsSetNumThreads(options, Runtime.getRuntime().availableProcessors());
            TfLiteInterpreter interpreter = TfLiteInterpreterCreate(opened, options);
            if (interpreter == null || interpreter.isNull()) {
                throw failure("has no kernel for one of its operators");
            }
            try {
                return run(interpreter, inputs);
            } finally {
                TfLiteInterpreterDelete(interpreter);
            }
        } finally {
            TfLiteInterpreterOptionsDelete(options);
            TfLiteModelDelete(opened);
        }
    }

    private List<List<float[]>> run(TfLiteInterpreter interpreter, List<float[]> inputs) throws ModelException {
        if (TfLiteInterpreterAllocateTensors(interpreter) != OK) {
            throw failure("cannot prepare it");
        }
        List<long[]> shapes = model.outputShapes();
        if (TfLiteInterpreterGetOutputTensorCount(interpreter) != shapes.size()) {
            throw failure(
                    "gives " + TfLiteInterpreterGetOutputTensorCount(interpreter) + " outputs, not " + shapes.size());
        }
        TfliteTensor input = new TfliteTensor(TfLiteInterpreterGetInputTensor(interpreter, 0));
        TfliteTensor[] outputs = new TfliteTensor[shapes.size()];
        for (int i = 0; i < outputs.length; i++) {
            TfliteTensor output = new TfliteTensor(TfLiteInterpreterGetOutputTensor(interpreter, i));
            int named = model.outputNames().indexOf(output.name());
            outputs[named < 0 ? i : named] = output;
        }
        List<List<float[]>> found = new ArrayList<>();
        for (float[] values : inputs) {
            input.write(values, model.shape());
            if (TfLiteInterpreterInvoke(interpreter) != OK) {
                throw failure("fails when it runs");
            }
            List<float[]> made = new ArrayList<>();
            for (int i = 0; i < outputs.length; i++) {
                made.add(outputs[i].read(shapes.get(i)));
            }
            found.add(made);
        }
        return found;
    }

    private ModelException failure(String what) {
        return new ModelException(model.parent() + ": TensorFlow Lite " + what + " (" + file.getFileName()
                + "). Nothing is written; take another target");
    }
}
