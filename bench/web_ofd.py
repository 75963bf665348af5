"""Speed of reading web pages and OFD documents: our grids and forms, beside peers in one run.

The peers: for a page lxml.html's tree with the text of every cell (no spans, no styles, no places); for OFD lxml's bare
parse of every part of the container. Times are processor time for the seven sample forms, the best of several rounds.
"""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree, html

from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.child import calm_collector
from jixiao.reading.formats.html import read_html
from jixiao.reading.formats.ofd import read_ofd
from jixiao.reading.parse import parse_bytes

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
ROUNDS = 15


def page_grid(data: bytes) -> None:
    """A web page → grid."""
    read_html(data, "bench.html")


def page_forms(data: bytes) -> None:
    """A web page → forms."""
    parse_bytes(data, "bench.html")


def lxml_cells(data: bytes) -> None:
    """The peer of a page: every cell's text by lxml.html."""
    tree = html.fromstring(data)
    for table in tree.iter("table"):
        [[cell.text_content().strip() for cell in row.iter("td", "th")] for row in table.iter("tr")]


def ofd_grid(data: bytes) -> None:
    """An OFD document → grid."""
    read_ofd(data, "bench.ofd")


def ofd_forms(data: bytes) -> None:
    """An OFD document → forms."""
    parse_bytes(data, "bench.ofd")


def lxml_parts(data: bytes) -> None:
    """The peer of a document: every part unpacked and parsed by lxml."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))


PASSES: dict[str, tuple[Callable[[bytes], None], ...]] = {
    "forms7.html": (lxml_cells, page_grid, page_forms),
    "forms7.ofd": (lxml_parts, ofd_grid, ofd_forms),
}


def main() -> None:
    """Print the table of figures."""
    load_lexicon()
    calm_collector()
    for name, passes in PASSES.items():
        data = (DATA / name).read_bytes()
        best = dict.fromkeys(passes, 0)
        for _ in range(ROUNDS):
            for work in passes:
                start = time.process_time_ns()
                work(data)
                took = (time.process_time_ns() - start) // 1000
                best[work] = min(best[work] or took, took)
        print(name)
        for work, took in best.items():
            share = took * 100 // max(best[passes[0]], 1)
            print(f"  {work.__name__:12} {took:7} µs / 7 forms, {share // 100}.{share % 100:02} × {passes[0].__name__}")


if __name__ == "__main__":
    main()
