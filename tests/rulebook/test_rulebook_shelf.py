"""Which book was in force: place, day, override, and the reason said aloud."""

import time
from datetime import date
from decimal import Decimal

import pytest

from jixiao.rulebook import Choice, RulebookError, Shelf
from rulebook.golden_forms import shelf, texts
from rulebook.small_books import book_text, over_ministry, value_text

SHELF = shelf()


def choose(
    department: str = "", unit: str = "", year: int | None = 2024, override: str | None = None, title: str = ""
) -> Choice:  # fmt: skip
    """The choice for a form of a department and unit."""
    return SHELF.choose(title=title, department=department, unit=unit, fiscal_year=year, override=override)


@pytest.mark.parametrize(
    ("department", "unit", "expected"),
    [
        ("上海推进科技创新中心建设办公室", "", "cn-shanghai"),
        ("", "上海市徐汇区教育局", "cn-shanghai"),
        ("浦东新区财政局", "", "cn-shanghai"),
        ("某市财政局", "某中心", "cn"),
        ("", "", "cn"),
        ("海上某局", "", "cn"),
        ("", "上海市青浦区教育局", "cn-shanghai"),
        ("上海海关", "", "cn-shanghai"),
        ("徐汇区财政局", "", "cn-shanghai"),
        ("上海市路政局", "", "cn-shanghai"),
        ("上海路政管理中心", "", "cn-shanghai"),
        ("上海南站地区管理委员会", "", "cn-shanghai"),
        ("上海乡村振兴促进中心", "", "cn-shanghai"),
        ("国家税务总局上海市税务局", "", "cn-shanghai"),
        ("上海市人民政府驻北京办事处", "", "cn-shanghai"),
        ("上海对口支援新疆前方指挥部", "", "cn-shanghai"),
        ("黄浦区河南中路小学", "", "cn-shanghai"),
        ("", "南京市鼓楼区上海路街道办事处", "cn"),
        ("", "上海路街道办事处", "cn"),
        ("", "江西省上饶市驻上海办事处", "cn"),
        ("", "江西省人民政府驻上海市办事处", "cn"),
        ("江西省人民政府", "上海办事处", "cn"),
        ("", "上海交通大学医学院附属海南医院", "cn"),
        ("", "连云港市浦东街道", "cn"),
        ("", "无锡市青浦区某局", "cn"),
        ("", "双鸭山市宝山区教育局", "cn"),
        ("", "宝山区教育局", "cn"),
        ("", "普陀区教育局", "cn"),
    ],
)
def test_a_place_is_recognised_by_its_words(department: str, unit: str, expected: str) -> None:
    """A word of the place in department or unit picks its book; without one it is the ministry's."""
    assert choose(department, unit).book.id == expected


def test_a_place_in_the_title_is_recognised() -> None:
    """The title counts as well, after its year."""
    assert choose(title="上海市财政项目支出绩效自评表").book.id == "cn-shanghai"
    assert choose(title="（2024年度）徐汇区财政项目支出绩效自评表").book.id == "cn-shanghai"
    assert choose(title="2024年度青海省上海路项目自评表").book.id == "cn"


def test_the_reason_is_said_in_both_languages() -> None:
    """A recognised place names the word, an unknown one says so, an override says that it was asked for."""
    known, unknown, asked = choose("上海市科委"), choose("某局"), choose("上海市科委", override="cn")
    assert "“上海市”" in known.zh
    assert "belongs to cn-shanghai, in force on 2024-12-31" in known.en
    assert "未识别出地区" in unknown.zh
    assert "no place was recognised" in unknown.en
    assert asked.book.id == "cn"
    assert "as asked" in asked.en


def test_the_longest_word_wins_over_all_books() -> None:
    """A county named like a part of another place goes to the book with the longer word."""
    body = '\n[[recognise]]\nanywhere = ["上海市东方县"]\nclause = "rule"\n'
    more = Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", body, head='inherits = "cn"\n')})
    ids = [
        more.choose(title="", unit="", department=department, fiscal_year=2024).book.id
        for department in ("上海市东方县财政局", "上海市财政局")
    ]
    assert ids == ["x", "cn-shanghai"]


def test_the_fiscal_year_picks_the_book_in_force_at_its_end() -> None:
    """Year 2020 is scored under the rules of 2020, 2021 under those of 2021."""
    assert choose(year=2020).book.since == "2020-02-25"
    assert choose(year=2021).book.since == "2021-08-18"
    assert choose("上海市科委", year=2024).book.files[0] == "cn-shanghai/2022-01-01.toml"


def test_a_year_before_all_rules_uses_the_earliest_and_says_so() -> None:
    """A form of 2015 is scored under the earliest book, and the reason names its day."""
    choice = choose(year=2015)
    assert choice.book.since == "2020-02-25"
    assert "so the earliest, of 2020-02-25, is used" in choice.en


def test_a_year_before_a_place_had_rules_uses_what_it_inherits() -> None:
    """Shanghai in 2020 and 2021 is scored under the ministry's rules of those years, and the reason says so."""
    choices = [choose("上海市科委", year=year) for year in (2020, 2021)]
    assert [choice.book.files[0] for choice in choices] == ["cn/2020-02-25.toml", "cn/2021-08-18.toml"]
    assert choices[0].en.endswith(
        "; cn-shanghai has rules only since 2022-01-01, so cn, which it rests on, is used, in force on 2020-12-31"
    )
    assert choices[0].zh.endswith("；cn-shanghai 自 2022-01-01 起才有规则，改用其所依据的 cn，2020-12-31 有效")
    assert choose("", year=2020, override="cn-shanghai").book.id == "cn"
    assert "so the earliest, of 2020-02-25, is used" in choose("上海市科委", year=2015).en


def test_of_two_words_as_long_the_place_that_rests_on_the_other_wins() -> None:
    """A city under its province: where both are named, the city's book is the nearer one."""
    province = '\n[[recognise]]\nanywhere = ["东方省"]\nclause = "rule"\n'
    city = '\n[[recognise]]\nanywhere = ["南方市"]\nclause = "rule"\n'
    files = {
        "a.toml": book_text("a", "2024-01-01", province, head='inherits = "cn"\n'),
        "b.toml": book_text("b", "2024-01-01", city, head='inherits = "a"\n'),
    }
    more = Shelf.load(texts() | files)
    chosen = more.choose(title="", department="东方省财政厅", unit="南方市财政局", fiscal_year=2024)
    assert chosen.book.id == "b"


def test_a_year_after_a_place_had_rules_uses_what_it_inherits() -> None:
    """A book that has ended gives way to the one below it, also where the year is unknown; the reason says so."""
    head = 'inherits = "cn"\nin_force_to = 2019-12-31\n'
    more = Shelf.load(texts() | {"x.toml": book_text("x", "2016-01-01", head=head)})
    chosen = {
        year: more.choose(title="", department="", unit="", fiscal_year=year, override="x")
        for year in (2015, 2016, 2019, 2020, 2024, None)
    }
    ids = {year: choice.book.id for year, choice in chosen.items()}
    assert ids == {2015: "cn", 2016: "x", 2019: "x", 2020: "cn", 2024: "cn", None: "cn"}
    assert "the rules of x ended on 2019-12-31, so cn, which they rest on, is used" in chosen[2024].en
    assert "x 的规则止于 2019-12-31，改用其所依据的 cn，2024-12-31 有效" in chosen[2024].zh
    assert "the year is unknown" in chosen[None].en
    assert more.on("x", date(2024, 12, 31)).id == "x"


def test_the_latest_rules_are_those_of_the_newest_rule() -> None:
    """Without a year the day of a book is that of its newest version, or of a newer value or a newer book below it."""
    assert choose(year=None).book.on >= "2021-08-18"
    assert choose("上海市科委", year=None).book.on >= "2022-01-01"
    value = value_text("heavy_line", "25", "from = 2031-05-01\n")
    files = texts() | {"x.toml": book_text("x", "2024-01-01", value, head='inherits = "cn"\n')}
    choice = Shelf.load(files).choose(title="", department="", unit="", fiscal_year=None, override="x")
    assert choice.book.on == "2031-05-01"


def test_an_unknown_year_uses_the_latest_and_says_so() -> None:
    """A form without a year is scored under the latest rules."""
    for year in (None, 0, 20240):
        choice = choose(year=year)
        assert choice.book.since == "2021-08-18"
        assert "the year is unknown" in choice.en
        assert "年度不明" in choice.zh


def test_an_override_that_does_not_exist_lists_the_books() -> None:
    """A wrong id is refused with the ids there are."""
    with pytest.raises(RulebookError, match=" ".join(SHELF.ids())):
        choose(override="cn-nowhere")


def test_a_place_inherits_what_it_does_not_say() -> None:
    """Shanghai's book has the ministry's heavy line with the ministry's clause, and its own clause of execution."""
    ministry, city = SHELF.on("cn", date(2024, 12, 31)), SHELF.on("cn-shanghai", date(2024, 12, 31))
    assert city.values["heavy_line"] == ministry.values["heavy_line"]
    assert city.values["places"].clause.evidence == "text-seen"
    assert ministry.values["places"].clause.evidence == "practice"


def test_the_fingerprint_follows_what_computes() -> None:
    """Another value or formula changes the fingerprint; the same book on another day of the same rules does not."""
    first, later = SHELF.on("cn", date(2022, 12, 31)), SHELF.on("cn", date(2023, 12, 31))
    assert first.fingerprint == later.fingerprint
    assert first.fingerprint != SHELF.on("cn", date(2020, 12, 31)).fingerprint
    plain, changed = over_ministry(""), over_ministry(value_text("heavy_line", "40"))
    assert plain.fingerprint != changed.fingerprint
    assert shelf().on("cn", date(2022, 12, 31)).fingerprint == first.fingerprint


def test_a_value_may_change_within_a_book() -> None:
    """Dated versions of one parameter: the last one not after the day is in force."""
    body = "".join(
        f'\n[[values.heavy_line]]\nvalue = {points}\nfrom = {day}\nzh = "值"\nen = "value"\nclause = "rule"\n'
        for points, day in ((30, "2024-01-01"), (25, "2025-01-01"))
    )
    files = texts() | {"x.toml": book_text("x", "2024-01-01", body, head='inherits = "cn"\n')}
    books = Shelf.load(files)
    on = {year: books.on("x", date(year, 12, 31)).values["heavy_line"] for year in (2024, 2025)}
    assert [on[year].value for year in (2024, 2025)] == [Decimal(30), Decimal(25)]
    assert on[2025].since == "2025-01-01"


def test_a_shelf_gives_the_same_book_for_the_same_question() -> None:
    """Books are resolved once a day and place."""
    assert choose(year=2024).book is choose(year=2024).book


def test_a_title_without_end_costs_no_time() -> None:
    """A place is looked for in the beginning of a text; a hundred thousand letters of guards cost what 500 do."""
    long = "驻上海市" * 25_000
    begun = time.process_time()
    assert SHELF.choose(title=long, department=long, unit=long, fiscal_year=2024).book.id == "cn"
    assert time.process_time() - begun < 1
