"""Forms of every layout as PDF and back: the same forms, whatever their texts, also where a page cuts them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.layout.families import Family, load_families
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.interpreter import interpret
from jixiao.reading.parse import settled
from jixiao.writing.formats.pdf import write_pdf
from jixiao.writing.official import lay_out
from jixiao.writing.paper.faces import faces
from roundtrip.hard_forms import forms
from roundtrip.read_back import differences

PRINTED = [family for family in load_families() if family.printing is not None]


@pytest.mark.parametrize("family", PRINTED, ids=lambda family: family.id)
@pytest.mark.parametrize("longest", [40, 1200], ids=["short", "long"])
@given(data=st.data())
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_form_comes_back(family: Family, longest: int, data: st.DataObject) -> None:
    """Written in its layout and read again, a form has no field changed."""
    form = data.draw(forms(family, longest=longest))
    document = lay_out(form, family).document
    grid = read_pdf(b"".join(write_pdf([document], faces())), "a.pdf")
    (back,) = settled(interpret(grid, "a.pdf"), grid)
    assert differences(form, back) == []
