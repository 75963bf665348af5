"""Every limit with its true number: two files that are just within it, two that are just beyond."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from hostile.hostile_files import SHEET, sheet_of, xlsx_parts, zip_of
from jixiao.reading import DEFAULT_LIMITS, Limits, Unreadable, read_file, rework_file
from jixiao.reading.archive import members
from jixiao.reading.container import open_container
from jixiao.reading.formats.docx import read_docx
from jixiao.reading.formats.ofd import read_ofd
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.limits import MEGABYTE
from reading.docx_maker import docx, tbl
from reading.test_limits import ofd, pdf, stored

DATA = Path(__file__).parents[1] / "data"
WORDS: Final = (Path(__file__).parents[2] / "examples" / "shanghai-2024.txt").read_bytes()
NOT_LIMITS: Final = frozenset({"", "not_a_form"})
"""What a file within its limits may come to: read, or read and no form."""


@dataclass(frozen=True, slots=True)
class Case:
    """A limit, a file just within it and one just beyond.

    Attributes:
        limit: what is limited.
        what: which of the two.
        within, beyond: what is done with either.
        said: the number that the refusal names.
        code: of the refusal.
    """

    limit: str
    what: str
    within: Callable[[], object]
    beyond: Callable[[], object]
    said: str
    code: str


def outcome(act: Callable[[], object]) -> tuple[str, str]:
    """The code and sentence of a refusal; empty if there is none."""
    try:
        act()
    except Unreadable as refusal:
        return refusal.code, refusal.en
    return "", ""


def faults_of(case: Case) -> list[str]:
    """What is wrong with either side of a case."""
    found, where = [], f"{case.limit}, {case.what}"
    inner = outcome(case.within)
    if inner[0] not in NOT_LIMITS:
        found.append(f"{where}: within the limit, but {inner[0]}: {inner[1]}")
    code, sentence = outcome(case.beyond)
    if code != case.code or case.said not in sentence:
        found.append(f"{where}: beyond the limit, wanted {case.code} naming {case.said}, but {code}: {sentence}")
    return found


def cases(folder: Path, *, full: bool) -> Iterator[Case]:
    """Two cases of each limit; limits of time with their true numbers in the long form only.

    Args:
        folder: for files.
        full: whether it is the long form.
    """
    return chain(_sizes(folder), _containers(), _counts(), _pixels(), _costs(folder, full=full))


def _sizes(folder: Path) -> Iterator[Case]:
    most = DEFAULT_LIMITS.file_bytes

    def padded(name: str, size: int) -> Callable[[], object]:
        data = (DATA / name).read_bytes()
        room = size - len(_padded(data, 0))
        return lambda: read_file(_file(folder, _padded(data, room)))

    for name in ("form1.xlsx", "form1.docx"):
        yield Case("25 MB in", name, padded(name, most), padded(name, most + 1), "25 MB", "too_large")


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


def _padded(data: bytes, room: int) -> bytes:
    """A container with one more part, which is not pressed, as a picture is not."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo("media/picture"), bytes(room))
    return out.getvalue()


def _containers() -> Iterator[Case]:
    most, half = DEFAULT_LIMITS.unpacked_bytes, 32 * MEGABYTE
    for what, sizes in (("one part", (most,)), ("two parts", (half, most - half))):
        yield Case(
            "64 MB out", what, _opened(stored(*sizes)), _opened(stored(*sizes[:-1], sizes[-1] + 1)), "65536 KB",
            "expands_too_much",
        )  # fmt: skip
    for megabytes in (5, 6):
        size = -(-megabytes * MEGABYTE // 100)
        yield Case(
            "ratio 100", f"{megabytes} MB", _opened(_grown(megabytes, size)), _opened(_grown(megabytes, size - 1)),
            "100 times", "expands_too_much",
        )  # fmt: skip
    more = {f"xl/more/{n}": b"" for n in range(2001)}
    known = xlsx_parts()
    for count, act in ((2000 - len(known), _opened), (None, _unpacked)):
        parts = known if count is not None else {}
        names = list(more)[: 2000 - len(parts)]
        within = parts | dict.fromkeys(names, b"x")
        yield Case(
            "2,000 parts", "a workbook" if parts else "an archive", act(zip_of(within)),
            act(zip_of(within | {"xl/one-more": b"x"})), "2000", "expands_too_much",
        )  # fmt: skip


def _opened(data: bytes) -> Callable[[], object]:
    return lambda: open_container(data, "f", "XLSX")


def _unpacked(data: bytes) -> Callable[[], object]:
    return lambda: list(members(data, "f", DEFAULT_LIMITS))


def _grown(megabytes: int, size: int) -> bytes:
    """A zip of so many megabytes of blanks that has this size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b" " * (megabytes * MEGABYTE))
        archive.comment = b"x"
    room = size - len(out.getvalue()) + 1
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"x" * room
    return out.getvalue()


def _counts() -> Iterator[Case]:
    for what, act, make in (("a PDF", read_pdf, pdf), ("an OFD", read_ofd, ofd)):
        yield Case("300 pages", what, _read(act, make(300)), _read(act, make(301)), "300", "too_large")
    for what, read, built in (("a sheet", read_xlsx, _sheet), ("a table", read_docx, _table)):
        yield Case("200,000 cells", what, _read(read, built(200_000)), _read(read, built(200_001)), "200", "too_large")


def _sheet(count: int) -> bytes:
    """A workbook of so many cells, each with another number, or it would be too small for what it holds."""
    cells = b"".join(b"<c><v>%d</v></c>" % (number * 2654435761 % 2**32) for number in range(count))
    return zip_of(xlsx_parts() | {SHEET: sheet_of(cells)})


def _table(count: int) -> bytes:
    """A document of so many cells, empty ones, or it would have too many tags."""
    return docx(tbl(*(f"<w:tr>{'<w:tc/>' * min(500, count - at)}</w:tr>" for at in range(0, count, 500))))


def _read(act: Callable[[bytes, str], object], data: bytes) -> Callable[[], object]:
    return lambda: act(data, "f")


def _pixels() -> Iterator[Case]:
    from hostile.hostile_pictures import png, rows
    from jixiao.reading.scan.picture import pictures_of

    for what, width, height in (("broad", 10_000, 5_000), ("narrow", 500, 100_000)):

        def unpacked(width: int, height: int) -> Callable[[], object]:
            return lambda: [picture.number for picture in pictures_of(png(width, height, rows(width, height)), "f")]

        yield Case(
            "50 million pixels", what, unpacked(width, height), unpacked(width, height + 1), "50,000,000 pixels",
            "too_large",
        )  # fmt: skip


def _costs(folder: Path, *, full: bool) -> Iterator[Case]:
    seconds = 30 if full else 2
    limits = Limits(seconds=seconds, cpu_seconds=20 if full else 2)
    spare = limits if full else Limits(seconds=30, cpu_seconds=limits.cpu_seconds)
    processor = limits.cpu_seconds
    for what, less, more in (("near", 1, 1), ("far", processor - 1, 30)):
        yield Case(
            f"{processor} s of processor time", what, _asked(folder, "work", processor - less, spare),
            _asked(folder, "work", processor + more, spare), f"{processor} seconds", "time_out",
        )  # fmt: skip
        yield Case(
            f"{seconds} s on the clock", what, _asked(folder, "rest", seconds - less, limits),
            _asked(folder, "rest", seconds + more, limits), f"{seconds} seconds", "time_out",
        )  # fmt: skip
    for what, less, more in (("near", 10, 10), ("far", 400, 2000)):
        yield Case(
            "512 MB", what, _asked(folder, "fill", 512 - less, spare), _asked(folder, "fill", 512 + more, spare),
            "512 MB", "memory",
        )  # fmt: skip


def _asked(folder: Path, craft: str, amount: int, limits: Limits) -> Callable[[], object]:
    path = folder / "original"
    path.write_bytes(WORDS)
    return lambda: rework_file(path, f"hostile.costly:{craft}", str(amount).encode(), limits=limits)
