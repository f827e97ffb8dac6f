"""Runs an NCNN network on inputs from a file: PARAM BIN INPUTS OUTPUTS HEIGHT WIDTH COUNT, floats of 32 bits, little-endian."""
import sys

import ncnn
import numpy as np


def main(param, weights, given, made, height, width, count):
    net = ncnn.Net()
    net.opt.num_threads = 1
    net.opt.use_fp16_packed = False
    net.opt.use_fp16_storage = False
    net.opt.use_fp16_arithmetic = False
    net.opt.use_bf16_storage = False
    if net.load_param(param) != 0 or net.load_model(weights) != 0:
        sys.exit("the network cannot be loaded")
    if len(net.output_names()) != count:
        sys.exit("expected %d outputs; found %s" % (count, net.output_names()))
    inputs = np.fromfile(given, dtype="<f4").reshape(-1, 3, height, width)
    with open(made, "wb") as file:
        for values in inputs:
            extractor = net.create_extractor()
            extractor.input(net.input_names()[0], ncnn.Mat(np.ascontiguousarray(values)))
            for name in ["out%d" % i for i in range(count)]:
                failed, output = extractor.extract(name)
                if failed:
                    sys.exit("output %s cannot be computed (%d)" % (name, failed))
                file.write(np.array(output, dtype="<f4").tobytes())


main(*sys.argv[1:5], *map(int, sys.argv[5:8]))
