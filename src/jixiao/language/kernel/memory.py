"""Where the columns of a frame lie in memory, by the Arrow C data interface: addresses, no copies.

https://arrow.apache.org/docs/format/CDataInterface.html and …/CStreamInterface.html. What is exported is kept alive as
long as the object that knows the addresses.
"""

import ctypes
import weakref
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

_Pointer = ctypes.c_void_p


class _Array(ctypes.Structure):
    """`struct ArrowArray`."""


_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(_Pointer)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", _Pointer),
    ("release", _Pointer),
    ("private_data", _Pointer),
]


class _Stream(ctypes.Structure):
    """`struct ArrowArrayStream`."""


_GET_NEXT: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))
_Stream._fields_ = [
    ("get_schema", _Pointer),
    ("get_next", _GET_NEXT),
    ("get_last_error", _Pointer),
    ("release", _Pointer),
    ("private_data", _Pointer),
]
_RELEASE: Final = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_POINTER_OF: Final = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)


@dataclass(frozen=True, slots=True)
class Lying:
    """Where a column lies.

    Attributes:
        values: address of the values; of bits, the number of the first bit in all of memory.
        known: number of the first of the bits that say which cells are not null; 0 where no cell is null.
    """

    values: int
    known: int


class Lending:
    """Memory for columns that are given away: taken back and lent again when nobody holds any of them.

    New memory costs more than what is computed into it: the system clears each page and hands it over singly. A block
    that is too small for what is asked makes way for a larger one.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._blocks: list[tuple[Any, weakref.ref[Any]]] = []
        self._lock = Lock()

    def block(self, size: int) -> Any:
        """So many bytes as an array; they are lent as long as it, or a view of it, lives."""
        with self._lock:
            idle = [at for at, (_, lent) in enumerate(self._blocks) if lent() is None]
            fitting = [at for at in idle if len(self._blocks[at][0]) >= size]
            if idle:
                at = min(fitting, key=self._length) if fitting else max(idle, key=self._length)
                block, _ = self._blocks.pop(at)
            if not fitting:
                block = np.empty(size, dtype=np.uint8)
            lent = np.frombuffer(block.data, dtype=np.uint8)
            self._blocks.append((block, weakref.ref(lent)))
        return lent[:size]

    def _length(self, at: int) -> int:
        return len(self._blocks[at][0])


class Memory:
    """The addresses of a frame's columns; keeps them until it goes.

    Attributes:
        columns: name → where it lies.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        """Export a frame; one that is in pieces is joined first.

        Raises:
            BufferError: the frame cannot be exported in one piece.
        """
        self._array = _Array()
        self._frame = frame.rechunk()
        capsule = self._frame.__arrow_c_stream__(None)
        stream = _Stream.from_address(_POINTER_OF(capsule, b"arrow_array_stream"))
        if stream.get_next(ctypes.byref(stream), ctypes.byref(self._array)) or not self._array.release:
            raise BufferError(f"no columns were exported of {len(frame)} rows")
        if self._array.length != len(frame):
            raise BufferError(f"{self._array.length} of {len(frame)} rows came in the first piece")
        self.columns: Mapping[str, Lying] = {
            name: _lying(self._array.children[at].contents, _BITS.get(dtype, 64))
            for at, (name, dtype) in enumerate(self._frame.schema.items())
        }

    def __del__(self) -> None:
        """Let go of what was exported."""
        if self._array.release:  # else whoever exported has nothing to be told
            _RELEASE(self._array.release)(ctypes.byref(self._array))


_BITS: Final["Mapping[pl.DataType, int]"] = {pl.Boolean(): 1, pl.Int32(): 32, pl.String(): 128}
"""Bits of a cell, where they are not 64; of a text, of its view."""


def _lying(array: _Array, bits: int) -> Lying:
    validity, values = array.buffers[0], array.buffers[1] or 0
    offset = int(array.offset)
    known = 0 if not array.null_count or not validity else validity * 8 + offset
    return Lying(values * 8 + offset if bits == 1 else values + offset * (bits // 8), known)
