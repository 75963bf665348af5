"""How parent and child speak: frames of one letter, a length, and that many bytes."""

from typing import BinaryIO, Final, TypeAlias

Frame: TypeAlias = tuple[bytes, bytes]
"""Kind and payload."""
READY: Final = b"R"
"""Child: ready; the payload is a JSON list of what confines it, and "eyes" if it has eyes."""
LABEL, DATA, BLIND, SHOW, UNPACK = b"L", b"D", b"B", b"W", b"U"
"""Parent: the file's label (UTF-8), then its bytes: to be read, to be read as far as can be without eyes, shown, or
unpacked."""
ORDER, REWORK = b"J", b"K"
"""Parent, to a child with a craft: between label and bytes the job, then the bytes of an original to be changed."""
REWORKED: Final = b"Y"
"""Child: the original, changed."""
FORMS, ERROR, OUT_OF_MEMORY, BROKEN = b"F", b"E", b"M", b"X"
"""Child: the forms (JSON array), why there are none (JSON object), memory ran out, or an inner error (text)."""
SHEETS: Final = b"H"
"""Child: what there is to show of a file (JSON array of `layout.shown.Sheet`)."""
NEEDS_EYES, PAGE = b"S", b"P"
"""Child: a child with eyes should read this file; the eyes turn to the next page, and the clock starts anew."""

NEEDS_OFFICE: Final = b"O"
"""Child: the file has to be converted first; the payload is its kind."""

ARCHIVE, MEMBER, CONTENT, END = b"A", b"N", b"C", b"Z"
"""Child: the file is an archive. Unpacking it: a member's name (UTF-8), then its bytes or an error; at last the end."""

_HEAD: Final = 5


def write_frame(stream: BinaryIO, kind: bytes, payload: bytes) -> None:
    """Write one frame and flush it.

    Raises:
        OSError: the other side is gone.
    """
    stream.write(kind + len(payload).to_bytes(_HEAD - 1, "big"))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO, most: int) -> Frame | None:
    """The next frame, or `None` where the other side has ended (or ends within a frame).

    Args:
        stream: a buffered stream.
        most: the largest payload to take, in bytes.

    Raises:
        ValueError: the frame says it is larger.
    """
    head = stream.read(_HEAD)
    if len(head) < _HEAD:
        return None
    size = int.from_bytes(head[1:], "big")
    if size > most:
        raise ValueError(f"a frame of {size} bytes, more than {most}")
    payload = stream.read(size)
    return (head[:1], payload) if len(payload) == size else None
