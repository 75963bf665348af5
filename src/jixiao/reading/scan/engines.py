"""What runs a model: OpenVINO where it is installed, else onnxruntime. One thread; processes give the parallelism."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jixiao.reading.scan.models import engine_names

Batch: TypeAlias = NDArray[np.float32]
"""Numbers in, numbers out: (pictures, channels, height, width)."""

Net: TypeAlias = Callable[[Batch], Batch]


def load_net(graph: bytes, engine: str | None = None) -> Net:
    """A model ready to run.

    Args:
        graph: an ONNX file.
        engine: "openvino" or "onnxruntime"; the faster one installed if `None`.
    """
    name = engine or engine_names()[0]
    return _openvino(graph) if name == "openvino" else _onnxruntime(graph)


def _openvino(graph: bytes) -> Net:
    import openvino  # type: ignore[import-untyped]  # it has no stubs

    core = openvino.Core()
    options: dict[str, Any] = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1}
    model = core.compile_model(core.read_model(model=graph, weights=b""), "CPU", options)
    request = model.create_infer_request()

    def run(batch: Batch) -> Batch:
        answer: Batch = request.infer([batch], share_inputs=True, share_outputs=True)[0]
        return answer

    return run


def _onnxruntime(graph: bytes) -> Net:
    import onnxruntime  # type: ignore[import-untyped]  # it has no stubs

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the memory of the largest batch for ever
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name

    def run(batch: Batch) -> Batch:
        answer: Batch = session.run(None, {name: batch})[0]
        return answer

    return run
