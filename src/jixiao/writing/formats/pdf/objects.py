"""The objects of a PDF file as they are written one after another: numbers, streams, cross-references.

ISO 32000-1: objects without a stream are packed into object streams (7.5.7), the file ends with a cross-reference
stream (7.5.8). Nothing that was written is kept but where it stands.
"""

import hashlib
import zlib
from typing import Final

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ENTRY: Final = 8
_LEVEL: Final = 6


def reference(number: int) -> str:
    """An indirect reference."""
    return f"{number} 0 R"


def text_string(text: str) -> str:
    """A text string (7.9.2.2), as hexadecimal UTF-16."""
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


class Objects:
    """Objects of one file on their way out.

    Attributes:
        size: how many bytes are written.
    """

    def __init__(self) -> None:
        """Begin a file."""
        self.size = len(_HEADER)
        self._out: list[bytes] = [_HEADER]
        self._hash = hashlib.sha256(_HEADER)
        self._table = bytearray(_ENTRY)
        self._packed: list[tuple[int, str]] = []
        self._last = 0

    def new(self) -> int:
        """A number for an object to come."""
        self._last += 1
        self._table += bytes(_ENTRY)
        return self._last

    def put(self, number: int, value: str) -> None:
        """Give an object that is no stream its value; it is written with the next pack."""
        self._packed.append((number, value))

    def add(self, value: str) -> int:
        """The number of a new object of this value."""
        number = self.new()
        self.put(number, value)
        return number

    def stream(self, number: int, data: bytes, entries: str = "", *, plain: bool = False) -> None:
        """Write a stream object, compressed unless `plain`."""
        body = data if plain else zlib.compress(data, _LEVEL)
        coding = "" if plain else "/Filter/FlateDecode"
        head = f"{number} 0 obj\n<<{entries}{coding}/Length {len(body)}>>stream\n".encode("ascii")
        self._enter(number, 1, self.size, 0)
        self._write(head + body + b"\nendstream\nendobj\n")

    def pack(self) -> None:
        """Write the objects that wait, as one object stream."""
        if not self._packed:
            return
        waiting, self._packed = self._packed, []
        home = self.new()
        index, body, at = [], [], 0
        for place, (number, value) in enumerate(waiting):
            index.append(f"{number} {at}")
            body.append(value)
            at += len(value) + 1
            self._enter(number, 2, home, place)
        head = " ".join(index) + "\n"
        data = (head + "\n".join(body)).encode("ascii")
        self.stream(home, data, f"/Type/ObjStm/N {len(waiting)}/First {len(head)}")

    def taken(self) -> bytes:
        """What was written since the last call."""
        out, self._out = b"".join(self._out), []
        return out

    def end(self, entries: str) -> None:
        """Write the cross-references and the trailer; the file's identifier is the hash of what stands before."""
        self.pack()
        number = self.new()
        start = self.size
        self._enter(number, 1, start, 0)
        mark = self._hash.hexdigest()[:32].upper()
        table = f"/Type/XRef/Size {self._last + 1}/W[1 5 2]{entries}/ID[<{mark}><{mark}>]"
        self.stream(number, bytes(self._table), table)
        self._write(f"startxref\n{start}\n%%EOF\n".encode("ascii"))

    def _enter(self, number: int, kind: int, where: int, place: int) -> None:
        entry = bytes([kind]) + where.to_bytes(5, "big") + place.to_bytes(2, "big")
        self._table[number * _ENTRY : (number + 1) * _ENTRY] = entry

    def _write(self, data: bytes) -> None:
        self._out.append(data)
        self._hash.update(data)
        self.size += len(data)
