"""Speed and memory of writing OFD: forms a second in files of their own and in one, beside one step of it by a peer.

No library that may be used writes OFD at all. The peer is fontTools' subsetter, the customary way to embed a font: it
cuts the font down to the letters of one form, and draws no page. Times are processor time on one core for generated
forms in Shanghai's layout, the best of several rounds; ours with breaking lines, and with lines broken before.
"""

import time
from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import chain
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from bench.some_forms import documents
from jixiao.writing.formats.ofd import write_ofd
from jixiao.writing.formats.ofd.document import write_pages
from jixiao.writing.paper.about import About
from jixiao.writing.paper.faces import faces
from jixiao.writing.paper.pages import SetPage, SetTable
from jixiao.writing.paper.typeset import typeset

ROUNDS, FEW, MANY = 3, 20, 1_000
FACES, ABOUT = faces(), About("bench")


def letters_of(pages: list[SetPage]) -> str:
    """Every letter that the cells of a document print."""
    tables = [block for page in pages for block in page.blocks if isinstance(block, SetTable)]
    lines = chain.from_iterable(cell.lines for table in tables for cell in table.cells)
    return "".join(sorted(set("".join(lines))))


def peer(letters: str) -> int:
    """The peer: the font cut down by fontTools; how many bytes it has."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    with TTFont(FACES.main("body").file, lazy=True) as font:
        cut = subset.Subsetter(options)
        cut.populate(text=letters)
        cut.subset(font)
        out = BytesIO()
        font.save(out)
        return len(out.getvalue())


def best(work: Callable[[], object], times: int) -> int:
    """The least processor time of several rounds, in microseconds for one form."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        work()
        found.append((time.process_time_ns() - start) // 1000 // times)
    return min(found)


def megabytes() -> int:
    """The most memory that this process ever held, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def drop(pieces: Iterable[bytes]) -> None:
    """Ask for every piece and keep none."""
    for _ in pieces:
        pass


def main() -> None:
    """Print the table of figures."""
    laid = list(documents(FEW))
    pages = [list(typeset([document], FACES)) for document in laid]
    count, letters = len(laid), letters_of(pages[0])

    def drawn() -> None:
        for each in pages:
            drop(write_pages(each, FACES, ABOUT))

    def written() -> None:
        for each in laid:
            drop(write_ofd([each], FACES, ABOUT))

    def combined() -> None:
        drop(write_ofd(laid, FACES, ABOUT))

    figures = {
        "one file each": best(written, count),
        "one file each, lines broken before": best(drawn, count),
        f"{FEW} in one file": best(combined, count),
    }
    for name, took in figures.items():
        print(f"  {name:36} {took:7} µs a form, {1_000_000 // took} forms/s")
    print(f"  {'peer: fontTools cuts the font, no page':36} {best(lambda: peer(letters), 1):7} µs a form")
    before, start = megabytes(), time.process_time_ns()
    drop(write_ofd(documents(MANY), FACES, ABOUT))
    took = (time.process_time_ns() - start) // 1000
    print(
        f"  {MANY} forms in one file: {MANY * 1_000_000 // took} forms/s; {before} MB before, "
        f"{megabytes()} MB after, making and laying out too"
    )


if __name__ == "__main__":
    main()
