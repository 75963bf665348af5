"""The three families of findings never mix: every page of one form keeps each under its own heading."""

import re

import pytest

from jixiao.office.filing.merging import Asked, Change
from jixiao.office.filing.models import Filing
from jixiao.office.filing.saving import save
from office.doors.things import browser
from office.making import Office, make_filing

FAMILIES = ("算术", "条款", "疑问")


@pytest.mark.parametrize(
    ("page", "who", "heading"),
    [
        ("", "finance", r'family-head">\s*(\S+)|class="family"[^>]*>(\S+?)</span>'),
        ("decide/", "finance", r'family-head">\s*(\S+)|class="family"[^>]*>(\S+?)</span>'),
        ("rectify/", "finance", r'optgroup label="(\S+)"|<option value="(JX\d+)"'),
    ],
)
def test_each_family_stands_under_its_heading(office: Office, page: str, who: str, heading: str) -> None:
    """Headings come in their order, once each, and what stands below one is of that family."""
    filing = make_filing(office)
    save(office.people["clerk"], filing.pk, Asked(1, (Change("k1/score", "10.00", "8.00"),)))
    Filing.objects.filter(pk=filing.pk).update(state="with_finance")
    text = browser(office.people[who]).get(f"/filings/{filing.pk}/{page}").content.decode()
    found = re.findall(heading, text)
    heads = [head for head, _ in found if head]
    assert heads == [family for family in FAMILIES if family in heads]
    assert len(heads) > 1
    under = ""
    for head, one in found:
        under = head or under
        assert under
        assert one == "" or one.startswith("JX") or one == under
