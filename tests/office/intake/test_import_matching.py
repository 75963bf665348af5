"""Whose form it is: never a guess; and how names of files are made safe to show."""

from hypothesis import given
from hypothesis import strategies as st

from jixiao.office.intake.matching import Candidate, Match, Projects
from jixiao.office.intake.received import tidy

KNOWN = Projects((
    Candidate(1, "A-1", "科技金融", "创新中心"),
    Candidate(2, "A-2", "机关服务", "创新中心"),
    Candidate(3, "", "机关服务", "情报所"),
    Candidate(4, "", "2024年信息化运维", "情报所"),
    Candidate(5, "B-1", "设备购置", "创新中心"),
    Candidate(6, "B-1", "设备维修", "创新中心"),
))  # fmt: skip


def test_a_code_goes_before_the_name() -> None:
    """The printed code decides, in whatever width it is printed; a code of two projects decides nothing."""
    assert KNOWN.match("Ａ－１", "机关服务", "创新中心") == Match(1, "code")
    assert KNOWN.match("B-1", "设备维修", "创新中心").project is None


def test_a_name_counts_within_its_unit_and_without_its_year() -> None:
    """Two projects of one name are told apart by their unit; the year in a name is none of it."""
    assert KNOWN.match("", "机关服务", "情报所") == Match(3, "name")
    assert KNOWN.match("", "机关 服务", "别处").near[:2] == ((2, 100), (3, 100))
    assert KNOWN.match("", "信息化运维（2025年度）", "") == Match(4, "name")


def test_a_name_with_another_code_is_only_proposed() -> None:
    """Where form and project both have a code and they differ, a person decides."""
    assert KNOWN.match("C-9", "科技金融", "创新中心") == Match(near=((1, 100),))


def test_similar_names_are_proposed_best_first_and_no_name_proposes_nothing() -> None:
    """A letter more or less is a proposal; an empty name is none of any project."""
    assert KNOWN.match("", "科技金融服务", "").near[0][0] == 1
    assert KNOWN.match("", "", "创新中心") == Match()
    assert KNOWN.match("", "——", "创新中心") == Match()


@given(st.text(max_size=20), st.text(max_size=12), st.text(max_size=12))
def test_whatever_is_printed_a_match_is_a_project_or_at_most_five_proposals(name: str, code: str, unit: str) -> None:
    """A match names how it is known; without one there are at most five proposals, each once."""
    found = KNOWN.match(code, name, unit)
    assert (found.project is None) == (found.how == "")
    assert len({number for number, _ in found.near}) == len(found.near) <= 5


@given(st.text(max_size=400))
def test_names_of_files_show_what_they_are(name: str) -> None:
    """No letter that cannot be seen, or turns the order of others, is left; a name has an end, and is never empty."""
    made = tidy(name)
    assert 0 < len(made) <= 201
    assert not set(made) & set("\x00\n\r\u202e\u2066\u200b\ufeff")
