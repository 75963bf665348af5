"""The second total: what is left of the recomputed one where only evidenced lines count."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jixiao.form import Form, Indicator, parse_actual, parse_target
from jixiao.scoring import EXECUTION, Attached, Item, Scorer
from oracle.truth import truth_forms
from rulebook.golden_forms import shelf

SHELF = shelf()
SCORER = Scorer(SHELF.on("cn", max(SHELF.versions("cn"))))
FORMS = truth_forms()


def attached(*pointers: str) -> Attached:
    """Something attached to each of these."""
    return Attached(tuple(Item(pointer, "x.pdf") for pointer in pointers))


def test_nobody_asked_means_no_second_total() -> None:
    """Without a list of evidence there is no supported total; with an empty one it is 0."""
    assert SCORER.score(FORMS[0]).supported is None
    supported = SCORER.score(FORMS[0], Attached()).supported
    assert supported is not None
    assert (supported.score, supported.lines) == (Decimal("0.00"), ())


def test_all_evidenced_is_the_recomputed_total() -> None:
    """Where everything is evidenced both totals are equal."""
    for form in FORMS:
        every = (EXECUTION, *(f"/indicators/{at}" for at in range(len(form.indicators))))
        sheet = SCORER.score(form, attached(*every))
        assert sheet.supported is not None
        assert sheet.supported.score == sheet.score
        assert sheet.supported.unsupported == ()


@given(st.sampled_from(FORMS), st.data())
def test_the_supported_total_is_the_sum_of_the_evidenced_lines(form: Form, data: st.DataObject) -> None:
    """It is the sum of the computed scores of the lines with evidence, and every scored line is on one side."""
    every = [EXECUTION, *(f"/indicators/{at}" for at in range(len(form.indicators)))]
    chosen = data.draw(st.sets(st.sampled_from(every)))
    sheet = SCORER.score(form, attached(*chosen))
    assert sheet.supported is not None
    assert sheet.supported.score == sum((line.computed or 0 for line in sheet.lines if line.pointer in chosen), 0)
    assert {*sheet.supported.lines, *sheet.supported.unsupported} == set(every)


def test_more_evidence_never_lowers_it() -> None:
    """One more evidenced line never gives fewer points."""
    form = FORMS[0]
    every = [EXECUTION, *(f"/indicators/{at}" for at in range(4))]
    for some in combinations(every, 2):
        less, more = SCORER.score(form, attached(some[0])).supported, SCORER.score(form, attached(*some)).supported
        assert less is not None
        assert more is not None
        assert less.score is not None
        assert more.score is not None
        assert less.score <= more.score


def test_an_evidenced_line_that_cannot_be_computed_leaves_it_open() -> None:
    """Evidence for a line without an actual value gives no supported total; without that evidence there is one."""
    line = Indicator(target=parse_target("≥3(次)", 2024), actual=parse_actual(""), weight=Decimal(90))
    form = Form(indicators=(line,))
    open_ = SCORER.score(form, attached("/indicators/0")).supported
    closed = SCORER.score(form, attached(EXECUTION)).supported
    assert open_ is not None
    assert closed is not None
    assert open_.score is None
