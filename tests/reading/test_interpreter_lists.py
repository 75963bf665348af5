"""A list of projects above the forms that it announces: its names and amounts are no form's."""

import pytest

from forms.content import make
from forms.cover import list_before
from forms.documents import FAMILIES
from forms.measure import differences
from forms.sheet import lay_out
from forms.text_tables import delimited
from forms.truth import truth_of
from jixiao.reading.parse import parse_bytes


@pytest.mark.parametrize("name", ["hubei", "ministry", "chongqing-core"])
def test_a_list_above_its_forms_is_no_form_and_gives_them_nothing(name: str) -> None:
    """Its header is no label with a value beside it; forms that have no name of a project are parted all the same."""
    family = FAMILIES[name]
    printed = [make(seed, family) for seed in (1, 2)]
    sheets = [list_before(printed, 180), *(lay_out(form, family, 180) for form in printed)]
    forms = parse_bytes(delimited(sheets, ",").encode(), "list.csv")
    assert [differences(truth_of(one, family), form) for one, form in zip(printed, forms, strict=True)] == [[], []]
