"""A7: no text of a form starts a formula in any table that leaves the product, as workbook or as CSV.

Every text field of a form begins with each of the signs that a spreadsheet runs; every writer of tables writes it; the
tables are read again. Counted are cells that hold such a text. The long form opens them in LibreOffice, too.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from drills.office import open_office
from drills.row import Drill, Outcome, Row
from hostile.formula_cells import LEADS, MARK, form_of, in_libreoffice, texts_of

Made = tuple[str, str, bytes]
"""What wrote it, its kind, its bytes."""
_TEXTS: Final = tuple(f"{lead}{MARK}" for lead in LEADS)


def run(drill: Drill) -> Outcome:
    """Write every table, and read it again."""
    from jixiao.reading.convert import office

    made = list(tables(drill.folder))
    count, faults = judged(made)
    program = office() if drill.full else None
    if drill.full:
        faults += [f"{name}: LibreOffice sees {cell}" for name, kind, data in made if program
                   for cell in in_libreoffice(program, data, kind, drill.folder)]  # fmt: skip
    told = f"{len(LEADS)} leads, {len(made)} tables: {', '.join(name for name, _, _ in made)}"
    also = "opened in LibreOffice, too" if program else "not opened in LibreOffice"
    return Outcome(count, tuple(faults), (told, also))


def judged(made: list[Made]) -> tuple[int, list[str]]:
    """How many of our texts stand in tables, and which of them are formulas; a table without any is a fault, too."""
    count, faults = 0, []
    for name, kind, data in made:
        cells = list(texts_of(data, kind))
        count += len(cells)
        faults += [f"{name}: {cell[:40]!r} is a formula" for cell, what in cells if what == "formula"]
        faults += [f"{name}: none of our texts is in it"] * (not cells)
    return count, faults


def tables(folder: Path) -> Iterator[Made]:
    """Every table that the product writes."""
    forms = folder / "forms.json"
    _write_forms(forms)
    yield from _of_command(folder, forms)
    open_office(folder / "office")
    yield from _of_office()


def _write_forms(path: Path) -> None:
    from jixiao.form import encode, to_wire

    path.write_bytes(encode([to_wire(form_of(lead)) for lead in LEADS]))


def _of_command(folder: Path, forms: Path) -> Iterator[Made]:
    for name, words in {
        "official.xlsx": ("write", forms, "--layout", "shanghai", "--out"),
        "ministry.xlsx": ("write", forms, "--layout", "ministry", "--out"),
        "folder.xlsx": ("review", forms, "--out"),
        "letters": ("letter", forms, "--format", "xlsx", "--out"),
    }.items():
        out = folder / name
        command = [sys.executable, "-m", "jixiao", *map(str, words), str(out)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # our own command
        made = sorted(out.rglob("*.xlsx")) if out.is_dir() else [out]
        if run.returncode > 1 or not made:
            raise RuntimeError(f"jixiao {words[0]} {name}: {run.returncode}: {run.stdout[-300:]}{run.stderr[-500:]}")
        yield from ((f"{name} {number}", "xlsx", path.read_bytes()) for number, path in enumerate(made, 1))
    yield "rule lab.csv", "csv", _lab()


def _lab() -> bytes:
    """The rule lab's table, of moves that have nothing but texts of ours."""
    from types import SimpleNamespace

    from jixiao.writing.whatif.table import write_csv

    def move(text: str) -> Any:
        side = SimpleNamespace(rulebook=text, score=None, low=None, grade=text)
        return SimpleNamespace(
            file=text, number=1, unit=text, project=text, claimed_score=None, claimed_grade=text, before=side,
            after=side, difference=None, direction="same",
        )  # fmt: skip

    report: Any = SimpleNamespace(shift=SimpleNamespace(moves=[move(text) for text in _TEXTS]))
    return write_csv(report)


def _of_office() -> Iterator[Made]:
    from jixiao.office.accounts.pages import journal
    from jixiao.office.api.exchange import packing, workbook
    from jixiao.office.intake import exporting
    from jixiao.office.overview import exports
    from jixiao.office.overview import tables as overview
    from jixiao.office.publication.opendata import csvfile
    from jixiao.office.publication.opendata.tables import tables as open_tables
    from jixiao.scoring.sheet import Text

    held = overview.Table("t", Text("表", "T"), (overview.Column("a", Text("=甲", "=A")),), [[text] for text in _TEXTS])
    for kind in exports.KINDS:
        yield f"overview.{kind}", kind, exports.write(held, kind, "zh")
    for name, table in open_tables().items():
        rows: list[dict[str, Any]] = [
            {column.name: text if column.kind == "text" else None for column in table.columns} for text in _TEXTS
        ]
        yield f"open data {name}.csv", "csv", b"".join(csvfile.csv_pieces(table, rows))
    packed = [packing.pack(form_of(lead), _around(f"{lead}{MARK}", packing.Around)) for lead in LEADS]
    yield "exchange.xlsx", "xlsx", workbook.write(packed)
    exporting.lines = _import_lines
    yield "import.csv", "csv", exporting._csv(())
    yield "import.xlsx", "xlsx", exporting._xlsx(())
    yield "journal.csv", "csv", "".join(journal._row([text] * 9) for text in _TEXTS).encode()


def _around(text: str, made: Callable[..., Any]) -> Any:
    return made(*[text] * 6)


def _import_lines(entries: Iterable[object]) -> list[list[str]]:
    """In place of an import's lines, whose texts come from forms, too."""
    assert not entries
    return [[text] * 9 for text in _TEXTS]


ROW = Row(
    id="A7", zh="没有单元格会成为公式", en="no cell starts a formula", ci=1_000, full=1_000,
    unit="cells of such texts", run=run,
)  # fmt: skip
