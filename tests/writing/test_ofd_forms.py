"""Forms as OFD: what is written in any layout reads back as the same form by us, and line by line by another reader."""

from collections.abc import Iterator
from itertools import pairwise

import ofdkit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from forms.content import make
from forms.truth import truth_of
from jixiao.layout.families import load_families
from jixiao.reading.parse import parse_bytes
from jixiao.writing.formats.ofd import write_ofd
from jixiao.writing.official import lay_out, lay_out_blank
from jixiao.writing.paper.model import Document
from jixiao.writing.paper.pages import SetText
from jixiao.writing.paper.typeset import typeset
from roundtrip.hard_forms import forms
from roundtrip.read_back import differences
from writing.set_pages import FACES

FAMILIES = {family.id: family for family in load_families() if family.printing}


def as_ofd(*documents: Document) -> bytes:
    """Documents as one file."""
    return b"".join(write_ofd(documents, FACES))


def printed(*documents: Document) -> Iterator[str]:
    """Every line printed, in the order of print."""
    for page in typeset(documents, FACES):
        for block in page.blocks:
            if isinstance(block, SetText):
                yield from block.lines
            else:
                yield from (line for cell in block.cells for line in cell.lines)
        yield page.foot


@pytest.mark.parametrize("layout", FAMILIES)
@given(data=st.data())
@settings(max_examples=5)
def test_a_hard_form_reads_back(layout: str, data: st.DataObject) -> None:
    """A form of long texts, empty parts, signs at the start and rare letters comes back without a difference."""
    form = data.draw(forms(FAMILIES[layout]))
    (got,) = parse_bytes(as_ofd(lay_out(form, FAMILIES[layout]).document), "form.ofd")
    assert differences(form, got) == []


@pytest.mark.parametrize("layout", FAMILIES)
def test_another_reader_reads_the_same_lines(layout: str) -> None:
    """A reader that is not ours gives every line printed, letter by letter and in order; blanks at ends are nothing."""
    made = [truth_of(make(seed, FAMILIES[layout]), FAMILIES[layout]) for seed in range(2)]
    laid = [*(lay_out(form, FAMILIES[layout]).document for form in made), lay_out_blank(FAMILIES[layout]).document]
    with ofdkit.open(as_ofd(*laid)) as document:
        found = [run.text.strip() for page in document.pages for run in page.runs]
    assert found == [line.strip() for line in printed(*laid) if line.strip()]


def test_several_forms_in_a_file_read_back() -> None:
    """Forms of one file come back in order, each from a page of its own."""
    family = FAMILIES["shanghai"]
    made = [truth_of(make(seed, family), family) for seed in range(4)]
    found = parse_bytes(as_ofd(*(lay_out(form, family).document for form in made)), "forms.ofd")
    assert [differences(form, got) for form, got in zip(made, found, strict=True)] == [[]] * 4
    pages = [{place.page or 0 for places in form.places.values() for place in places} for form in found]
    assert all(max(one) < min(other) for one, other in pairwise(pages))


def test_a_table_that_ends_with_headings_is_whole() -> None:
    """A form without indicators ends with their headings; what stands above its table is not taken for their rows."""
    family = FAMILIES["transfer"]
    made = truth_of(make(2, family), family)
    goal = replace(made.goal, expected="业", actual="业")
    form = replace(made, indicators=(), extras=(), goal=goal, title=family.title * 2)
    (got,) = parse_bytes(as_ofd(lay_out(form, family).document), "form.ofd")
    assert differences(form, got) == []


def test_a_text_longer_than_a_page_reads_back() -> None:
    """A goal of several thousand letters goes on over pages, and comes back whole."""
    family = FAMILIES["ministry"]
    form = truth_of(make(1, family), family)
    long = "完成年度目标，推进各项工作；" * 250
    form = replace(form, goal=replace(form.goal, expected=long))
    document = lay_out(form, family).document
    assert len(list(typeset([document], FACES))) > 2
    (got,) = parse_bytes(as_ofd(document), "long.ofd")
    assert differences(form, got) == []
