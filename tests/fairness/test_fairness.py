"""The checks are as fair as their family must be, and their pages say what was measured."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from fairness.by_person import written_forms
from fairness.figures import CHECKS, figures, is_current, written
from fairness.gates import LEAST_PLANTED, Tallies, faults, is_fair, whole
from fairness.generated import generated_forms
from fairness.judging import Tally, judged, tallied
from fairness.labelled import Labelled
from fairness.labelled_set import judgements, labelled_forms
from fairness.planting import NEAR, PLANTERS
from fairness.report import each_judgement, table
from fairness.sound import sound_form
from jixiao.review import load_check, specimen
from oracle import scorer
from review import bench_of_books

DAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def tallies() -> Tallies:
    """The judgements on the whole set, counted."""
    return tallied(labelled_forms(), judgements())


def test_every_check_is_as_fair_as_its_family_must_be(tallies: Tallies) -> None:
    """Arithmetic and clauses never ask wrongly; a doubt that is asked by default is right nine times of ten."""
    assert list(faults(bench_of_books.checks(), tallies)) == []


def test_honest_forms_are_not_asked_about() -> None:
    """Of a form about which nothing must be asked, no check asks by default what honest reviewers would not."""
    trials = bench_of_books.checks().trials
    asked = [each for each in judgements() if each.verdict == "wrong" and not each.form.ask and each.code not in trials]
    assert [(each.form.name, each.code, each.pointer) for each in asked] == []


def test_the_pages_give_the_figures_of_this_run(tallies: Tallies) -> None:
    """Every page that gives figures gives those of this run; `./dev fairness --write` writes them."""
    checks = bench_of_books.checks()
    told = {code: check for code, check in checks.items() if check.fairness is not None}
    assert len(told) >= 50
    assert [code for code, check in told.items() if not is_current(check, whole(tallies, code))] == []


def test_the_set_is_large_and_its_names_are_unique() -> None:
    """At least 60 forms by hand and 300 by seed; no name stands twice; every label names a check there is."""
    assert len(written_forms()) >= 60
    assert len(generated_forms()) >= 300
    names = Counter(form.name for form in labelled_forms())
    assert [name for name, count in names.items() if count > 1] == []
    codes = {code for form in labelled_forms() for code, _ in form.ask | form.may}
    assert {code for code in codes if code not in bench_of_books.checks()} == set()


def test_every_measured_check_has_faults_and_near_misses(tallies: Tallies) -> None:
    """Every check that gives figures was tried on planted faults and on near misses, five of each at least."""
    for code, check in bench_of_books.checks().items():
        if check.fairness is not None:
            tally = whole(tallies, code)
            assert min(tally.planted, tally.near) >= LEAST_PLANTED, code
    assert set(PLANTERS) == set(NEAR)


def test_a_planted_fault_is_labelled_as_one() -> None:
    """A planted form must be asked about by the check whose fault it has; a near miss must not."""
    for form in generated_forms():
        asked = {code for code, _ in form.ask}
        assert form.planted <= asked, form.name
        assert not form.near & asked, form.name


def test_the_set_is_the_same_every_time() -> None:
    """A form made by its seed is the same each time; another seed gives another."""
    assert sound_form("7") == sound_form("7")
    assert sound_form("7") != sound_form("8")


def test_sound_forms_are_right() -> None:
    """Every generated honest form is right by the oracle: lines, execution, total, grade."""
    for form in [form.form for form in generated_forms() if form.name.startswith("honest")]:
        assert all(scorer.line(line).agrees(line.score) for line in form.indicators if line.target.operator != "before")
        assert form.execution.score == scorer.execution(form).stands(form.execution.score)
        assert form.total.weight == 100
        assert form.grade == scorer.grade(form.total.score)


@pytest.mark.parametrize(
    ("right", "wrong", "lower"), [(10, 0, "0.722"), (9, 1, "0.596"), (0, 0, "0.000"), (90, 10, "0.826")]
)
def test_the_lower_end_is_wilsons(right: int, wrong: int, lower: str) -> None:
    """The lower end of the interval is Wilson's, as in a table of it."""
    tally = Tally(Counter({"right": right, "wrong": wrong}))
    assert f"{tally.lower:.3f}" == lower


def test_a_question_is_right_arguable_wrong_or_missed() -> None:
    """What is asked is held against what must and what may be asked, cell by cell."""
    made = specimen({"result": "已完成", "grade": "良"})
    labelled = Labelled(
        "x",
        "hand",
        made,
        ask=frozenset({("JX112", "/grade"), ("JX204", "/funds/total")}),
        may=frozenset({("JX401", "")}),
    )
    verdicts = {(each.code, each.verdict) for each in judged(labelled)}
    assert verdicts == {("JX112", "right"), ("JX401", "arguable"), ("JX204", "missed")}
    bare = Labelled("y", "hand", made)
    assert {(each.code, each.verdict) for each in judged(bare)} == {("JX112", "wrong"), ("JX401", "wrong")}


def test_the_gates_can_close() -> None:
    """One wrong question of arithmetic, and a doubt right in eight of ten, are told in a sentence each."""
    checks = {code: bench_of_books.checks()[code] for code in ("JX104", "JX401")}
    good = Tally(Counter({"right": 12}), planted=12, near=10, quiet=10)
    bad = Tally(Counter({"right": 8, "wrong": 2}), planted=12, near=10, quiet=10)
    few = Tally(Counter({"right": 9}), planted=12, near=10, quiet=10)
    assert list(faults(checks, {("JX104", "generated"): good, ("JX401", "generated"): good})) == []
    told = list(faults(checks, {("JX104", "generated"): bad, ("JX401", "generated"): bad}))
    assert [line[:5] for line in told] == ["JX104", "JX401"]
    assert is_fair(good)
    assert not is_fair(few)


def test_figures_are_written_into_one_page_and_only_there() -> None:
    """Figures replace those that stood there, before the examples; nothing else of the page changes."""
    path = next(CHECKS.glob("JX401_*"))
    page = path.read_text(encoding="utf-8")
    made = figures(Tally(Counter({"right": 3, "missed": 2})), DAY)
    once = written(page, made)
    assert written(once, made) == once
    check, before = load_check(path.name, once), load_check(path.name, page)
    assert check.fairness == made
    assert (check.when, check.examples, check.ask) == (before.when, before.examples, before.ask)


def test_a_check_is_told_judgement_by_judgement(tallies: Tallies) -> None:
    """The table has a row a check; one check's judgements name form and cell."""
    rows = table(bench_of_books.checks(), tallies).splitlines()
    assert len(rows) == 1 + len(bench_of_books.checks())
    assert any("/grade" in line and "grade-too-good" in line for line in each_judgement("JX112", judgements()))


def test_honest_money_is_exact() -> None:
    """Parts sum to their total in every generated honest form."""
    for number in range(50):
        funds = sound_form(f"honest {number}").funds
        for column in ("initial", "adjusted", "executed"):
            parts = [getattr(row, column) or Decimal(0) for row in (funds.current_year, funds.carryover, funds.other)]
            assert sum(parts) == getattr(funds.total, column)
