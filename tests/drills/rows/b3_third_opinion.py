"""B3: the rates, scores and totals of published workbooks, worked out once more by a spreadsheet of other people."""

from datetime import date

from drills.opinion.engines import Opinion, formulas, published, there
from drills.row import Drill, Outcome, Row
from jixiao.writing.kinds import write_documents
from jixiao.writing.official import lay_out
from oracle.right_forms import right_form
from roundtrip.contents import FAMILIES

LAYOUTS = sorted(name for name, family in FAMILIES.items() if family.printing)
AT_ONCE = 50
LEAST = 1
"""Formulas of a form, at least; most layouts have rate, score of execution and totals."""


def run(drill: Drill) -> Outcome:
    """Write forms, some to a workbook, in one layout after another; have every formula worked out by each opinion."""
    opinions, faults, cells, start = there(), [], 0, 0
    while start < drill.count:
        some = range(start, min(start + AT_ONCE, drill.count))
        workbook = written(some, drill.seed, LAYOUTS[start // AT_ONCE % len(LAYOUTS)])
        cells += len(formulas(workbook))
        faults += [f"forms from {start}: {one}" for one in wrong(workbook, len(some), opinions)]
        start += len(some)
    return Outcome(start, tuple(faults), (f"{cells:,} formulas worked out by {' and '.join(opinions)}",))


def written(numbers: range, seed: int, layout: str) -> bytes:
    """A workbook of forms whose numbers are right."""
    forms = (right_form(seed * 10**6 + number) for number in numbers)
    documents = (lay_out(form, FAMILIES[layout]).document for form in forms)
    return b"".join(write_documents(documents, "xlsx", date(2026, 1, 31), None))


def wrong(workbook: bytes, forms: int, opinions: dict[str, Opinion]) -> list[str]:
    """A sentence for each cell on which an opinion differs; and where there are too few formulas to tell anything."""
    shown = published(workbook)
    few = [f"{len(shown)} formulas in {forms} forms"] if len(shown) < LEAST * forms else []
    return few + [
        f"{sheet}!{cell} shows {shown[sheet, cell]}, {name} has {value}"
        for name, opinion in opinions.items()
        for (sheet, cell), value in opinion(workbook).items()
        if value is None or value != shown[sheet, cell]
    ]


ROW = Row(
    id="B3", zh="第三方电子表格重算公开的工作簿，分数一致",
    en="a spreadsheet of others works out the same marks from our workbook",
    ci=200, full=5_000, unit="forms", run=run,
)  # fmt: skip
