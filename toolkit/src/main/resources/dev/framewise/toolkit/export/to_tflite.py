"""Makes TensorFlow Lite models of an ONNX model: REQUEST, a JSON file.

onnx         the model, of one picture
folder       where they go: float.tflite, and keep-N.tflite for each N of keep
shape        of the input, [1, 3, height, width]
calibration  file of inputs, floats of 32 bits, little-endian, [3, height, width] each
keep         how many layers at the front stay in float; 0 for none

Operators behind the last layers always stay in float: they decode, and what they put side by side has no range in common.
"""
import contextlib
import io
import json
import os
import re
import sys

import numpy as np

LAYERS = ("CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED", "BATCH_MATMUL")


def main(request):
    with open(request) as file:
        ask = json.load(file)
    import onnx2tf

    with quiet():
        onnx2tf.convert(
            input_onnx_file_path=ask["onnx"],
            output_folder_path=ask["folder"],
            tflite_backend="flatbuffer_direct",
            not_use_onnxsim=True,
            non_verbose=True,
        )
    name = os.path.splitext(os.path.basename(ask["onnx"]))[0]
    source = os.path.join(ask["folder"], "float.tflite")
    os.replace(os.path.join(ask["folder"], name + "_float32.tflite"), source)
    quantize(ask, source)


@contextlib.contextmanager
def quiet():
    """Progress bars are no output; where something fails, its error is."""
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        yield


def operators(source):
    """Of the main graph, in order: the operator's name, the tensors it reads, those it makes."""
    from ai_edge_litert.tools import flatbuffer_utils

    model = flatbuffer_utils.read_model(source)
    graph = model.subgraphs[0]

    def names(indices):
        return [graph.tensors[i].name.decode() for i in indices if i >= 0]

    return [
        (flatbuffer_utils.opcode_to_name(model, each.opcodeIndex), names(each.inputs), names(each.outputs))
        for each in graph.operators
    ]


def behind_the_layers(listed):
    read_by_layers = set()
    behind = set()
    for at in range(len(listed) - 1, -1, -1):
        kind, reads, makes = listed[at]
        if kind in LAYERS or read_by_layers.intersection(makes):
            read_by_layers.update(reads)
        else:
            behind.add(at)
    return behind


def recipe(floats):
    from litert_quantizer import recipe_manager
    from litert_quantizer.algorithm_manager import AlgorithmName
    from litert_quantizer.qtyping import TFLOperationName

    manager = recipe_manager.RecipeManager()
    manager.add_static_config(
        regex=".*", operation_name=TFLOperationName.ALL_SUPPORTED, activation_num_bits=8, weight_num_bits=8
    )
    if floats:
        manager.add_quantization_config(
            regex="(^|;)(" + "|".join(map(re.escape, floats)) + ")(;|$)",
            operation_name=TFLOperationName.ALL_SUPPORTED,
            algorithm_key=AlgorithmName.NO_QUANTIZE,
        )
    return manager.get_quantization_recipe()


def quantize(ask, source):
    from ai_edge_litert.interpreter import Interpreter
    from litert_quantizer import quantizer

    listed = operators(source)
    layers = [at for at, each in enumerate(listed) if each[0] in LAYERS]
    if not layers:
        sys.exit("it has no layer that could be INT8")
    behind = behind_the_layers(listed)
    pictures = np.fromfile(ask["calibration"], dtype="<f4").reshape(-1, *ask["shape"][1:]).transpose(0, 2, 3, 1)
    signature, ends = next(iter(Interpreter(model_path=source).get_signature_list().items()))
    samples = [{ends["inputs"][0]: np.ascontiguousarray(picture[None])} for picture in pictures]
    with quiet():
        ranges = quantizer.Quantizer(source, recipe([])).calibrate({signature: samples})
    for kept in ask["keep"]:
        first = layers[kept] if kept < len(layers) else len(listed)
        stay = {at for at in range(first) if kept} | behind
        with quiet():
            made = quantizer.Quantizer(source, recipe([n for at in stay for n in listed[at][2]])).quantize(ranges)
        with open(os.path.join(ask["folder"], "keep-%d.tflite" % kept), "wb") as file:
            file.write(made.quantized_model)
    print("layers %d" % len(layers))


main(sys.argv[1])
