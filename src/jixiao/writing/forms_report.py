"""What `jixiao read` prints: the forms as data (the contract `jixiao/form/1`), or as text for a terminal."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jixiao.form import Form, FundRow, LabelledFundRow, encode, encode_forms, plain
from jixiao.scoring.sheet import Text
from jixiao.writing.naming import FUND_COLUMNS, FUND_ROWS, INDICATOR_COLUMNS, places_name
from jixiao.writing.report import ReportError
from jixiao.writing.wrapping import visible

if TYPE_CHECKING:
    from rich.table import Table

Language = Literal["zh", "en"]

WIDTH = 100
"""Columns of the terminal that every text report fits."""

_INDICATOR_COLUMNS = ("level2", "name", "target", "actual", "weight", "score")


class FileForms(Struct, frozen=True):
    """One file as read: its forms in document order, or the error that kept it from being read."""

    file: str
    sha256: str
    error: ReportError | None = None
    forms: tuple[Form, ...] = ()


def as_json(results: Iterable[FileForms]) -> bytes:
    """The JSON array of every form that was read, in the order of the files."""
    return encode_forms(form for result in results for form in result.forms)


def error_line(result: FileForms, kind: str, language: Language) -> str:
    """What is said on stderr of a file that could not be read: one JSON line, or a sentence with advice.

    Raises:
        ValueError: the file was read.
    """
    if result.error is None:
        raise ValueError(f"{result.file} was read")
    if kind == "json":
        return encode(error_wire(result.file, result.error)).decode()
    return f"{getattr(result.error.message, language)} {getattr(result.error.advice, language)}"


def error_wire(file: str, error: ReportError) -> dict[str, object]:
    """An error as the contract prints it, 中文 first, English beside."""
    return {
        "file": file,
        "error": {
            "code": error.code,
            "message": error.message.zh,
            "advice": error.advice.zh,
            "message_en": error.message.en,
            "advice_en": error.advice.en,
        },
    }


def as_text(results: Sequence[FileForms], language: Language) -> str:
    """Every form as a block of text no wider than `WIDTH` columns: head, funds, indicators, problems."""
    from rich.console import Console

    console = Console(file=StringIO(), width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        for result in results:
            for number, form in enumerate(result.forms, start=1):
                console.print(f"{result.file} · {number}/{len(result.forms)}", style="bold")
                console.print(*_parts(form, language), sep="\n")
    return visible(capture.get())


def _parts(form: Form, language: Language) -> "list[str | Table]":
    head = [f"{getattr(label, language)}: {value}" for label, value in _head(form)]
    problems = [f"! {problem.pointer}: {problem.message}" for problem in form.problems]
    return [*head, _funds(form, language), _indicators(form, language), *problems, ""]


def _head(form: Form) -> list[tuple[Text, str]]:
    total = f"{_number(form.total.score)} / {_number(form.total.weight)} {form.grade or ''}"
    execution = f"{_number(form.execution.score)} / {_number(form.execution.weight)}"
    return [
        (Text(zh="项目名称", en="Project"), form.project.name or "—"),
        (Text(zh="位置", en="Place"), places_name(form.places.get("/project/name", ())).zh),
        (Text(zh="年度", en="Fiscal year"), str(form.fiscal_year or "—")),
        (Text(zh="主管部门", en="Department"), form.department or "—"),
        (Text(zh="实施单位", en="Unit"), form.unit or "—"),
        (Text(zh="金额单位", en="Currency unit"), form.currency_unit or "—"),
        (Text(zh="预算执行得分", en="Execution score"), execution),
        (Text(zh="总分", en="Total"), total),
    ]


def _funds(form: Form, language: Language) -> "Table":
    table = _table("", *(getattr(name, language) for name in FUND_COLUMNS.values()))
    rows: list[tuple[str, FundRow | LabelledFundRow]] = [
        (getattr(name, language), getattr(form.funds, key)) for key, name in FUND_ROWS.items()
    ]
    rows += [(row.label, row) for row in form.funds.more]
    for label, row in rows:
        table.add_row(label, _number(row.initial), _number(row.adjusted), _number(row.executed))
    return table


def _indicators(form: Form, language: Language) -> "Table":
    table = _table(*(getattr(INDICATOR_COLUMNS[name], language) for name in _INDICATOR_COLUMNS))
    for line in form.indicators:
        cells = (line.level2 or line.level1, line.name, line.target.text, line.actual.text)
        table.add_row(*cells, _number(line.weight), _number(line.score))
    return table


def _table(*headings: str) -> "Table":
    from rich.box import ASCII2
    from rich.table import Table

    table = Table(box=ASCII2, width=WIDTH)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)
