"""Forms out of PDFs by table readers alone: the cells they give, and a clerk's way of finding the labelled ones.

A table reader knows no forms: it gives rows of cells. What stands to the right of a label, and under the headings of
the table of indicators, is taken as a person would write it in an afternoon.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from benchmark.entrants.lines import write

Rows = list[list[str]]
_LABELS: Final = {"项目名称": ("project", "name"), "主管部门": ("department",), "实施单位": ("unit",)}
_HEADINGS: Final = {"分值": "weight", "得分": "score", "三级指标": "name", "偏差原因": "deviation"}
_AMOUNT: Final = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")


def by_camelot(benchmark: Path, out: Path) -> None:
    """Tables by camelot (lattice)."""
    import camelot

    def tables(path: Path) -> list[Rows]:
        found = camelot.read_pdf(str(path), flavor="lattice", pages="all")
        return [[[cell.text for cell in row] for row in table.cells] for table in found]

    write(out, "reading", _read(benchmark, tables))


def by_pdfplumber(benchmark: Path, out: Path) -> None:
    """Tables by pdfplumber."""
    import pdfplumber

    def tables(path: Path) -> list[Rows]:
        with pdfplumber.open(path) as document:
            return [
                [[cell or "" for cell in row] for row in table.extract()]
                for page in document.pages
                for table in page.find_tables()
            ]

    write(out, "reading", _read(benchmark, tables))


def _read(benchmark: Path, tables: Callable[[Path], list[Rows]]) -> Iterator[dict[str, Any]]:
    for path in sorted((benchmark / "documents").glob("*.pdf")):
        rows = [[" ".join(cell.split()) for cell in row] for table in tables(path) for row in table]
        yield {"document": path.name, "data": {**_labelled(rows), **_funds(rows), "indicators": list(_lines(rows))}}


def _labelled(rows: Rows) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for row in rows:
        cells = [cell for cell in row if cell]
        for label, value in pairwise(cells):
            path = _LABELS.get(label.replace(" ", ""))
            if path == ("project", "name"):
                made["project"] = {"name": value}
            elif path:
                made[path[0]] = value
    return made


def _funds(rows: Rows) -> dict[str, Any]:
    for row in rows:
        joined = "".join(row).replace(" ", "")
        numbers = [cell.replace(",", "") for cell in row if _AMOUNT.fullmatch(cell)]
        if "资金总额" in joined and len(numbers) >= 3:
            total = dict(zip(("initial", "adjusted", "executed"), numbers, strict=False))
            rest = dict(zip(("weight", "rate", "score"), numbers[3:], strict=False))
            return {"funds": {"total": total}, "execution": rest if len(rest) == 3 else {}}
    return {}


def _lines(rows: Rows) -> Iterator[dict[str, Any]]:
    heads: dict[int, str] = {}
    for row in rows:
        squeezed = [cell.replace(" ", "") for cell in row]
        found = {
            at: name for at, cell in enumerate(squeezed) for word, name in _HEADINGS.items() if cell.startswith(word)
        }
        if "name" in found.values():
            heads = found
        elif heads:
            line = {name: row[at] for at, name in heads.items() if at < len(row) and row[at]}
            if "name" in line:
                yield line
