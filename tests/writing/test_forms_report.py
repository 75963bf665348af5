"""What `jixiao read` prints."""

from decimal import Decimal

import pytest
from rich.cells import cell_len

from jixiao.form import Form, Indicator, Problem, Project, Total, decode_forms, parse_actual, parse_target
from jixiao.scoring.sheet import Text
from jixiao.writing.forms_report import WIDTH, FileForms, as_json, as_text, error_line
from jixiao.writing.report import ReportError

FORM = Form(
    project=Project(name="河道保洁" * 30),
    indicators=(
        Indicator(
            "产出指标", "数量指标", "[bold]清理河道长度", parse_target("≥120.5(公里)"), parse_actual("118公里"),
            Decimal(20), Decimal("19.58"),
        ),
    ),
    total=Total(Decimal(100), Decimal("99.58")),
    problems=(Problem("/grade", "missing", "没有读到评分等级"),),
)  # fmt: skip
FAILED = FileForms(
    "a.pdf", "", ReportError("empty", Text(zh="空文件。", en="Empty."), Text(zh="请重发。", en="Send again."))
)


def test_json_holds_every_form_in_order() -> None:
    """The JSON array holds the forms of all files in order and reads back to the same values."""
    results = [FileForms("a", "", forms=(FORM, Form())), FAILED, FileForms("b", "", forms=(Form(title="b"),))]
    assert decode_forms(as_json(results)) == (FORM, Form(), Form(title="b"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_fits_the_terminal(language: str) -> None:
    """No line is wider than 100 columns, and printed values stand in it as printed, markup and all."""
    text = as_text([FileForms("a.pdf", "", forms=(FORM,))], "zh" if language == "zh" else "en")
    assert max(map(cell_len, text.splitlines())) <= WIDTH
    for value in ("≥120.5(公里)", "118公里", "19.58", "99.58 / 100", "没有读到评分等级"):
        assert value in text
    assert "[bold]" in text


def test_control_characters_of_a_form_never_reach_the_terminal() -> None:
    """What could move the cursor, turn colours or the direction of writing is a blank."""
    form = Form(project=Project(name="a\x1b[31mb\x07c\u202ed"), title="\r甲")
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(as_text([FileForms("a\x1b]0;x", "", forms=(form,))], "zh"))


def test_error_line() -> None:
    """A failed file is one JSON line with its error object, or a sentence with its advice."""
    assert error_line(FAILED, "text", "en") == "Empty. Send again."
    assert error_line(FAILED, "json", "zh") == (
        '{"file":"a.pdf","error":{"code":"empty","message":"空文件。","advice":"请重发。",'
        '"message_en":"Empty.","advice_en":"Send again."}}'
    )
    with pytest.raises(ValueError, match=r"b\.pdf was read"):
        error_line(FileForms("b.pdf", ""), "text", "zh")
