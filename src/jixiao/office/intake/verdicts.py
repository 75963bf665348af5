"""What becomes of a form that was found: one verdict each, decided in one place from what is known of it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from jixiao.office.doors.table import DRAFT
from jixiao.scoring.sheet import Text

Verdict = Literal[
    "good", "doubtful", "unmatched", "year", "twice", "over", "locked", "same", "copy", "refused", "filed", "left"
]  # fmt: skip
Tone = Literal["good", "warn", "bad", "info"]


class Words(NamedTuple):
    """A verdict in a word, its tone, and what to do about it."""

    name: Text
    tone: Tone
    advice: Text


VERDICTS: Final[dict[Verdict, Words]] = {
    "good": Words(Text("可导入", "Ready"), "good", Text("点“导入”即可。", "Import it.")),
    "doubtful": Words(
        Text("待核对", "To check"), "warn",
        Text("有没看清的地方，请打开逐项核对。", "Some places were hard to read; open it and check each."),
    ),
    "unmatched": Words(
        Text("待认项目", "Project?"), "warn",
        Text("编码和名称都对不上一个项目，请打开选定。", "No project has this code or name; open it and choose."),
    ),
    "over": Words(
        Text("已有内容", "Has content"), "warn",
        Text("该项目已填过内容，导入会改动；请打开看改了什么。",
             "This project has content that would change; open it and look at what."),
    ),
    "twice": Words(
        Text("一项多份", "Several"), "warn",
        Text("这一批里有几份是同一个项目；请打开选用一份，其余不导入。",
             "Several of this batch are of one project; use one, leave the others out."),
    ),
    "year": Words(
        Text("年度不符", "Other year"), "bad",
        Text("表中年度与本批次不同；请到那一年的批次导入，或核对年度。",
             "The form is of another year; import it into that year's round, or check the year."),
    ),
    "locked": Words(
        Text("已提交", "Submitted"), "bad",
        Text("该项目已提交或审定，不能覆盖；如需修改请先退回。",
             "This project was submitted or approved and is not overwritten; have it returned first."),
    ),
    "refused": Words(
        Text("读不了", "Not read"), "bad", Text("按说明处理后重新导入。", "See why, mend it, import again.")
    ),
    "same": Words(
        Text("内容相同", "No change"), "info", Text("现有内容与它一样，无需导入。", "It is there already.")
    ),
    "copy": Words(
        Text("重复文件", "Same file"), "info", Text("与同批另一个文件逐字节相同。", "The same as another of the batch.")
    ),
    "filed": Words(Text("已导入", "Imported"), "good", Text("", "")),
    "left": Words(Text("不导入", "Left out"), "info", Text("已选择不导入；可打开恢复。", "Left out; open it to undo.")),
}  # fmt: skip
"""In the order in which they are shown."""

FINAL: Final = frozenset({"refused", "copy", "filed", "left"})
"""What no other form and no filing can change."""
OPEN: Final = frozenset(VERDICTS) - FINAL - {"same", "locked", "year"}
"""Those that a person can still file, one by one."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an office holds for a project already: the form's text, its state, and whether somebody has typed in it."""

    text: str
    state: str = DRAFT
    typed: bool = False


@dataclass(slots=True)
class Standing:
    """What forms are judged by.

    Attributes:
        year: the round's fiscal year.
        held: what there is for each project already.
        shared: how many forms of the batch are of each project, those that are left out or filed not counted.
    """

    year: int
    held: dict[int, Held] = field(default_factory=dict)
    shared: Counter[int] = field(default_factory=Counter)


def judge(standing: Standing, year: int | None, project: int | None, text: str, doubts: int) -> Verdict:
    """The verdict on one form.

    Args:
        standing: what it is judged by.
        year: the year that the form prints; `None` where it prints none.
        project: whose it is; `None` where that is not known.
        text: the form as it would be kept.
        doubts: doubtful places that nobody has confirmed.
    """
    if year not in (None, standing.year):
        return "year"
    if project is None:
        return "unmatched"
    there = standing.held.get(project, _NOTHING)
    reasons: dict[Verdict, bool] = {
        "same": there.text == text,
        "locked": there.state != DRAFT,
        "twice": standing.shared[project] > 1,
        "over": there.typed,
        "doubtful": doubts > 0,
    }
    return next((verdict for verdict, holds in reasons.items() if holds), "good")


_NOTHING: Final = Held("")
"""What there is where there is nothing."""
