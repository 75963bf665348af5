"""The inflation meter: counts are those of the forms one by one, planted groups are asked, small ones are not."""

from collections.abc import Sequence
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import polars as pl
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from corpus.made import some_forms
from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.building.run import Asked
from jixiao.corpus.inflation.heaping import heaping
from jixiao.corpus.inflation.meter import Inflation, as_table, judged
from jixiao.corpus.inflation.told import write_text
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.desk.corpus.inflation import kind_of, measure
from jixiao.desk.corpus.similar import find_similar
from jixiao.desk.library import reviewer, shelf
from jixiao.form import Form, encode, to_wire

FORMS = list(some_forms(90))


def laid(place: Path, forms: Sequence[Form]) -> str:
    """A corpus of forms."""
    (place / "in").mkdir()
    (place / "in" / "a.jsonl").write_bytes(b"".join(encode(to_wire(form)) + b"\n" for form in forms))
    build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(40, 1))
    return str(place / "out")


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A corpus of ninety generated forms in three parts, its copied texts found."""
    place = laid(tmp_path_factory.mktemp("meter"), FORMS)
    find_similar(place)
    return place


@pytest.fixture(scope="module")
def found(where: str) -> Inflation:
    """What is measured of it."""
    return measure(where, 5)


def run(*arguments: str) -> str:
    """What the command prints."""
    ran = CliRunner().invoke(jixiao, ["corpus", "inflation", *arguments], standalone_mode=False)
    assert ran.return_value == ExitCode.NOTHING, ran.exception
    return ran.output


def test_counts_are_those_of_the_forms_one_by_one(found: Inflation) -> None:
    """Full marks, best grades, and totals above the recomputed ones are counted as each form by itself says."""
    claimed = [form.total.score for form in FORMS]
    assert found.overall["full"] == (claimed.count(Decimal(100)), sum(one is not None for one in claimed))
    grades = [form.grade for form in FORMS if form.grade]
    assert found.overall["best"] == (grades.count("优"), len(grades))
    pairs = [(form.total.score, score_of(form)) for form in FORMS]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    assert found.overall["above"] == (sum(one > other for one, other in known), len(known))
    assert found.mean_gap == sum((one - other for one, other in known), Decimal(0)) / Decimal(len(known))


def score_of(form: Form) -> Decimal | None:
    """The total of one form under the book in force for it."""
    book = (
        shelf().choose(title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year).book
    )
    return reviewer(book).review(form)[0].score


def test_exact_hits_are_counted_by_kind_of_operator(found: Inflation) -> None:
    """Their sum over operators is the whole; groups sum to the whole, too."""
    hits = sum(k for k, _ in found.operators.values()), sum(n for _, n in found.operators.values())
    assert hits == found.overall["exact"]
    assert hits[1] > 100
    for name in ("full", "exact", "copied"):
        years = [one.count for one in found.of("year", name)]
        assert (sum(k for k, _ in years), sum(n for _, n in years)) == found.overall[name]


def test_every_form_stands_in_one_band(found: Inflation) -> None:
    """The bands of claimed totals hold every claimed total."""
    assert sum(found.distribution.claimed) == found.overall["full"][1]


def test_a_planted_group_is_asked_and_small_ones_are_not() -> None:
    """A unit with full marks on all of sixty forms is asked; one with three of three cannot be decided."""
    units = [(f"单位{at}", 12 + at % 3, 60) for at in range(30)]
    rows = [*units, ("甲", 60, 60), ("乙", 3, 3)]
    table = pl.DataFrame(
        [{"level": "unit", "name": name, "measure": "full", "k": k, "n": n} for name, k, n in rows],
        schema={"level": pl.String, "name": pl.String, "measure": pl.String, "k": pl.Int64, "n": pl.Int64},
    )
    groups, spreads = judged(table, 20)
    assert [one.name for one in groups if one.verdict == "asks"] == ["甲"]
    assert [one.name for one in groups if one.verdict == "cannot decide"] == ["乙"]
    assert spreads["unit/full"] >= 1
    one = next(one for one in groups if one.name == "甲")
    assert one.base is not None
    assert Decimal("0.2") < one.base < Decimal("0.25")
    assert as_table([one]).row(0, named=True)["share"] == "1.0000"


def test_one_group_alone_has_no_others() -> None:
    """Where there is nothing to compare with, one cannot decide."""
    table = pl.DataFrame({"level": ["year"], "name": ["2024"], "measure": ["full"], "k": [50], "n": [50]})
    assert [one.verdict for one in judged(table, 20)[0]] == ["cannot decide"]


def test_heaps_have_their_neighbours_as_reference() -> None:
    """At 90, nine of ten lie just above; elsewhere as many above as below; multiples of five are one in five."""
    even = [point * 100 for point in range(50, 99)]
    told = heaping(pl.Series([*even, *[9_050] * 8, *[10_000] * 7, None], dtype=pl.Int64))
    assert next(heap.above for heap in told.lines if heap.line == 90) == (9, 10)
    assert next(heap.above for heap in told.lines if heap.line == 80) == (1, 2)
    assert told.others[0] * 2 == told.others[1] + 1
    assert (told.full, told.near) == (7, 1)
    assert told.fives == (10, 49)


def test_the_text_asks_and_does_not_accuse(where: str) -> None:
    """It begins with what it is, and every share stands with its counts."""
    told = run(where, "--lang", "en", "--least", "5")
    assert "it does not say that any form is wrong" in told
    assert "full marks claimed: " in told
    assert "95 %" in told


class _Page(HTMLParser):
    """What a page loads, and how its tables stand."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]


def test_no_chance_is_told_as_none_and_no_nought_as_less(found: Inflation) -> None:
    """A chance that rounds to 0.0000 is below 0.0001; a mean difference that rounds to nothing has no minus."""
    names, hits = [f"第{at}中心" for at in range(12)], [158, *range(30, 41)]
    counts = {"level": ["unit"] * 12, "name": names, "measure": ["exact"] * 12, "k": hits, "n": [158] * 12}
    groups, spreads = judged(pl.DataFrame(counts), 20)
    told = write_text(replace(found, groups=groups, spreads=spreads, mean_gap=Decimal("-0.001")), "en")
    assert "adjusted for how many were compared: < 0.0001." in told
    assert "Claimed minus recomputed, 0.00 points" in told
    assert "0.0000" not in told


def test_the_page_stands_alone_with_a_table_beside_each_picture(where: str, tmp_path: Path) -> None:
    """Nothing is loaded, both languages are there, pictures have tables; the form follows from the file's name."""
    run(where, "--least", "5", "--out", str(tmp_path / "i.html"))
    text = (tmp_path / "i.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert page.loads == []
    assert page.tags.count("table") >= 5
    assert "circle" in page.tags
    assert "虚高量尺" in text
    assert "Inflation meter" in text


def test_data_and_table(where: str) -> None:
    """JSON holds the contract, CSV a row a group and measure."""
    told = msgspec.json.decode(run(where, "--least", "5", "--format", "json"))
    assert (told["schema"], told["forms"]) == ("jixiao/inflation/1", len(FORMS))
    lines = run(where, "--least", "5", "--format", "csv").splitlines()
    assert lines[0].lstrip("\ufeff").startswith("level,name,measure,k,n,share,low,high,base,tail,adjusted,verdict")
    assert len(lines) - 1 == len(told["groups"])


def test_the_name_of_the_file_says_the_form() -> None:
    """What is asked goes first, then the ending, then text."""
    assert kind_of(None, Path("a.HTML")) == "html"
    assert kind_of("csv", Path("a.html")) == "csv"
    assert kind_of(None, None) == "text"
