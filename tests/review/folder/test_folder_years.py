"""Two years beside each other: who pairs with whom, who has no partner, what changed."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form import Goal, parse_target
from jixiao.review.folder.brief import FormKey
from jixiao.review.folder.years import Pair, Single, changes, pair_up
from oracle.right_forms import right_form
from review.folder.folder_cases import KEYS

LAST, THIS = 2023, 2024


def test_a_code_pairs_before_a_name() -> None:
    """A project that was renamed and moved to another unit is found by its code; without codes the name decides."""
    keys = [
        FormKey(LAST, "甲", "01", "旧名"), FormKey(THIS, "乙", "01", "新名"),
        FormKey(LAST, "甲", "", "2023年图书馆开放"), FormKey(THIS, "甲", "", "图书馆开放（2024年度）"),
    ]  # fmt: skip
    assert pair_up(keys).pairs == (Pair(1, 0, "code"), Pair(3, 2, "name"))
    assert pair_up(keys).singles == ()


def test_what_is_not_sure_is_not_paired() -> None:
    """The same name in another unit, with another code, or twice in a year is no partner; that is said."""
    keys = [
        FormKey(LAST, "甲", "", "子"), FormKey(THIS, "乙", "", "子"),
        FormKey(LAST, "甲", "01", "丑"), FormKey(THIS, "甲", "02", "丑"),
        FormKey(LAST, "甲", "", "寅"), FormKey(LAST, "甲", "", "寅"), FormKey(THIS, "甲", "", "寅"),
    ]  # fmt: skip
    found = pair_up(keys)
    assert found.pairs == ()
    assert {single.at: single.why for single in found.singles} == {
        0: "gone", 1: "new", 2: "gone", 3: "new", 4: "several", 5: "several", 6: "several",
    }  # fmt: skip


def test_one_year_has_no_partners() -> None:
    """Forms of one year, of years apart, or without a year are neither paired nor said to be new."""
    keys = [FormKey(THIS, "甲", "", "子"), FormKey(2020, "甲", "", "子"), FormKey(0, "甲", "", "子")]
    assert pair_up(keys) == pair_up([])


@settings(max_examples=40, deadline=None)
@given(st.lists(KEYS, max_size=25))
def test_everybody_is_paired_once_or_said_to_be_alone(keys: list[FormKey]) -> None:
    """Each form of two years is in exactly one pair or one single; pairs are a year apart, of one unit and name."""
    found = pair_up(keys)
    held = [at for pair in found.pairs for at in (pair.now, pair.then)] + [single.at for single in found.singles]
    both = len({key.year for key in keys}) == 2
    assert sorted(held) == (list(range(len(keys))) if both else [])
    for pair in found.pairs:
        assert keys[pair.now].year == keys[pair.then].year + 1
        assert (keys[pair.now].unit, keys[pair.now].project) == (keys[pair.then].unit, keys[pair.then].project)


def test_what_changed() -> None:
    """Money, lowered and raised targets, moved points, new and dropped lines and copied texts are all told."""
    then = replace(right_form(5), goal=Goal("全年开放图书馆三百天以上", "已完成全年开放任务"))
    lines = list(then.indicators)
    lines[0] = replace(lines[0], target=parse_target("≥100次", 2023), weight=Decimal("10.00"))
    lines[1] = replace(lines[1], target=parse_target("≤3次", 2023))
    then = replace(then, indicators=tuple(lines))
    changed = [
        replace(lines[0], target=parse_target("≥90次", 2024), weight=Decimal("15.00")),
        replace(lines[1], target=parse_target("≤2次", 2024)),
        replace(lines[2], name="另一项服务"),
        *lines[3:],
    ]
    now = replace(then, fiscal_year=2024, indicators=tuple(changed), currency_unit="元")
    told = changes(now, then)
    assert [(moved.then, moved.now) for moved in told.lowered] == [("≥100次", "≥90次")]
    assert [(moved.then, moved.now) for moved in told.raised] == [("≤3次", "≤2次")]
    assert [(moved.then, moved.now) for moved in told.weights] == [("10.00", "15.00")]
    assert (told.added, told.dropped) == (("另一项服务",), (lines[2].name,))
    assert "/goal/expected" in told.copied
    assert "/goal/actual" not in told.copied
    assert told.then.initial is not None
    assert told.now.initial is not None
    assert told.then.initial == 10000 * told.now.initial


def test_singles_are_told_in_order() -> None:
    """Singles come in the order of the folder."""
    keys = [FormKey(THIS, "甲", "", "子"), FormKey(LAST, "甲", "", "丑")]
    assert pair_up(keys).singles == (Single(0, "new"), Single(1, "gone"))
