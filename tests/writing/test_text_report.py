"""The review in a terminal."""

import re
from typing import Literal

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from jixiao.form import Project
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FileReport, ReportError, ReviewReport
from jixiao.writing.text_report import write_text
from writing.review_samples import HOSTILE, faulty, hostile_sample, sample, with_trial

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def one(report: FileReport) -> ReviewReport:
    """A review of one file."""
    return ReviewReport("0.1.0", (report,))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 72, 100])
@pytest.mark.parametrize("asked", [True, False])
def test_no_line_is_wider_than_asked(language: Language, width: int, *, asked: bool) -> None:
    """No line is wider than the width asked for, in either language, with 中文 counted as two cells."""
    for report in (sample(), hostile_sample()):
        lines = write_text(report, language, width=width, asked=asked).splitlines()
        assert max(map(cell_len, lines)) <= width


def test_form_shows_claimed_recomputed_and_low_end() -> None:
    """A form's block holds name, claimed and recomputed score with grades, the low end, the rulebook and why."""
    text = write_text(sample())
    assert "自评 100.00 优 → 重算 100.00 优 · 下限 92.00" in text
    assert "科技金融" in text
    assert "cn-shanghai 2024-12-31" in text
    assert "实施单位名称含「上海」" in text


def test_low_end_is_silent_without_qualitative_lines() -> None:
    """A form whose low end is its score is not said to have one."""
    block = write_text(sample()).split("\n\n")[1]
    assert "缴纳残疾人就业保障金" in block
    assert "下限" not in block


def test_lines_that_do_not_agree_are_named() -> None:
    """A line whose claim differs is named with both numbers; a form without one says that all agree."""
    blocks = write_text(sample()).split("\n\n")
    assert "预算执行：自评 9.00 ≠ 重算 10.00（执行率 × 分值）" in blocks[2]
    assert "每行得分与重算一致" in blocks[0]
    assert "每行得分与重算一致" not in blocks[2]


def test_finding_has_place_read_expected_question_and_clause() -> None:
    """A finding shows code, title, page, field, what was read and expected, the question, and the clause's evidence."""
    block = write_text(sample(), "en").split("\n\n")[0]
    found = block[block.index("JX204") : block.index("JX302")]
    assert "Budget cut, targets unchanged" in found
    assert "page 1 · Total funds of the year" in found
    assert "targets revised with the budget" in found
    assert "How was it done" in found
    assert "[recalled, text not seen]" in found


def test_families_stand_in_order_and_never_mix() -> None:
    """The certain family comes first, then clause, then doubt, each with its own number of findings."""
    block = write_text(sample()).split("\n\n")[2]
    assert re.findall(r"^  (算术|条款|疑问) (\d+)", block, re.MULTILINE) == [
        ("算术", "2"),
        ("条款", "1"),
        ("疑问", "4"),
    ]
    assert block.index("JX101") < block.index("条款 1") < block.index("JX201") < block.index("疑问 4")


def test_summary_counts_everything() -> None:
    """The last line counts files, forms, findings of each family, undecided checks and unread files."""
    assert write_text(sample()).splitlines()[-1] == (
        "文件 2 · 自评表 7 · 算术 2 · 条款 1 · 疑问 28 · 未能判断 7 · 未能读取 1"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_unreadable_file_has_sentence_and_advice(language: Language) -> None:
    """An unreadable file is named with its sentence and its advice."""
    text = write_text(sample(), language)
    wanted = ("没有文字层", "请用原始的") if language == "zh" else ("has no text layer", "Try the original")
    assert all(part in text for part in ("扫描件/机关服务.pdf", *wanted))


def test_english_report_has_no_chinese_labels() -> None:
    """Made of English texts alone, the English report holds no 中文 but the grade as printed."""
    word = Text(zh="中文", en="words")
    form = faulty()
    findings = tuple(replace(item, clause=None, pointer="/funds/total") for item in form.review.findings)
    form = replace(
        form,
        form=replace(form.form, project=Project(name="Park"), indicators=(), problems=()),
        sheet=replace(form.sheet, lines=form.sheet.lines[:1]),
        review=replace(form.review, findings=findings),
        rulebook_why=word,
    )
    error = FileReport("b", "", ReportError("x", word, word))
    text = write_text(ReviewReport("1", (FileReport("a", "", None, (form,)), error)), "en").replace("万元", "")
    assert re.findall(r"[\u4e00-\u9fff]+", text) == ["优", "优"]


def test_derivation_stands_in_place_of_findings_when_nothing_was_asked() -> None:
    """Without checks the report has the steps of every line with clauses, and no findings or families."""
    text = write_text(sample(), asked=False)
    assert "执行率 = 1.60 ÷ 1.60 = 100%" in text
    assert "总分 = 各行之和 = 100.00" in text
    assert text.count("自评表填报说明") == len(list(sample().forms()))
    assert "JX204" not in text
    assert "疑问" not in text


def test_line_that_cannot_be_computed_names_what_is_missing() -> None:
    """A line without a computed score says which fields it would need."""
    form = faulty()
    line = replace(form.sheet.lines[1], computed=None, agrees=None, needs=("/indicators/0/weight",))
    form = replace(form, sheet=replace(form.sheet, lines=(line,)))
    text = write_text(one(FileReport("a", "", None, (form,))), width=200)
    assert "无法重算，缺 指标 1「辅助人员的到岗人数」 · 分值" in text


def test_unread_field_is_named_with_its_reason() -> None:
    """A field that could not be read is named with the reason, in the form's own block."""
    text = write_text(one(FileReport("a", "", None, (faulty(),))), width=200)
    assert "未能读出 指标 4「辅助人员的工作考核合格率」 · 得分：此格笔画相连，无法读出数字" in text


def test_colour_only_adds_escapes() -> None:
    """With colour the text is the same once the escapes are taken out; without it there are none."""
    plain, coloured = write_text(sample()), write_text(sample(), colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_control_characters_of_a_document_never_reach_the_terminal() -> None:
    """Escapes and bells in a project's name come out as blanks."""
    form = faulty()
    form = replace(form, form=replace(form.form, project=Project(name="a\x1b[31mb\x07c\u202ed")))
    text = write_text(one(FileReport("a\x1b]0;x", "", None, (form,))))
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_markup_like_text_stays_text() -> None:
    """Text that looks like markup is printed letter by letter."""
    assert HOSTILE in write_text(hostile_sample(), width=200)


@pytest.mark.parametrize(
    ("language", "mark", "said"), [("zh", " [试行]", "未问 3 项"), ("en", " [on trial]", "not asked 3")]
)
def test_a_finding_on_trial_is_marked(language: Language, mark: str, said: str) -> None:
    """The one finding whose check is on trial bears the mark; the end says how many such checks were not asked."""
    text = write_text(with_trial(), language)
    assert [line for line in text.splitlines() if line.endswith(mark)] == [
        line for line in text.splitlines() if line.startswith("    JX101 ")
    ]
    assert said in text.splitlines()[-1]
    assert "--trial" not in write_text(sample(), language)
