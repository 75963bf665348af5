"""What texts are about: clauses, counted things, meanings of names; however long, they are bounded."""

import time
from decimal import Decimal

import pytest

from jixiao.review import PageRefusedError, load_lexicons, specimen
from jixiao.review.content import LONGEST, alike, base_unit, clauses, clipped, counted, excluded, meaning, pairs, sides
from jixiao.review.features import form_features, indicator_features
from review import bench_of_books

WORDS = bench_of_books.lexicons()


def test_a_comma_within_a_number_parts_nothing() -> None:
    """Clauses end at punctuation, but 12,000 stays whole, and a comma behind a number that is none of it parts."""
    assert clauses("造林12,000亩,抚育300亩、管护5处。完") == ["造林12,000亩", "抚育300亩", "管护5处", "完"]


@pytest.mark.parametrize(
    ("text", "number", "unit", "step", "exact"),
    [
        ("造林1.2万亩", "12000", "亩", "1000", True),
        ("造林12,000亩", "12000", "亩", "1", True),
        ("培训80余名教师", "80", "人", "1", False),
        ("硬化道路3.50千米", "3.50", "公里", "0.01", True),
    ],
)
def test_a_counted_thing(text: str, number: str, unit: str, step: str, *, exact: bool) -> None:
    """Number and unit come in one base unit, with the worth of the last printed place, and whether it is exact."""
    (found,) = counted(text, WORDS)
    assert (found.number, found.unit, found.step, found.exact) == (Decimal(number), unit, Decimal(step), exact)


@pytest.mark.parametrize("text", ["第3座泵站", "投资300万元", "2023年12月", "完成率95%", ""])
def test_what_is_no_counted_thing(text: str) -> None:
    """An ordinal, an amount of money, a date and a rate count nothing."""
    assert counted(text, WORDS) == ()


def test_things_that_are_alike() -> None:
    """Two counted things are alike by shared characters in one unit, and never where they exclude each other."""
    one, same, other, unit = (
        counted(text, WORDS)[0] for text in ("新建公厕20座", "公厕建成18座", "改建公厕5座", "公厕20个")
    )
    assert alike(one, same) > 0
    assert alike(one, other) == 0
    assert alike(one, unit) == 0
    assert excluded(sides("小学教师", WORDS), sides("初中教师", WORDS))
    assert not excluded(sides("教师", WORDS), sides("初中教师", WORDS))


@pytest.mark.parametrize(
    ("one", "other", "unit", "same"),
    [
        ("补助发放及时率", "补贴按时发放率", "%", True), ("培训教师人数", "教师培训数量", "人", True),
        ("培训人数", "培训次数", "次", False), ("门诊人次", "住院人次", "人次", False),
        ("验收合格率", "验收及时率", "%", False),
        ("第12片区保洁面积", "第21片区保洁面积", "平方米", False),
    ],
)  # fmt: skip
def test_names_of_one_meaning(one: str, other: str, unit: str, *, same: bool) -> None:
    """Names mean the same if the same characters are left when words without weight go and synonyms are one."""
    assert (meaning(one, unit, WORDS) == meaning(other, unit, WORDS)) is same


def test_a_name_of_weightless_words_means_nothing() -> None:
    """Where too little is left there is nothing to compare."""
    assert meaning("数量", "个", WORDS) == ""


def test_units_of_one_base() -> None:
    """Ways to write a unit are one, and 万 counts ten thousand."""
    assert base_unit("名", WORDS) == base_unit("人", WORDS) == ("人", 1)
    assert base_unit("万亩", WORDS) == ("亩", 10000)


LONG = (
    "1公里" * 4000,
    "河道清淤疏浚" * 1700,
    "完成河道清淤12公里、" * 1000,
    "甲" * 10000,
    "，" * 10000,
    "2020年完成" * 2000,
)


@pytest.mark.parametrize("text", LONG, ids=[text[:4] for text in LONG])
def test_long_texts_are_bounded(text: str) -> None:
    """Cells of ten thousand characters in goal, result and a dozen lines are looked at in part, within a second."""
    line = f"数量指标 | {text} | ≥3公里 | 3公里 | 7 | 6 | {text}"
    form = specimen({"indicators": [line] * 12, "goal": text, "result": text, "project": text, "unit": text})
    started = time.process_time_ns()
    assert len(clipped(text)) <= LONGEST
    assert len(counted(clipped(text), WORDS)) <= 40
    form_features(form, WORDS)
    assert len(indicator_features(form, WORDS)) == 12
    assert time.process_time_ns() - started < 10**9


def test_pairs_leave_out_words_without_weight() -> None:
    """Verbs that fit anything and particles are no subject."""
    assert pairs("完成了河道的清淤工作", WORDS["weightless"]) == {"河道", "清淤"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("zh = 'x'\nen = 'x'\n[[groups]]\nwords = ['a']", "groups.name"),
        ("zh = 'x'\nen = 'x'\n[[groups]]\nname = 'a'", "groups.words"),
    ],
)
def test_a_group_that_lacks_a_part(text: str, key: str) -> None:
    """A group of words without name or words is refused by file and key."""
    with pytest.raises(PageRefusedError) as caught:
        load_lexicons({"odd.toml": text})
    assert caught.value.key == key


def test_a_missing_group_is_named() -> None:
    """A feature whose groups were not handed in says which file is missing."""
    with pytest.raises(PageRefusedError) as caught:
        load_lexicons({}).grouped("contrasts")
    assert caught.value.file == "contrasts.toml"
