"""Corrections as the job of correcting an original: changes at their cells, and the summary that tells all of them."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Final, Literal, NamedTuple

from jixiao.review.corrections import Correction
from jixiao.scoring.sheet import Text
from jixiao.writing.fixing.as_text import KINDS, LEFT
from jixiao.writing.fixing.report import Fixed, FixedForm
from jixiao.writing.naming import places_name
from jixiao.writing.original.job import Change, Job, Row
from jixiao.writing.words import EVIDENCE, EVIDENCE_MEANS, clause_source

Language = Literal["zh", "en"]

TITLE: Final = Text("自评表改正说明", "Corrections of the self-evaluation")
"""Title of the summary."""

_HEAD: Final = (Text("编号", "No."), Text("自评表", "Form"), Text("位置", "Where"), Text("改正", "What was corrected"))
_NAMELESS: Final = Text("（未读到项目名称）", "(no project name read)")
_ONLY: Final = Text(
    "只改算术，以及由表内数字和现行规则唯一确定的得分、等级；每处改动旁有批注，其余一字未动。请核对后采用。",
    "Only what is arithmetic, or follows exactly from the numbers of the form and the rule in force, was changed; each "
    "change has its note, nothing else was touched. Please check before you use it.",
)


class By(NamedTuple):
    """Who corrects, and when: the name and the ISO day that notes carry, and the program."""

    author: str
    day: str
    program: str


def job_of(file: Fixed, by: By, language: Language) -> Job:
    """The job of correcting an original.

    Args:
        file: what came of correcting its forms.
        by: who corrects, and when.
        language: of all words; printed values stay as they are.
    """
    teller = _Teller(language)
    changes: list[Change] = []
    rows: list[Row] = []
    for form in file.forms:
        name = teller.name(form, file.read)
        for each in form.corrected.corrections:
            changes.append(teller.change(form, each))
            said = f"{changes[-1].heading}\n{changes[-1].body}"
            rows.append(Row(len(changes), name, teller.where(form, each.pointer), said, "change"))
        for left in form.corrected.left:
            words = f"{teller.of(LEFT[left.why])}{teller.colon}{teller.of(left.said)}"
            rows.append(Row(0, name, teller.where(form, left.pointers[0] if left.pointers else ""), words, "note"))
    return Job(
        title=teller.of(TITLE),
        notes=tuple(teller.notes(file, by)),
        head=(teller.of(_HEAD[0]), teller.of(_HEAD[1]), teller.of(_HEAD[2]), teller.of(_HEAD[3])),
        rows=tuple(rows),
        marks=(),
        changes=tuple(changes),
        author=by.author,
        day=by.day,
        language=language,
    )


class _Teller:
    """Tells in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def of(self, text: Text) -> str:
        """The text in the teller's language."""
        return text.zh if self.language == "zh" else text.en

    @property
    def colon(self) -> str:
        """What stands between a label and its words."""
        return "：" if self.language == "zh" else ": "

    def name(self, form: FixedForm, total: int) -> str:
        """What a form is called in the summary."""
        name = form.form.project.name or self.of(_NAMELESS)
        return name if total == 1 else f"{form.number}/{total} {name}"

    def where(self, form: FixedForm, pointer: str) -> str:
        """Place and field."""
        places = form.form.places.get(pointer, ())
        name = self.of(form.name_of(pointer))
        return f"{self.of(places_name(places))} · {name}" if places else name

    def change(self, form: FixedForm, each: Correction) -> Change:
        """The note of a correction."""
        name, kind = self.of(form.name_of(each.pointer)), self.of(KINDS[each.kind])
        lines = [self.of(reason) for reason in each.because]
        if each.clause is not None:
            mark = self.of(EVIDENCE[each.clause.evidence])
            lines.append(f"{self.of(Text('依据', 'clause'))}{self.colon}{clause_source(each.clause)} [{mark}]")
        return Change(
            pointer=each.pointer,
            places=form.form.places.get(each.pointer, ()),
            read=each.read,
            written=each.corrected,
            heading=f"{name} {each.read} → {each.corrected} [{kind}]",
            body="\n".join(lines),
        )

    def notes(self, file: Fixed, by: By) -> Iterator[str]:
        """The sentences over the table."""
        made, name = len(file.corrections), PurePath(file.file).name
        yield self.of(Text(
            f"原件 {name}，SHA-256 {file.sha256}；{by.day} 由 Jixiao {by.program} 改正 {made} 处。",
            f"Original {name}, SHA-256 {file.sha256}; on {by.day} Jixiao {by.program} corrected {made} fields.",
        ))  # fmt: skip
        yield self.of(_ONLY)
        clauses = (each.clause for each in file.corrections)
        for mark in dict.fromkeys(clause.evidence for clause in clauses if clause is not None):
            yield f"[{self.of(EVIDENCE[mark])}] {self.of(EVIDENCE_MEANS[mark])}"
