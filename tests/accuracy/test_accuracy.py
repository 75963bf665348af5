"""The measuring itself: what counts as right, silent, told and lost; and a small slice of the whole run."""

from decimal import Decimal

from accuracy.judge import judge
from accuracy.plan import plan
from accuracy.running import measured
from accuracy.table import Sums, report, share
from forms.producers import FORMATS, PRODUCERS
from forms.specimens import Specimen
from forms.splits import HELD_OUT_LOOKS, HELD_OUT_PRODUCERS, HELD_OUT_WEARS, SCANNED_HELD_OUT
from forms.wear import WEARS
from jixiao.form import Form, FundRow, Funds, Indicator, Place, Problem, Project, Total

TRUE = Form(
    title="自评表",
    project=Project("校舍维修"),
    funds=Funds(total=FundRow(executed=Decimal("12.50"))),
    indicators=(Indicator(name="面积", weight=Decimal(10)), Indicator(name="人数", weight=Decimal(5))),
    total=Total(score=Decimal(90)),
)


def changed(**parts: object) -> Form:
    """The true form with other parts."""
    return Form(**{name: getattr(TRUE, name) for name in TRUE.__struct_fields__} | parts)


def test_an_exact_reading_has_no_wrong_field() -> None:
    """A form read as it is counts as exact; places, extras and problems are no fields."""
    verdict = judge([TRUE], [TRUE])
    assert (verdict.exact, verdict.surplus, [each for each in verdict.fields if not each.right]) == (1, 0, [])


def test_a_wrong_amount_with_confidence_is_a_silent_error() -> None:
    """A wrong amount is silent where its place is sure and no problem points at it, else it is not."""
    funds = Funds(total=FundRow(executed=Decimal("72.50")))
    unsure = {"/funds/total/executed": (Place("a.pdf", page=1, confidence=Decimal("0.6")),)}
    told = (Problem("/funds/total", "doubtful", "…"),)
    cases = (
        (changed(funds=funds), 1),
        (changed(funds=funds, places=unsure), 0),
        (changed(funds=funds, problems=told), 0),
    )
    for form, count in cases:
        assert sum(each.silent for each in judge([TRUE], [form]).fields) == count


def test_a_missing_amount_is_silent_unless_told() -> None:
    """An amount that was not read is silent where no problem says so; a problem of the whole form does not count."""
    gone = changed(total=Total())
    for problems, count in (
        ((), 1),
        ((Problem("", "not_read", "…"),), 1),
        ((Problem("/total/score", "missing", "…"),), 0),
    ):
        assert sum(each.silent for each in judge([TRUE], [changed(total=Total(), problems=problems)]).fields) == count
    assert [each.pointer for each in judge([TRUE], [gone]).fields if each.lost] == ["/total/score"]


def test_a_wrong_text_is_no_silent_error_and_width_is_told_apart() -> None:
    """Only amounts can be silent errors; a text of another width is wrong strictly and right when folded."""
    (wrong,) = [each for each in judge([TRUE], [changed(title="自 评表")]).fields if not each.right]
    assert (wrong.silent, wrong.folded, wrong.lost) == (False, True, False)


def test_a_refused_document_is_all_wrong_and_not_silent() -> None:
    """A document that was refused has no exact form and no right field, but nobody was misled."""
    verdict = judge([TRUE, TRUE], None, "scan")
    assert (verdict.error, verdict.exact, sum(each.right for each in verdict.fields)) == ("scan", 0, 0)
    assert not any(each.silent for each in verdict.fields)


def test_a_form_too_many_does_not_shift_the_others() -> None:
    """Where more forms were read than there are, each true form is compared with the one most like it."""
    verdict = judge([TRUE], [changed(title="", project=Project(), indicators=(), total=Total()), TRUE])
    assert (verdict.exact, verdict.surplus) == (1, 1)


def test_shares_are_cut_and_not_rounded_up() -> None:
    """100.00 is said of nothing but all."""
    assert (share(19_999, 20_000), share(3, 3), share(0, 0)) == ("99.99", "100.00", "–")


def test_the_plan_covers_every_producer_format_and_wear_on_both_sides() -> None:
    """Every producer, wear, format and picture is measured; tuned and held-out hold other producers and layouts."""
    chosen = list(plan(1, 1))
    assert {each.producer for each in chosen if not each.picture} == set(PRODUCERS)
    assert {format_ for format_, _ in PRODUCERS} == set(FORMATS)
    assert {each.wear for each in chosen if each.picture} == set(WEARS)
    assert {each.picture for each in chosen} == {"", "scan PDF", "PNG", "JPEG", "TIFF"}
    assert len({each.name for each in chosen}) == len(chosen)
    tuned = [each for each in chosen if not each.held_out]
    assert not any(each.producer in HELD_OUT_PRODUCERS or each.variant for each in tuned)
    assert not any(each.wear and each.producer[1] in SCANNED_HELD_OUT for each in tuned)


def test_what_is_held_out_exists() -> None:
    """No entry of the tables of held-out things names something that is not there."""
    from forms.specimens import LOOKS

    assert HELD_OUT_PRODUCERS.keys() <= PRODUCERS.keys()
    assert HELD_OUT_LOOKS.keys() <= set(LOOKS)
    assert HELD_OUT_WEARS.keys() <= WEARS.keys()
    assert {("PDF", name) for name in SCANNED_HELD_OUT} <= PRODUCERS.keys()


def test_a_slice_of_the_run_gives_a_table() -> None:
    """Documents of fast producers are made, read through the real door, judged and summed up, all exactly."""
    chosen = [
        Specimen("hubei", 31, ("XLSX", "openpyxl"), habits=("ticks", "goals")),
        Specimen("yunnan", 32, ("XLSX", "xlsxwriter"), habits=("wrong_sum",), forms=2),
        Specimen("shanghai", 33, ("PDF", "typst"), habits=("few",), look="open"),
        Specimen("ministry", 34, ("DOCX", "python-docx"), habits=("prefixed",)),
    ]
    results = list(measured(chosen, None, 1))
    assert {result.specimen for result in results} == set(chosen)
    sums = Sums()
    for result in results:
        sums.add(result)
    assert (sums.documents, sums.forms, sums.exact, sums.refused, sums.silent) == (4, 5, 5, 0, 0)
    assert sums.right == sums.fields > 300
    text = report(results)
    assert "HELD OUT: by format" in text
    assert "TUNED: by producer" in text
