"""The public copy of a form: its public fields, its score made from them, and the questions that quote nothing else.

Questions stand in the corpus. Where something of a form is withheld they are asked anew of the public form, and those
that are asked of both are published: none quotes what is withheld, none arises because something was left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.publishing.columns import tables
from jixiao.corpus.publishing.naming import Named
from jixiao.corpus.publishing.source import Source
from jixiao.corpus.schema import FINDINGS
from jixiao.form import Form, decode_form
from jixiao.form.wire import to_wire
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import ScoreSheet, Text
from jixiao.writing.public.allowed import allowed, public_form
from jixiao.writing.report import FormReport

Row = dict[str, Any]
Reviewed = Callable[[Form, str, str, bool], FormReport]
"""Form, id of the book, day, whether it is asked about → its score sheet, and findings if asked."""
_QUESTION: Final = tuple(field.name for field in FINDINGS.fields)


class Opened(Struct, frozen=True):
    """A form as it is published.

    Attributes:
        named: its number, key and addresses.
        form: its public fields.
        sheet: the score they give.
        book: title of the rulebook.
        questions: rows of the table of findings.
        before: the public form of the same project for the year before; `None` where the corpus has none.
    """

    named: Named
    form: Form
    sheet: ScoreSheet
    book: Text
    questions: tuple[Row, ...]
    before: Form | None = None

    def count(self, family: str) -> int:
        """How many questions of a family are asked."""
        return sum(row["family"] == family for row in self.questions)


def opened(source: Source, part: str, names: Mapping[int, Named], reviewed: Reviewed) -> Iterator[Opened]:
    """The forms of a part, opened one by one.

    Args:
        source: the corpus.
        part: name of the part.
        names: every form of the corpus by its number.
        reviewed: scores a form, and asks about it.
    """
    asked = _by_form(source.read(FINDINGS.name, part))
    law = {number: (book, day) for number, book, day in source.read("forms", part, _LAW).iter_rows()}
    read = source.read("as_read", part, ("form", "json"))
    earlier = _earlier(source, [names[number] for number in read["form"]])
    for number, text in read.iter_rows():
        named, form = names[number], decode_form(text.encode())
        public, hidden = public_form(form), is_withheld(form)
        report = reviewed(public, *law[number], hidden)
        questions = asked.get(number, ())
        if hidden:
            questions = tuple(_asked_of_both(questions, report.review.findings))
        yield Opened(named, public, report.sheet, report.rulebook_title, questions, earlier.get(named.before))


_LAW: Final = ("form", "rulebook", "in_force")


def is_withheld(form: Form) -> bool:
    """Whether a form holds cells that are not published."""
    return any(extra.label not in allowed().labels for extra in form.extras)


def _by_form(findings: pl.DataFrame) -> dict[int, tuple[Row, ...]]:
    held: dict[int, list[Row]] = {}
    for row in findings.iter_rows(named=True):
        held.setdefault(row["form"], []).append(row)
    return {number: tuple(rows) for number, rows in held.items()}


def _asked_of_both(rows: Iterable[Row], findings: Iterable[Finding]) -> Iterator[Row]:
    """The rows that the public form gives rise to, too, with what is said of the public form."""
    public = {(finding.code, finding.pointer): finding for finding in findings}
    for row in rows:
        finding = public.get((row["code"], row["pointer"]))
        if finding is not None:
            said = {"read": finding.read, "expected": finding.expected, "ask": finding.ask}
            yield row | {
                f"{name}_{tongue}": getattr(text, tongue) for name, text in said.items() for tongue in _TONGUES
            }


_TONGUES: Final = ("zh", "en")


def _earlier(source: Source, names: Iterable[Named]) -> dict[int | None, Form]:
    """The public forms that others of this part follow."""
    wanted = [named.before for named in names if named.before is not None]
    if not wanted:
        return {}
    rows = source.of_forms("as_read", wanted, ("form", "json"))
    return {number: public_form(decode_form(text.encode())) for number, text in rows.iter_rows()}


def results_row(one: Opened) -> Row:
    """What the rules give for a form, as a row of `results`."""
    sheet = one.sheet
    return {
        "form": one.named.form, "address": one.named.address, "rulebook": f"{sheet.rulebook}@{sheet.on}",
        "computed_score": _cents(sheet.score), "computed_low": _cents(sheet.low), "computed_grade": sheet.grade,
        **{family: one.count(family) for family in ("arithmetic", "clause", "doubt")},
    }  # fmt: skip


def lines_rows(one: Opened) -> list[Row]:
    """What the rules give for its lines."""
    return [
        {
            "form": one.named.form, "pointer": line.pointer, "claimed": _cents(line.claimed),
            "computed": _cents(line.computed), "low": _cents(line.low), "agrees": line.agrees,
        }
        for line in one.sheet.lines
    ]  # fmt: skip


def _cents(points: Any) -> int | None:
    """Points as a whole number at scale 2; `None` for none, or for a claim with more decimals."""
    scaled = None if points is None else points * 100
    return None if scaled is None or scaled != int(scaled) or abs(scaled) > 2**62 else int(scaled)


def record(one: Opened) -> Row:
    """A form with its score and questions, as a line of `records.jsonl`."""
    wire = to_wire(one.form)
    wire.pop("places", None)
    fields = [field.name for field in tables()["findings"].fields if field.name != "form"]
    questions = [{name: row[name] for name in fields} for row in one.questions]
    return {
        "form": one.named.form,
        "key": one.named.key,
        "data": wire,
        "result": results_row(one),
        "findings": questions,
    }
