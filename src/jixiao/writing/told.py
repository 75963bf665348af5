"""What every report tells of a form: its scores, the rulebook they were computed under, what could not be read."""

from collections.abc import Iterator

from jixiao.form import Form, plain
from jixiao.scoring.sheet import ScoreSheet, Text
from jixiao.writing.naming import field_name
from jixiao.writing.report import FormReport
from jixiao.writing.words import grade_text


def scores_text(sheet: ScoreSheet) -> Text:
    """自评 100.00 优 → 重算 100.00 优 · 下限 92.00; the low end only where it is lower."""
    if sheet.unscored is not None:
        return sheet.unscored
    claimed, computed = grade_text(sheet.claimed_grade), grade_text(sheet.grade)
    was, now = (plain(score) if score is not None else "—" for score in (sheet.claimed_score, sheet.score))
    words = Text(
        zh=f"自评 {was} {claimed.zh} → 重算 {now} {computed.zh}",
        en=f"claimed {was} {claimed.en} → recomputed {now} {computed.en}",
    )
    if sheet.low is None or sheet.low == sheet.score:
        return words
    low = plain(sheet.low)
    return Text(
        zh=f"{words.zh} · 下限 {low}（定性指标取档位低端）",
        en=f"{words.en} · low end {low} (qualitative lines at the bottom of their band)",
    )


def rulebook_text(report: FormReport) -> Text:
    """Title, id and day of the rulebook, and why it applies."""
    book, title, why = f"{report.sheet.rulebook} {report.sheet.on}".strip(), report.rulebook_title, report.rulebook_why
    return Text(zh=f"{title.zh}（{book}）：{why.zh}", en=f"{title.en} ({book}): {why.en}")


def unread_texts(form: Form) -> Iterator[Text]:
    """What could not be read, with the reason; what is told of the file only, as it is."""
    for problem in form.problems:
        name, said = field_name(form, problem.pointer), problem.message
        if problem.is_of_the_file:
            yield Text(zh=said, en=said)
        else:
            yield Text(zh=f"未能读出 {name.zh}：{said}", en=f"not readable: {name.en}: {said}")
