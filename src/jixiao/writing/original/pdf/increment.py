"""An incremental update (ISO 32000-1, 7.5.6): the original's bytes as they are, and behind them what is new.

qpdf, through pikepdf, reads the original and holds its objects; it cannot write updates itself, so the objects that are
new or touched, and the table of where they stand, are written here, in the kind of table that the original ends with.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Final

import pikepdf

from jixiao.writing.original import refusals

_END: Final = re.compile(rb"startxref\s{1,9}(\d{1,15})\s{1,9}%%EOF")
_HEADER_WITHIN: Final = 1024
_MOST_BEYOND: Final = 100_000
_HOW_WIDE: Final = (1, 5, 2)
_GENERATIONS: Final = 1 << 16


class Increment:
    """An original, and what is to be put behind it.

    Attributes:
        pdf: the original's objects, in which changes are made; those that were there before are to be `touch`ed.
        digest: of the original and of whatever makes this update another than the next, in hex.
    """

    def __init__(self, data: bytes, salt: bytes) -> None:
        """Open the original.

        Args:
            data: the original.
            salt: makes the digest, and with it names of notes and the file's identifier.

        Raises:
            Refused: it is encrypted, or so damaged that an update could leave it unreadable.
        """
        try:
            self.pdf = pikepdf.open(BytesIO(data), inherit_page_attributes=False)
        except pikepdf.PasswordError as error:
            raise refusals.encrypted("PDF") from error
        except pikepdf.QpdfRuntimeError as error:  # the newest cipher asks for files that the confined process has not
            raise refusals.encrypted("PDF") from error
        except (pikepdf.PdfError, ValueError, OverflowError) as error:
            raise refusals.damaged("PDF", "结构读不通", "its structure cannot be followed") from error
        if self.pdf.is_encrypted:
            raise refusals.encrypted("PDF")
        self.digest = sha256(sha256(data).digest() + salt).hexdigest()
        self._data = data
        self._shift, self._previous, self._as_stream = _last_section(data)
        self._first = self._free_number()
        self._touched: dict[int, pikepdf.Object] = {}

    def _free_number(self) -> int:
        """The first number of a new object: neither in the table nor below the size that the file says it has."""
        first = self._next_number()
        size = self.pdf.trailer.get("/Size", 0)
        beyond = (size if isinstance(size, int) else 0) - first
        for _ in range(beyond if 0 < beyond < _MOST_BEYOND else 0):
            first = self._next_number()
        return first

    def _next_number(self) -> int:
        """Take up the next number, with an object that is not written."""
        return int(self.pdf.make_indirect(pikepdf.Dictionary()).objgen[0])

    def add(self, value: pikepdf.Object) -> pikepdf.Object:
        """A new object, as a reference to it."""
        return self.pdf.make_indirect(value)

    def owns(self, value: pikepdf.Object) -> bool:
        """Whether an object is the original's own; the library makes another of a page that is listed twice."""
        return 0 < int(value.objgen[0]) < self._first

    def touch(self, value: pikepdf.Object) -> None:
        """Say that an object of the original has been changed.

        Raises:
            Refused: it is none of the original's own, so the file is not built as it should be.
        """
        number = value.objgen[0]
        if not number:
            raise refusals.damaged("PDF", "目录中的对象没有编号", "an object of its catalogue has no number")
        self._touched[number] = value

    def written(self) -> bytes:
        """The original with its update."""
        out = BytesIO()
        out.write(self._data)
        if not self._data.endswith((b"\n", b"\r")):
            out.write(b"\n")
        places: dict[int, tuple[int, int]] = {}
        for number, generation, value in self._changed():
            places[number] = out.tell() - self._shift, generation
            out.write(b"%d %d obj\n%b\nendobj\n" % (number, generation, _body(value)))
        start = out.tell() - self._shift
        out.write(self._stream_table(places, start) if self._as_stream else self._plain_table(places))
        out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()

    def _changed(self) -> Iterator[tuple[int, int, object]]:
        """Number, generation and value of what is touched, then of what is new."""
        for number, value in sorted(self._touched.items()):
            if number <= self._first:
                yield *value.objgen, value
        for number in range(self._first + 1, self._next_number()):
            yield number, 0, self.pdf.get_object(number, 0)

    def _plain_table(self, places: dict[int, tuple[int, int]]) -> bytes:
        rows = []
        for first, run in _runs(places):
            rows.append(b"%d %d\n" % (first, len(run)))
            rows += [b"%010d %05d n\r\n" % place for place in run]
        trailer = self._trailer(max(places) + 1).unparse()
        return b"xref\n%btrailer\n%b\n" % (b"".join(rows), trailer)

    def _stream_table(self, places: dict[int, tuple[int, int]], start: int) -> bytes:
        own = max(places) + 1
        runs = _runs(places | {own: (start, 0)})
        trailer = self._trailer(own + 1)
        trailer.Type = pikepdf.Name.XRef
        trailer.W = pikepdf.Array(list(_HOW_WIDE))
        trailer.Index = pikepdf.Array([number for first, run in runs for number in (first, len(run))])
        rows = b"".join(
            b"\x01" + offset.to_bytes(_HOW_WIDE[1], "big") + (generation % _GENERATIONS).to_bytes(_HOW_WIDE[2], "big")
            for _, run in runs
            for offset, generation in run
        )
        trailer.Length = len(rows)
        return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (own, trailer.unparse(), rows)

    def _trailer(self, size: int) -> pikepdf.Dictionary:
        old = self.pdf.trailer
        trailer = pikepdf.Dictionary(Size=max(size, self._first), Prev=self._previous)
        for name in ("/Root", "/Info"):
            if name in old:
                trailer[name] = old[name]
        identifier = old.get("/ID")
        if isinstance(identifier, pikepdf.Array) and len(identifier):
            trailer.ID = pikepdf.Array([identifier[0], pikepdf.String(bytes.fromhex(self.digest[:32]))])
        return trailer


def entry(value: object, name: str) -> object:
    """What a dictionary of the original holds under a name; `None` where it holds nothing, or is no dictionary."""
    return value.get(name) if isinstance(value, pikepdf.Dictionary) else None


def whole(value: object, usual: int) -> int:
    """A whole number of the original; the usual one where there is something else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else usual


def _body(value: object) -> bytes:
    """An object as it stands in a file; a stream's bytes as they are."""
    if not isinstance(value, pikepdf.Object):  # a number, which the library gives as one of Python's
        return pikepdf.Array([value]).unparse().strip(b"[ ]")
    if not isinstance(value, pikepdf.Stream):
        return value.unparse(resolved=True)
    raw = value.read_raw_bytes()
    entries = value.stream_dict
    entries.Length = len(raw)
    return b"%b\nstream\n%b\nendstream" % (entries.unparse(), raw)


def _runs(places: dict[int, tuple[int, int]]) -> list[tuple[int, list[tuple[int, int]]]]:
    """Places in runs of numbers that follow one another, each with its first number."""
    runs: list[tuple[int, list[tuple[int, int]]]] = []
    for number in sorted(places):
        if not runs or runs[-1][0] + len(runs[-1][1]) != number:
            runs.append((number, []))
        runs[-1][1].append(places[number])
    return runs


def _last_section(data: bytes) -> tuple[int, int, bool]:
    """By how much offsets are counted from behind the file's start, where its last table stands, whether in a stream.

    Raises:
        Refused: no table stands where the file says.
    """
    ends = list(_END.finditer(data))
    header = max(data.find(b"%PDF-", 0, _HEADER_WITHIN), 0)
    for shift in dict.fromkeys((0, header)) if ends else ():
        there = data[int(ends[-1][1]) + shift :][:64].lstrip()
        if there.startswith(b"xref"):
            return shift, int(ends[-1][1]), False
        if re.match(rb"\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj", there):
            return shift, int(ends[-1][1]), True
    raise refusals.damaged(
        "PDF", "对象目录（xref）不在文件所说的位置", "its table of objects (xref) is not where it says"
    )
