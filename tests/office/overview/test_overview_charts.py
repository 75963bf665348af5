"""Charts: whole geometry, every value said and reachable, nothing that a strict policy or a hostile name breaks."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jixiao.office.overview.charts import (
    Chart,
    Group,
    Series,
    draw_bars,
    draw_columns,
    draw_course,
    draw_stacks,
    table_of,
)
from jixiao.office.overview.charts.drawing import WIDE, Drawn, fitted, lengthened, letters, ticks
from jixiao.office.overview.tables import Language, Linked
from jixiao.scoring.sheet import Text

DRAWERS: list[Callable[[Chart, Language], Drawn]] = [draw_bars, draw_stacks, draw_columns, draw_course]
HOSTILE = '<script>alert(1)</script>" onload="x" &amp; \''


def chart(*values: tuple[int | Decimal | None, ...], kind: str = "count", name: str = "一中") -> Chart:
    """A chart with the given values at its places."""
    series = tuple(
        Series(("claimed", "computed", "forms")[at], Text(f"系列{at}", f"series {at}")) for at in range(len(values[0]))
    )
    groups = tuple(Group(Text(name, name), each, f"/there?at={at}&more=1") for at, each in enumerate(values))
    return Chart("made", Text("标题", "Title"), Text("说明", "Told"), Text("轴", "Axis"), series, groups, kind)  # type: ignore[arg-type]


def elements(drawn: str, name: str) -> list[etree._Element]:
    """The elements of a name in a drawing."""
    return [one for one in etree.fromstring(drawn).iter() if one.tag == name]


@pytest.mark.parametrize("draw", DRAWERS, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize(
    "values", [((3,), (0,), (7,)), ((None,), (5,)), ((0,),), ()], ids=["some", "gap", "zero", "none"]
)
def test_a_chart_is_one_well_formed_drawing(
    draw: Callable[[Chart, Language], Drawn], values: tuple[tuple[int], ...]
) -> None:
    """Every chart is one SVG element with a title and a sentence, no style, no handler, and whole numbers."""
    made = (
        chart(*values)
        if values
        else Chart("made", Text("标", "T"), Text("说", "S"), Text("轴", "A"), (Series("forms", Text("表", "F")),), ())
    )
    for language in ("zh", "en"):
        tree = etree.fromstring(draw(made, language))
        assert tree.tag == "svg"
        assert [one.tag for one in tree][:2] == ["title", "desc"]
        for element in tree.iter():
            assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
            for name in {"x", "y", "width", "height", "x1", "x2", "y1", "y2", "cx", "cy"} & set(element.attrib):
                assert re.fullmatch(r"-?\d+", element.attrib[name])
                assert name not in ("width", "height") or int(element.attrib[name]) >= 0


@pytest.mark.parametrize("draw", DRAWERS, ids=lambda draw: draw.__name__)
def test_a_hostile_name_stays_a_text(draw: Callable[[Chart, Language], Drawn]) -> None:
    """A name with markup in it is shown or cut, never markup of the drawing."""
    drawn = draw(chart((3,), (5,), name=HOSTILE), "zh")
    assert not elements(drawn, "script")
    assert not [one for one in etree.fromstring(drawn).iter() if "onload" in one.attrib]


@pytest.mark.parametrize("draw", DRAWERS, ids=lambda draw: draw.__name__)
def test_every_value_can_be_reached_and_says_itself(draw: Callable[[Chart, Language], Drawn]) -> None:
    """Each place is a link with the place, the series and the exact number in its name."""
    links = elements(draw(chart((3,), (1234,)), "zh"), "a")
    assert [one.attrib["href"] for one in links] == ["/there?at=0&more=1", "/there?at=1&more=1"]
    assert "1,234" in links[1].attrib["aria-label"]
    assert links[1].attrib["aria-label"].startswith("一中")


def test_a_value_without_a_page_can_still_be_reached() -> None:
    """A place that leads nowhere is no link, but is reached by keyboard and says itself."""
    made = Chart(
        "made",
        Text("标", "T"),
        Text("说", "S"),
        Text("轴", "A"),
        (Series("forms", Text("表", "Forms")),),
        (Group(Text("甲", "A"), (2,)),),
    )
    (group,) = [one for one in elements(draw_bars(made, "en"), "g") if "tabindex" in one.attrib]
    assert group.attrib == {"tabindex": "0", "role": "img", "class": "mark", "aria-label": "A: Forms 2"}


def test_money_is_said_to_the_cent() -> None:
    """A bar of money prints 万元 and says every digit of the amount in 元."""
    drawn = draw_bars(chart((Decimal("12345678.90"),), kind="money"), "zh")
    assert "1,234.57万" in drawn
    assert "12,345,678.90 元" in elements(drawn, "a")[0].attrib["aria-label"]


@given(parts=st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_parts_of_a_bar_fill_it_and_do_not_overlap(parts: list[int]) -> None:
    """The parts stand one after another from the left end; the longest bar ends at the right one."""
    made = chart(tuple(parts[:3]), tuple(parts[-3:])) if len(parts) >= 3 else chart(tuple(parts))
    for bar in etree.fromstring(draw_stacks(made, "zh")).iter("a"):
        reached = 0
        for one in bar.iter("rect"):
            assert int(one.attrib["x"]) >= reached
            reached = int(one.attrib["x"]) + int(one.attrib["width"])
        assert reached <= WIDE + len(parts)


@given(value=st.fractions(0, 10**9), most=st.fractions(0, 10**9), room=st.integers(1, 1000))
def test_a_length_is_in_proportion(value: Fraction, most: Fraction, room: int) -> None:
    """Half a unit away from its proportion at most; and something is never drawn as nothing."""
    long = lengthened(value, most, room)
    if value and most:
        assert long == 1 or abs(long - value * room / most) <= Fraction(1, 2)
        assert long >= 1
    else:
        assert long == 0


@given(most=st.integers(0, 10**9))
def test_ticks_are_round_and_reach_the_highest(most: int) -> None:
    """From 0 in equal steps of 1, 2 or 5 times a power of ten, at most five, the last not below the highest value."""
    steps = ticks(most)
    step = steps[1]
    assert steps == [at * step for at in range(len(steps))]
    assert len(steps) <= 5
    assert steps[-1] >= most > (steps[-2] if most else -1)
    assert str(step).rstrip("0") in ("1", "2", "5")


@given(text=st.text(max_size=60), room=st.integers(20, 400))
def test_a_name_fits_its_room(text: str, room: int) -> None:
    """A name that is too long is cut and marked; one that fits stays as it is."""
    shown = fitted(text, room)
    assert letters(shown) <= room
    assert shown == text or shown.endswith("…")


def test_the_table_behind_a_chart_has_its_numbers() -> None:
    """The table has a row for each place with the values as they are, and the same links."""
    table = table_of(chart((3, 4), (None, 5)))
    assert [column.name for column in table.columns] == ["place", "claimed", "computed"]
    assert table.rows == [
        (Linked(Text("一中", "一中"), "/there?at=0&more=1"), 3, 4),
        (Linked(Text("一中", "一中"), "/there?at=1&more=1"), None, 5),
    ]
