"""Speed of reading PDFs, side by side in one run: our grids and forms, pdfplumber's tables, the raw pass over boxes.

Run as `python bench/reading.py [FILE…]`. Times are processor time, the best of several rounds. Goals: bytes → form at
least 5 times as fast as pdfplumber's table extraction, and at least 0.4 of the raw pass.
"""

import ctypes
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
from pypdfium2 import raw

from jixiao.layout.lexicon import load_lexicon
from jixiao.reading import Limits
from jixiao.reading.child import calm_collector
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.parse import parse_bytes
from jixiao.reading.worker import Worker

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
ROUNDS = 9


def raw_pass(data: bytes) -> None:
    """Every letter and its box by pypdfium2's raw calls, and nothing else."""
    document = pypdfium2.PdfDocument(data)
    rect = raw.FS_RECTF()
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            raw.FPDFText_GetUnicode(text.raw, index)
            raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(rect))
        text.close()
        page.close()
    document.close()


def plumber_tables(data: bytes) -> None:
    """Every page's tables by pdfplumber."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()


def grids(data: bytes) -> None:
    """Bytes → grid."""
    read_pdf(data, "bench.pdf")


def forms(data: bytes) -> None:
    """Bytes → forms."""
    parse_bytes(data, "bench.pdf")


def microseconds(passes: tuple[Callable[[bytes], None], ...], files: list[bytes]) -> dict[Callable[[bytes], None], int]:
    """The best processor time of each pass over all files; the passes take turns, so that a busy machine hits all."""
    best: dict[Callable[[bytes], None], int] = {}
    for _ in range(ROUNDS):
        for work in passes:
            start = time.process_time_ns()
            for data in files:
                work(data)
            took = (time.process_time_ns() - start) // 1000
            best[work] = min(best.get(work, took), took)
    return best


def child_start() -> int:
    """Microseconds on the clock until a fresh child is ready, the best of several."""
    best = 0
    for _ in range(ROUNDS):
        start = time.monotonic_ns()
        with Worker(Limits()) as worker:
            _ = worker.protection
            took = (time.monotonic_ns() - start) // 1000
        best = min(best or took, took)
    return best


def main() -> None:
    """Print the table of figures."""
    names = [Path(name) for name in sys.argv[1:]] or [DATA / "typst7.pdf", DATA / "lo_docx3.pdf"]
    files = [name.read_bytes() for name in names]
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in files)
    load_lexicon()
    calm_collector()  # as in the child; it helps pdfplumber as much
    figures = microseconds((raw_pass, grids, forms, plumber_tables), files)
    print(f"{pages} pages of {', '.join(name.name for name in names)}")
    for work, took in figures.items():
        print(f"  {work.__name__:15} {took // pages:7} µs/page {pages * 1_000_000 // took:6} pages/s")
    for work in (grids, forms):
        faster = figures[plumber_tables] * 100 // figures[work]
        share = figures[raw_pass] * 100 // figures[work]
        print(f"  {work.__name__}: {hundredths(faster)} × pdfplumber (goal 5), {hundredths(share)} of raw (goal 0.4)")
    print(f"  a fresh child is ready after {child_start() // 1000} ms")


def hundredths(value: int) -> str:
    """Hundredths as a number with two decimals."""
    return f"{value // 100}.{value % 100:02}"


if __name__ == "__main__":
    main()
