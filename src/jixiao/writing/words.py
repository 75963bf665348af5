"""The words all reports share, in 中文 and English: families, severities, evidence marks, grades, clauses."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from jixiao.review.fairness import Fairness
from jixiao.review.verdict import Family, Severity
from jixiao.scoring.sheet import Clause, Evidence, Step, Text

FAMILY: Final[dict[Family, Text]] = {
    "arithmetic": Text(zh="算术", en="Arithmetic"),
    "clause": Text(zh="条款", en="Clause"),
    "doubt": Text(zh="疑问", en="Doubt"),
}
"""Name of a family."""

FAMILY_MEANS: Final[dict[Family, Text]] = {
    "arithmetic": Text(zh="确定：表内自相矛盾", en="certain: the form contradicts itself"),
    "clause": Text(zh="与当地现行规定不符", en="a rule in force here is not met"),
    "doubt": Text(zh="请说明，并非认定有错", en="a question, not a fault found"),
}
"""What it means that a finding belongs to a family."""

FAMILY_MARK: Final[dict[Family, Text]] = {
    "arithmetic": Text(zh="算", en="A"),
    "clause": Text(zh="条", en="C"),
    "doubt": Text(zh="疑", en="D"),
}
"""The letter that stands before a finding's number in a mark."""

SEVERITY: Final[dict[Severity, Text]] = {
    "error": Text(zh="错误", en="error"),
    "warning": Text(zh="重要", en="warning"),
    "info": Text(zh="一般", en="info"),
}
"""Name of a severity."""

TRIAL: Final = Text(zh="试行", en="on trial")
"""What marks a check on trial, and its findings."""

TRIAL_MEANS: Final = Text(
    zh="试行检查：是否问得公道尚未测够，平时不问；加 --trial 才问。",
    en="A check on trial: whether it asks fairly has not been measured well enough. Asked with --trial only.",
)
"""What it means that a check is on trial."""


def fairness_text(figures: Fairness | None) -> Text:
    """How fair a check was found to be, in a sentence."""
    if figures is None:
        return Text(zh="尚未测量。", en="Not yet measured.")
    parts = (figures.fired, figures.right, figures.arguable, figures.wrong, figures.missed)
    day = figures.measured.isoformat()
    zh = "在第 {} 版自编样表上：问 {} 次，问得对 {}，可问可不问 {}，问错 {}；漏问 {}（{}）。"
    en = "On set {} of our own labelled forms: asked {} times, right {}, arguable {}, wrong {}; missed {} ({})."
    return Text(zh=zh.format(figures.set, *parts, day), en=en.format(figures.set, *parts, day))


def left_out_text(count: int) -> Text:
    """How many checks on trial were not asked, and how to have them asked."""
    return Text(
        zh=f"试行检查未问 {count} 项（--trial 可问）", en=f"checks on trial not asked {count} (--trial asks them)"
    )


EVIDENCE: Final[dict[Evidence, Text]] = {
    "text-seen": Text(zh="已见原文", en="text seen"),
    "practice": Text(zh="见于实践", en="seen in practice"),
    "recalled": Text(zh="凭记忆，原文未核", en="recalled, text not seen"),
    "changed": Text(zh="试算改动，不是规定", en="changed for a trial, no rule"),
}
"""How well a clause is evidenced, in a few words."""

EVIDENCE_MEANS: Final[dict[Evidence, Text]] = {
    "text-seen": Text(zh="规则的公开原文已经看到。", en="The public text of the rule has been seen."),
    "practice": Text(
        zh="已公开的表或系统都这样做；说明惯例，不等于有明文规定。",
        en="Published forms or systems do so: it shows a habit, not a rule in writing.",
    ),
    "recalled": Text(
        zh="业内通常这样说，条文原文尚未核对；引用之前请先查证。",
        en="Known in the trade, but the clause itself has not been checked. Verify it before you quote it.",
    ),
    "changed": Text(
        zh="由使用者为试算而改，不出自任何规定；不得引用。",
        en="Set by the user to see what would follow; no rule says so. Not to be quoted.",
    ),
}
"""What an evidence mark means, in a sentence."""

_GRADE: Final = {"优": "excellent", "良": "good", "中": "fair", "差": "poor"}


def grade_text(grade: str | None) -> Text:
    """A printed grade, with its meaning in English: 优 is "优 (excellent)"; none is a dash."""
    if not grade:
        return Text(zh="—", en="—")
    meaning = _GRADE.get(grade)
    return Text(zh=grade, en=f"{grade} ({meaning})" if meaning else grade)


def clause_source(clause: Clause) -> str:
    """Document and article of a clause in one line, as printed in the rulebook."""
    return f"{clause.document} {clause.article}".strip()


def clause_text(clause: Clause) -> Text:
    """Document, article and evidence mark of a clause."""
    source, mark = clause_source(clause), EVIDENCE[clause.evidence]
    return Text(zh=f"{source} [{mark.zh}]", en=f"{source} [{mark.en}]")


def by_clause(steps: Iterable[Step]) -> list[tuple[Clause | None, tuple[Step, ...]]]:
    """Steps that follow one another under the same clause, together, so that a report names the clause once."""
    return [(clause, tuple(group)) for clause, group in groupby(steps, key=lambda step: step.clause)]
