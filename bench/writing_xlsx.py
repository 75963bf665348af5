"""Speed and memory of workbooks: forms written by us beside openpyxl and XlsxWriter, in the same run.

The forms are generated ones of all printed layouts. Ours lays them out, measures every row, checks every text, decides
what is a number and what a formula, and plans the pages; the peers are handed that plan, cell by cell, and only write
it: text as text, numbers with their format, merges, outlines, widths and heights. Times are processor time, the best
of several rounds. Memory is the most that a process of its own held, with a tenth of the forms and with all.
"""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from forms.content import make
from forms.truth import truth_of
from jixiao.form import Form
from jixiao.layout.families import Family, load_families
from jixiao.writing.formats.xlsx import write_xlsx
from jixiao.writing.formats.xlsx.plan import Plan, plan_of
from jixiao.writing.official import lay_out
from jixiao.writing.paper.model import Document

HOUSE = Path(__file__).resolve().parents[1]
FORMS = 120
MANY = 1000
ROUNDS = 5
_MEMORY = """
import sys
from bench.some_forms import most_memory
from bench.writing_xlsx import documents, some_forms, write_xlsx
count = int(sys.argv[1])
forms = some_forms(60)
data = write_xlsx(documents(forms[at % 60] for at in range(count)))
print(most_memory(), len(data) // 1024)
"""

Made = tuple[Form, Family]


def some_forms(count: int) -> list[Made]:
    """Generated forms, the printed layouts by turns."""
    families = [family for family in load_families() if family.printing]
    by_turns = [families[at % len(families)] for at in range(count)]
    return [(truth_of(make(at, family), family), family) for at, family in enumerate(by_turns)]


def documents(forms: Iterator[Made] | list[Made]) -> Iterator[Document]:
    """Forms laid out, one at a time."""
    return (lay_out(form, family).document for form, family in forms)


def by_openpyxl(plans: list[Plan]) -> bytes:
    """The same sheets by openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    line = Side(style="thin")
    border, none = Border(line, line, line, line), Border()
    fonts = {size: Font(name="宋体", size=size / 100) for size in range(100, 3000, 25)}
    for number, plan in enumerate(plans):
        sheet = book.create_sheet(f"表{number}")
        for at, width in enumerate(plan.widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width / 8
        for at, height in enumerate(plan.heights, 1):
            sheet.row_dimensions[at].height = height * 0.75
        for cell in plan.cells:
            spot = sheet.cell(cell.row + 1, cell.column + 1)
            if cell.shown.digits:
                spot.value, spot.number_format = Decimal(cell.shown.digits), cell.shown.code
            elif cell.text:
                spot.value, spot.data_type = cell.text, "s"
            spot.font, spot.border = fonts[cell.size], border if cell.ruled else none
            spot.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)
            if (cell.last_row, cell.last_column) != (cell.row, cell.column):
                sheet.merge_cells(None, cell.row + 1, cell.column + 1, cell.last_row + 1, cell.last_column + 1)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def by_xlsxwriter(plans: list[Plan]) -> bytes:
    """The same sheets by XlsxWriter."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats: dict[tuple[str, str, bool, int], object] = {}
    for number, plan in enumerate(plans):
        sheet = book.add_worksheet(f"表{number}")
        for at, width in enumerate(plan.widths):
            sheet.set_column_pixels(at, at, width)
        for at, height in enumerate(plan.heights):
            sheet.set_row_pixels(at, height)
        for cell in plan.cells:
            key = cell.align, cell.shown.code, cell.ruled, cell.size
            if key not in formats:
                formats[key] = book.add_format(
                    {"font_name": "宋体", "font_size": cell.size / 100, "align": cell.align, "valign": "vcenter",
                     "text_wrap": True, "border": int(cell.ruled), "num_format": cell.shown.code}
                )  # fmt: skip
            spots = cell.row, cell.column, cell.last_row, cell.last_column
            if spots[:2] != spots[2:]:
                sheet.merge_range(*spots, "", formats[key])
            if cell.shown.digits:
                sheet.write_number(*spots[:2], Decimal(cell.shown.digits), formats[key])
            elif cell.text:
                sheet.write_string(*spots[:2], cell.text, formats[key])
    book.close()
    return held.getvalue()


def best(work: Callable[[], bytes]) -> tuple[int, int]:
    """Microseconds of processor time of the best round, and the bytes made."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time_ns()
        size = len(work())
        times.append((time.process_time_ns() - begun) // 1000)
    return min(times), size


def show(name: str, taken: tuple[int, int]) -> None:
    """A line of the table."""
    micros, size = taken
    print(f"  {name:42} {FORMS * 1_000_000 // micros:6} forms/s {size // FORMS:7} bytes a form")


def memory(count: int) -> str:
    """Megabytes of a process that writes so many forms into one workbook."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(count)], cwd=HOUSE, check=True, capture_output=True, text=True
    )
    most, size = done.stdout.split()
    return f"{most} MB at most, for a workbook of {size} KB"


def main() -> None:
    """Print speeds and memory."""
    forms = some_forms(FORMS)
    laid = list(documents(forms))
    plans = [plan_of(document) for document in laid]
    show("ours, laid out and written", best(lambda: write_xlsx(documents(forms))))
    show("ours, from documents", best(lambda: write_xlsx(laid)))
    show("openpyxl, from our plan of the cells", best(lambda: by_openpyxl(plans)))
    show("XlsxWriter, from our plan of the cells", best(lambda: by_xlsxwriter(plans)))
    for count in (MANY // 10, MANY, MANY * 3):
        print(f"  {count:5} forms in one workbook: {memory(count)}")


if __name__ == "__main__":
    main()
