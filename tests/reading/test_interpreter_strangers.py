"""Layouts that the reader has never seen, typed by hand (data/strangers): no number is wrong without a word."""

from collections import Counter

import pytest

from forms.judge import judge
from forms.losses import lost_texts
from forms.strangers import Half, Stranger, as_grid, as_pdf, as_xlsx, strangers
from jixiao.form import Form
from jixiao.reading.interpreter import interpret
from jixiao.reading.parse import parse_bytes

TUNED, HELD_OUT = [*strangers("tuned"), *strangers("later")], strangers("held_out")
_FILE = "陌生.pdf"


def verdicts(forms: tuple[Form, ...], stranger: Stranger) -> Counter[str]:
    """How many fields of a document were read how; a form that was not found lacks all its fields."""
    found = [*forms, *[Form()] * len(stranger.truths)]
    return Counter(
        verdict.kind for truth, form in zip(stranger.truths, found, strict=False) for verdict in judge(truth, form)
    )


@pytest.mark.parametrize("stranger", TUNED, ids=lambda each: each.id)
def test_a_layout_that_was_tuned_for_is_read_whole(stranger: Stranger) -> None:
    """Every field as typed, nothing lost and no form too many, from the grid of a document."""
    document = as_grid(stranger)
    forms = interpret(document, _FILE)
    wrong = [each for truth, form in zip(stranger.truths, forms, strict=True) for each in judge(truth, form)]
    assert [each for each in wrong if each.kind != "right"] == []
    assert lost_texts(document, forms) == []


@pytest.mark.parametrize("render", [as_xlsx, as_pdf], ids=["xlsx", "pdf"])
@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_the_same_forms_from_files(half: Half, render: object) -> None:
    """As workbooks and as ruled PDFs: all that is right in the grid is right there, but for a field in a thousand."""
    read: Counter[str] = Counter()
    for stranger in strangers(half):
        data = as_xlsx(stranger) if render is as_xlsx else as_pdf(stranger)
        read += verdicts(parse_bytes(data, "陌生"), stranger)
    plain = sum((verdicts(interpret(as_grid(each), _FILE), each) for each in strangers(half)), Counter[str]())
    assert read["silent"] <= plain["silent"]
    assert plain["right"] - read["right"] <= read.total() // 1000


def test_layouts_that_were_held_out() -> None:
    """Of the fields of layouts nobody mended for, 99 in 100 are right, at most one in 1,000 silently wrong."""
    read: Counter[str] = Counter()
    for stranger in HELD_OUT:
        document = as_grid(stranger)
        forms = interpret(document, _FILE)
        assert len(forms) == len(stranger.truths), stranger.id
        assert lost_texts(document, forms) == [], stranger.id
        read += verdicts(forms, stranger)
    assert read["right"] * 100 >= 99 * read.total(), read
    assert read["silent"] * 1000 <= read.total(), read
