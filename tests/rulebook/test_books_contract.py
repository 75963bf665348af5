"""What every book of the package must keep, whatever its place and date."""

import ast
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import get_args

import pytest

from jixiao.rulebook import Book, Evidence, Golden, Provenance
from jixiao.rulebook.loader import load_part
from jixiao.scoring import Line, Scorer
from rulebook.golden_forms import digits, form_of, shelf, texts

SHELF = shelf()
BOOKS = [SHELF.on(book_id, since) for book_id in SHELF.ids() for since in SHELF.versions(book_id)]
CASES = [(book, golden) for book in BOOKS for golden in book.golden]
AGREES = {True: "yes", False: "no", None: ""}


def name(book: Book) -> str:
    """Id and day of a book."""
    return f"{book.id} {book.since}"


@cache
def scorer(number: int) -> Scorer:
    """The scorer of a book, made when one of its cases is asked for."""
    return Scorer(BOOKS[number])


every_book = pytest.mark.parametrize("book", BOOKS, ids=name)


def clauses(book: Book) -> list[Provenance]:
    """Every clause a book rests on."""
    tables = (book.profiles, book.bands, book.labels, book.grades, book.caps, book.lets)
    return [
        *(value.clause for value in book.values.values()),
        *(reading.clause for reading in book.readings.values()),
        *(entry.clause for table in tables for entry in table),
    ]


def covers(spans: list[tuple[Decimal, Decimal, bool]]) -> bool:
    """Whether half-open spans, the last one closed, cover 0 to 100 without gap or overlap."""
    ordered = sorted(spans)
    joined = all(
        below[1] == above[0] and not below[2] for below, above in pairwise(ordered)
    )  # fmt: skip
    return joined and ordered[0][0] == 0 and ordered[-1][1:] == (Decimal(100), True)


@every_book
def test_every_value_has_document_article_source_and_evidence(book: Book) -> None:
    """Every value, table row, formula and reading rests on a clause with source and evidence."""
    for clause in clauses(book):
        assert clause.document
        assert clause.article
        assert clause.source
        assert clause.evidence in get_args(Evidence)


@every_book
def test_the_points_of_every_profile_sum_to_100(book: Book) -> None:
    """Execution and the first-level sections of a weight profile make 100."""
    for profile in book.profiles:
        assert profile.execution + sum(section.points for section in profile.sections) == 100


@every_book
def test_bands_cover_the_points_without_gap_or_overlap(book: Book) -> None:
    """Every share of the points lies in exactly one band; a band whose points no rule names lies over them."""
    assert covers([(band.low, band.high, band.high_in) for band in book.bands if not band.silent])
    assert all(0 <= band.low <= band.high <= 100 for band in book.bands)


@every_book
def test_caps_cover_low_rates_without_gap_or_overlap(book: Book) -> None:
    """Where a book caps the total, every rate from 0 to the highest cap has exactly one, the lower the lower."""
    caps = sorted(book.caps, key=lambda cap: cap.rate_from)
    assert [cap.rate_from for cap in caps] == [Decimal(0), *(cap.rate_to for cap in caps)][: len(caps)]
    assert [cap.at_most for cap in caps] == sorted({cap.at_most for cap in caps})


@every_book
def test_steps_cover_every_rate_without_gap_or_overlap(book: Book) -> None:
    """Where a book scores execution by steps, every rate from 0 to 100 lies in exactly one, the better the higher."""
    steps = sorted(book.execution_steps, key=lambda step: step.rate_from)
    if steps:
        assert covers([(step.rate_from, step.rate_to, step is steps[-1]) for step in steps])
        assert [step.share for step in steps] == sorted({step.share for step in steps})


@every_book
def test_a_heading_stands_in_one_section_of_a_profile(book: Book) -> None:
    """No first-level heading is counted in two sections of one weight profile."""
    for profile in book.profiles:
        names = [name for section in profile.sections for name in section.level1]
        assert len(names) == len(set(names))


@every_book
def test_grades_cover_0_to_100_without_gap_or_overlap(book: Book) -> None:
    """Every total from 0 to 100 has exactly one grade."""
    assert covers([(grade.low, grade.high, grade.high_in) for grade in book.grades])


@every_book
def test_no_label_stands_for_two_bands(book: Book) -> None:
    """A word of a book names one band only."""
    bands: dict[str, str] = {}
    for labels in book.labels:
        for word in (*labels.whole, *labels.within):
            assert bands.setdefault(word, labels.band) == labels.band


@every_book
def test_a_book_has_twenty_golden_cases(book: Book) -> None:
    """A file of a book shows at least twenty worked cases, each by its own title."""
    assert len(book.golden) >= 20
    assert len({golden.title for golden in book.golden}) == len(book.golden)


@every_book
def test_every_reading_that_a_line_may_have_is_described(book: Book) -> None:
    """The texts that the named value `reading` may take are readings of the book with names in both languages."""
    tree = ast.parse(" ".join(book.let("reading").text.split()), mode="eval")
    codes = {
        branch.value
        for node in ast.walk(tree)
        if isinstance(node, ast.IfExp)
        for branch in (node.body, node.orelse)
        if isinstance(branch, ast.Constant)
    }
    assert codes <= book.readings.keys()


@every_book
def test_a_table_cites_its_worst_evidenced_entry(book: Book) -> None:
    """What a table decides is never shown as better evidenced than the entry that may have decided it."""
    strength = ("recalled", "practice", "text-seen")
    tables = {
        "weights_profile": [entry.clause for entry in book.profiles],
        "grade_computed": [entry.clause for entry in book.grades],
        "total_cap": [entry.clause for entry in book.caps],
    }
    for name, clauses_of_table in tables.items():
        if clauses_of_table and name in {let.name for let in book.lets}:
            worst = min(strength.index(clause.evidence) for clause in clauses_of_table)
            assert strength.index(book.let(name).clause.evidence) == worst


@every_book
def test_describing_a_book_gives_every_value_with_its_clause(book: Book) -> None:
    """`describe` names each parameter with value, clause, source and evidence, in plain JSON values."""
    described = book.describe()
    for key, value in book.values.items():
        entry = described["values"][key]
        assert entry["clause"]["source"] == value.clause.source
        assert entry["since"] <= max(book.on, *(file.partition("/")[2][:10] for file in book.files))


@pytest.mark.parametrize("file", sorted(texts()))
def test_every_clause_of_a_file_is_used(file: str) -> None:
    """A file declares no clause that nothing in it rests on."""
    table = tomllib.loads(texts()[file], parse_float=Decimal)
    used = {
        entry["clause"]
        for section, entries in table.items()
        if section not in ("clauses", "title")
        for entry in (entries.values() if isinstance(entries, dict) else entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and "clause" in entry
    }
    assert set(table["clauses"]) == used


@pytest.mark.parametrize(("book", "golden"), CASES, ids=[f"{name(book)} {golden.title}" for book, golden in CASES])
def test_golden_cases_are_exact(book: Book, golden: Golden) -> None:
    """A worked case gives its scores, agreements, totals and grade digit for digit."""
    sheet = scorer(BOOKS.index(book)).score(form_of(golden))

    def printed(line: Line) -> str:
        return "" if line.computed is None else format(line.computed, "f")

    assert tuple(printed(line) for line in sheet.lines) == golden.lines
    assert tuple(AGREES[line.agrees] for line in sheet.lines) == golden.agrees
    assert (sheet.score, sheet.low, sheet.grade or "") == (digits(golden.total), digits(golden.low), golden.grade)


SHOWN = [
    (part.id, part.since.year, office, here)
    for part in (load_part(file, text) for file, text in texts().items())
    for offices, here in ((part.words.shown_here, True), (part.words.shown_elsewhere, False))
    for office in offices
]


@pytest.mark.parametrize(("book_id", "year", "office", "here"), SHOWN, ids=[f"{one[0]} {one[2]}" for one in SHOWN])
def test_offices_shown_in_a_book_are_recognised(book_id: str, year: int, office: str, here: bool) -> None:  # noqa: FBT001 -- a case of the table
    """An office that a book shows as its own picks it, one shown as another's does not; as department or as unit."""
    for department, unit in ((office, ""), ("", office)):
        chosen = SHELF.choose(title="", department=department, unit=unit, fiscal_year=year)
        assert (chosen.book.id == book_id) is here, chosen.zh


def test_the_ministry_book_of_2020_gives_way_on_the_day_of_2021() -> None:
    """On 17 August 2021 the book of 2020 is in force, a day later that of 2021."""
    assert SHELF.on("cn", date(2021, 8, 17)).since == "2020-02-25"
    assert SHELF.on("cn", date(2021, 8, 18)).since == "2021-08-18"


@every_book
@pytest.mark.parametrize(
    ("parameter", "reading"), [("over_completion_hand", "hand"), ("over_completion_deduction", "deducted")]
)
def test_a_rule_of_the_place_is_not_shown_as_another_places(book: Book, parameter: str, reading: str) -> None:
    """What is said of a score rests on the clause that makes the rule count there, not on the one it was taken from."""
    value = book.values[parameter]
    if value.value:
        assert book.readings[reading].clause == value.clause
