"""How often the grid found on a worn picture of a page is exactly that of the page's text layer, and what it costs.

`./dev bench grids` prints for each way of wear the share of pages whose cells all have the same row, column and spans,
tuned ways and held-out ones apart, and processor milliseconds a page from pixels to grid.
"""

import time
from fractions import Fraction

import cv2
import numpy as np

from forms.documents import FAMILIES, generate
from forms.pictures import page_pictures
from forms.splits import HELD_OUT_WEARS
from forms.wear import WEARS
from jixiao.layout.grid import Table
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.scan.flatten import flatten
from jixiao.reading.scan.picture import Picture

SEEDS = {"typst": 7301, "fpdf": 7302}
"""No page of these seeds was looked at while the finder was made."""
ASKED = ("clean200", "office200", "noisy200", "seal200", "worn200", "fax200", "noisy150", "low100", "photo200")
FAMILY_STEP = 3


def documents() -> list[bytes]:
    """One document of every third family by each producer."""
    families = list(FAMILIES.values())[::FAMILY_STEP]
    return [generate(family, kind, seed).data for family in families for kind, seed in SEEDS.items()]  # type: ignore[arg-type]


def shapes(data: bytes) -> dict[int, list[list[tuple[int, int, int, int]]]]:
    """Row, column and spans of the cells of each table, by page, as the text layer has them."""
    found: dict[int, list[list[tuple[int, int, int, int]]]] = {}
    for block in read_pdf(data, "x.pdf").blocks:
        if isinstance(block, Table):
            table = sorted((c.row, c.column, c.row_span, c.column_span) for c in block.cells)
            found.setdefault(block.page, []).append(table)
    return found


def measure(name: str, data: list[bytes]) -> tuple[int, int, int]:
    """Pages that are exact, pages, and nanoseconds of processor time."""
    wear, exact, pages, spent = WEARS[name], 0, 0, 0
    for index, document in enumerate(data):
        truth = shapes(document)
        for number, pixels in enumerate(page_pictures(document, wear, 9000 + index), 1):
            if number not in truth:
                continue
            bgr = np.ascontiguousarray(pixels[..., ::-1]) if pixels.ndim == 3 else pixels
            started = time.process_time_ns()
            flat = flatten(Picture(bgr, wear.dpi / 72, wear.dpi / 72, number))
            spent += time.process_time_ns() - started
            tables = [sorted((c.row, c.column, c.row_span, c.column_span) for c in t.cells) for t in flat.lattices]
            exact, pages = exact + (tables == truth[number]), pages + 1
    return exact, pages, spent


def main() -> None:
    """Print the table."""
    cv2.setNumThreads(1)
    data = documents()
    for title, names in (("tuned", ASKED), ("held out", tuple(HELD_OUT_WEARS))):
        for name in names:
            exact, pages, spent = measure(name, data)
            share = Fraction(100 * exact, pages)
            print(
                f"{title:9} {name:10} {float(share):6.1f} % of {pages} pages, {spent // pages // 10**6} ms", flush=True
            )


if __name__ == "__main__":
    main()
