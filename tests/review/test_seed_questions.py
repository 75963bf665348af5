"""What is asked of the seven published forms: enough, and nothing that faults what is lawful."""

from collections import Counter

from jixiao.review import Review
from oracle.truth import truth_forms
from review import bench_of_books

BASE = {"JX204": 1, "JX401": 1}
EXPECTED: list[dict[str, int]] = [
    {"JX207": 1, "JX311": 1},
    {"JX307": 1, "JX309": 2, "JX312": 1, "JX315": 1},
    {"JX311": 1, "JX319": 1, "JX406": 1, "JX412": 2},
    {"JX308": 1, "JX309": 2, "JX311": 1, "JX405": 1, "JX408": 1, "JX413": 1},
    {"JX308": 1, "JX309": 1, "JX311": 1},
    {"JX306": 1, "JX309": 2, "JX311": 1, "JX403": 1, "JX404": 1, "JX405": 1, "JX407": 3},
    {"JX207": 1, "JX308": 1, "JX311": 1, "JX321": 1, "JX404": 1, "JX405": 3, "JX408": 1},
]
"""How many findings of each check the forms have beside `BASE`, which each of them has."""


def reviews(book: str = "cn-shanghai") -> list[Review]:
    """The reviews of the seven forms."""
    return [bench_of_books.reviewer(book).review(form)[1] for form in truth_forms()]


def test_what_is_asked() -> None:
    """Each form is asked exactly what a reviewer found by hand; 38 to 60 questions in all, none of them arithmetic."""
    found = [Counter(finding.code for finding in review.findings) for review in reviews()]
    assert found == [Counter(BASE | expected) for expected in EXPECTED]
    findings = [finding for review in reviews() for finding in review.findings]
    assert 38 <= len(findings) <= 60
    assert "arithmetic" not in {finding.family for finding in findings}


def test_the_ministry_asks_the_same() -> None:
    """Under the ministry's book the same is asked: Shanghai differs in how it prints, not in what it asks."""
    asked = [[(finding.code, finding.pointer) for finding in review.findings] for review in reviews()]
    assert asked == [[(finding.code, finding.pointer) for finding in review.findings] for review in reviews("cn")]


def test_what_is_lawful_is_not_faulted() -> None:
    """No question is about the rate, a section's points, or a cost or satisfaction section that is not there."""
    for number, review in enumerate(reviews()):
        codes = {finding.code for finding in review.findings}
        assert not codes & {"JX104", "JX202", "JX208", "JX313", "JX314"}
        assert ("JX306" in codes) is (number == 5)
        assert not [finding for finding in review.findings if finding.pointer.startswith(("/execution", "/declared"))]


def test_a_heavy_line_is_asked_about_by_itself() -> None:
    """Where 40 points stand on one line, the line is named, not the section."""
    heavy = [finding for review in reviews() for finding in review.findings if finding.code == "JX309"]
    assert len(heavy) == 7
    for finding in heavy:
        assert finding.pointer.endswith("/weight")
        assert "指标" not in finding.ask.zh


def test_amounts_are_told_as_printed() -> None:
    """A question gives the form's own figures in the form's own unit."""
    finding = next(finding for finding in reviews()[0].findings if finding.code == "JX204")
    assert finding.read.zh == "130.00 → 1.60 万元（-98.8 %）"
    assert finding.pointer == "/funds/total"
    assert "执行率" not in finding.ask.zh
    assert finding.clause is not None


def test_only_what_stands_beside_the_form_is_missing() -> None:
    """The checks that cannot decide are those that need last year's form, evidence or the like, and say which."""
    for review in reviews():
        assert {item.code for item in review.undecided} <= bench_of_books.needing_more()
        needs = {item.code: item.needs.en for item in review.undecided}
        assert needs["JX310"] == "last year's form, with its unit of money"
        assert needs["JX360"] == "evidence for the actual value"
