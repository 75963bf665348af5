"""Every name a report bears can be explained, and two rulebooks are compared in words."""

import json
from datetime import date

import pytest

from jixiao.desk.errors import WrongUse
from jixiao.desk.explaining import book_difference, dated_book, explanation, newest_books
from jixiao.desk.library import checks, shelf
from jixiao.rulebook import Book
from jixiao.writing.book_difference import difference_text, difference_wire, differences
from jixiao.writing.book_entries import entries, found, uses
from rulebook.small_books import over_ministry, value_text

MINISTRY = over_ministry("")


@pytest.mark.parametrize("book", newest_books(), ids=lambda book: book.id)
def test_every_entry_of_every_book_is_explained(book: Book) -> None:
    """Each entry of a book is found by its id, and its explanation bears value, clause, source and evidence."""
    for entry in entries(book):
        told = json.loads(explanation(entry.id, "json", "zh", f"{book.id}@{book.on}"))
        assert entry.id in {each["entry"]["id"] for each in told}
        assert all(each["entry"]["clause"]["source"] and each["entry"]["said"]["zh"] for each in told)


@pytest.mark.parametrize("code", list(checks()))
def test_every_check_is_explained_by_code_and_by_name(code: str) -> None:
    """A check answers to its code, in small letters too, and to its name."""
    page = json.loads(explanation(code, "json", "zh"))
    assert page["code"] == code
    assert json.loads(explanation(code.lower(), "json", "en")) == page
    assert json.loads(explanation(page["name"], "json", "en")) == page


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("p.heavy_line", {"p.heavy_line"}),
        ("values.heavy_line", {"p.heavy_line"}),
        ("profile standard", {"profile.standard"}),
        ("grades.优", {"grade.优"}),
        ("grade", {"grade.优", "grade.良", "grade.中", "grade.差"}),
        ("等级", {"grade.优", "grade.良", "grade.中", "grade.差"}),
        ("band achieved", {"band.achieved"}),
        ("label partly", {"label.partly"}),
        ("reading.linear", {"reading.linear"}),
        ("lets.score", {"score"}),
        ("score", {"score"}),
        ("clause 第十一条", {"p.reason_below"}),
        ("clause nowhere", set()),
        ("heavy", set()),
    ],
)
def test_a_name_is_looked_up_as_people_write_it(name: str, ids: set[str]) -> None:
    """An id, a kind and a name, a kind alone, a plural, a clause; anything else is nothing."""
    assert {entry.id for entry in found(shelf().on("cn", date(2024, 12, 31)), name)} == ids


def test_an_explanation_names_the_checks_and_formulas_that_use_it_and_the_places_that_differ() -> None:
    """A threshold names its two checks; the decimals of a score the formulas, and the place with whole points."""
    threshold = explanation("p.adjustment_threshold", "text", "zh")
    assert all(word in threshold for word in ("JX204", "JX205", "2020-02-25", "见于实践", "来源"))
    (places,) = json.loads(explanation("p.places", "json", "en"))
    assert "points_first" in places["formulas"]
    assert places["elsewhere"]["cn-jishan"] == {"zh": "0", "en": "0"}
    assert "cn-shanghai" not in places["elsewhere"]
    (whole,) = json.loads(explanation("p.places", "json", "en", "cn-jishan"))
    assert whole["elsewhere"]["cn"]["zh"] == "2"
    assert whole["book"] == "cn-jishan"


@pytest.mark.parametrize(("name", "code"), [("profile", "JX306"), ("grade.优", "JX112")])
def test_a_table_names_the_checks_that_ask_by_it(name: str, code: str) -> None:
    """A profile and a grade are used through the named values they compute in."""
    assert all(code in each["checks"] for each in json.loads(explanation(name, "json", "zh")))


def test_a_name_within_quotes_or_of_a_column_is_no_use() -> None:
    """A rule text uses a named value by its bare name only."""
    (score,) = found(MINISTRY, "score")
    assert uses("1 if score > 0 else 0", score)
    assert not any(uses(text, score) for text in ("i.score", '"score"', "score_full", "subscore"))


@pytest.mark.parametrize("name", ["JX999", "nonsense", "p.nothing", "profile nobody", "clause"])
def test_an_unknown_name_is_wrong_use(name: str) -> None:
    """The sentence says what there is, in both languages."""
    with pytest.raises(WrongUse) as caught:
        explanation(name, "text", "zh")
    assert "There is no" in caught.value.en
    assert "没有" in caught.value.zh


def test_a_check_of_no_rulebook_is_wrong_use() -> None:
    """A rulebook that does not exist is told, also where the name is a check's."""
    with pytest.raises(WrongUse) as caught:
        explanation("JX204", "text", "zh", "nowhere")
    assert "There is no rulebook nowhere" in caught.value.en


def test_the_line_of_a_clause_is_explained_as_reports_print_it() -> None:
    """Document and article, copied from a report, lead to the entries that rest on them."""
    told = explanation("评审惯例（规则未规定） 单项分值过重", "text", "zh")
    assert "heavy_line" in told
    assert told == explanation("clause 评审惯例（规则未规定） 单项分值过重", "text", "zh")


def test_a_book_and_itself_do_not_differ() -> None:
    """That there is no difference is said, in both languages and as a truth."""
    assert differences(MINISTRY, MINISTRY) == ()
    assert "没有不同" in difference_text(MINISTRY, MINISTRY, "zh")
    assert "No difference" in difference_text(MINISTRY, MINISTRY, "en")
    assert difference_wire(MINISTRY, MINISTRY)["same"] is True


BODIES = {
    "parameter": (value_text("heavy_line", "40"), "p.heavy_line", "changed", "：30 → 40（A 依据：", "证据：已见原文）"),
    "truth": (
        value_text("equal_above_full", "false"),
        "p.equal_above_full", "changed", "：是 → 否（A 依据：", "某省办法",
    ),
    "ground": (value_text("heavy_line", "30"), "p.heavy_line", "ground", "同为 30", "某省办法 第一条"),
    "parameter of one": (value_text("new_line", "7"), "p.new_line", "only_second", "只有 B 有，7", "某省办法 第一条"),
    "band": (
        "".join(
            f'\n[bands.{code}]\nzh = "{code}"\nen = "{code}"\nlow = {low}\nhigh = {high}\n'
            f'high_in = {str(high == 100).lower()}\nclause = "rule"\n'
            for code, low, high in (("achieved", 70, 100), ("partly", 50, 70), ("missed", 0, 50))
        ),
        "band.achieved", "changed", "[80 %, 100 %] → [70 %, 100 %]", "某省办法",
    ),
    "grades": (
        "".join(
            f'\n[[grades]]\nname = "{name}"\nen = "a"\nlow = {low}\nhigh = {high}\nhigh_in = {top}\nclause = "rule"\n'
            for name, low, high, top in (("优", 85, 100, "true"), ("差", 0, 85, "false"))
        ),
        "grade.良", "only_first", "只有 A 有，[80, 90)", "第十八条",
    ),
    "cap": (
        '\n[[caps]]\nrate_from = 70\nrate_to = 80\nat_most = 89\nclause = "rule"\n',
        "cap.70-80", "only_second", "执行率 70 %–80 %：总分至多 89", "某省办法",
    ),
    "words": (
        '\n[[labels]]\nband = "achieved"\nwhole = ["办结"]\nclause = "rule"\n',
        "label.achieved", "only_second", "只有 B 有，办结", "某省办法",
    ),
    "formula": (
        "\n[lets.weights_total]\ntext = 'sum(i.weight)'\nclause = \"rule\"\n",
        "weights_total", "changed", "→ sum(i.weight)", "某省办法",
    ),
    "reading": (
        '\n[readings.met]\nzh = "完成"\nen = "done"\nclause = "rule"\n',
        "reading.met", "changed", "→ 完成（A", "某省办法",
    ),
    "profile": (
        '\n[profiles.standard]\nzh = "一"\nen = "one"\nexecution = 20\noutput = 40\nbenefit = 40\n{}'.format(
            'cost = 0\nsatisfaction = 0\nclause = "rule"\n'
        ),
        "profile.standard", "changed", "满意度指标 10 → 预算执行 20、产出指标 40、效益指标 40（A", "某省办法",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "name", "way", "said", "ground"), BODIES.values(), ids=BODIES.keys())
def test_each_kind_of_difference_is_told_in_a_sentence(body: str, name: str, way: str, said: str, ground: str) -> None:
    """Whatever a place says differently is told with both values and both clauses, and nothing else is."""
    changed = over_ministry(body)
    wire = difference_wire(MINISTRY, changed)
    by_id = {each["id"]: each for each in wire["differences"]}
    assert by_id[name]["way"] == way
    assert said in by_id[name]["sentence"]["zh"]
    assert ground in by_id[name]["sentence"]["zh"]
    kinds = {each["kind"] for each in wire["differences"]}
    assert len(kinds) == 1, kinds
    back = {each["id"]: each for each in difference_wire(changed, MINISTRY)["differences"]}
    mirrored = {"only_first": "only_second", "only_second": "only_first"}
    assert back[name]["way"] == mirrored.get(way, way)


def test_a_book_is_named_with_its_day() -> None:
    """`cn@2020-12-31` is the book of that day; without a day the newest rules are meant, inherited ones included."""
    assert dated_book("cn@2020-12-31").since == "2020-02-25"
    assert dated_book("cn").since == "2021-08-18"
    assert dated_book("cn-jishan").files[1] == "cn/2021-08-18.toml"
    assert dated_book("cn", "2020-12-31").since == "2020-02-25"
    text = book_difference("cn@2020-12-31", "cn", "text", "zh")
    assert "只有 B 有，预算执行 10、成本指标 20" in text
    with pytest.raises(WrongUse, match="is no day"):
        dated_book("cn@yesterday")
    with pytest.raises(WrongUse, match="There is no rulebook"):
        book_difference("cn", "cn-atlantis", "text", "zh")
