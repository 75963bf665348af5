"""How long, how deep, how many: the last let through and the first refused; and where a fault stands."""

import pytest

from jixiao.language import RuleError
from jixiao.language.compiler import MAX_DEPTH, MAX_TEXT
from jixiao.language.functions import MAX_PLACES
from language.rule_bench import FORM, indicator, program, value


def refused(text: str) -> RuleError:
    """The error that a text raises."""
    with pytest.raises(RuleError) as caught:
        program(it=text)
    return caught.value


def test_a_text_may_have_six_thousand_characters() -> None:
    """6,000 are compiled, one more is refused and shown by its first forty."""
    assert MAX_TEXT == 6000
    longest = f'f.word == "{"词" * (MAX_TEXT - 12)}"'
    assert len(longest) == MAX_TEXT
    program(it=longest)
    error = refused(longest[:-1] + '词"')
    assert "longer than 6000" in error.en
    assert (error.column, error.segment) == (1, longest[:40])


def test_a_text_may_nest_a_hundred_levels() -> None:
    """A hundred levels of the syntax tree are compiled, a hundred and one are refused."""
    assert MAX_DEPTH == 100
    program(it=f"{'not ' * 97}f.yes")
    assert "more than 100 levels" in refused(f"{'not ' * 98}f.yes").en


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("min", 2, 9), ("max", 2, 9), ("abs", 1, 1), ("round", 1, 2), ("floor", 1, 2), ("sum", 1, 1)],
)
def test_a_function_takes_so_many_numbers(name: str, least: int, most: int) -> None:
    """The fewest and the most are compiled; one fewer and one more are refused with the usage."""
    rest = ", 2" if name in ("round", "floor") else ", f.a"
    first = "i.weight" if name == "sum" else "f.a"
    for count in (least, most):
        program(it=f"{name}({first}{rest * (count - 1)})")
    for count in (least - 1, most + 1):
        arguments = f"{first}{rest * (count - 1)}" if count else ""
        assert f"usage: {name}(" in refused(f"{name}({arguments})").en


@pytest.mark.parametrize("name", ["count", "any", "all"])
def test_a_function_takes_one_condition(name: str) -> None:
    """None and two are refused with the usage."""
    program(it=f"{name}(i.flag)")
    for arguments in ("", "i.flag, i.flag"):
        assert f"usage: {name}(" in refused(f"{name}({arguments})").en


def test_blank_and_case_take_so_many() -> None:
    """One text; a value, a table and at most one default."""
    for arguments in ("", "f.word, f.word"):
        assert "usage: blank(" in refused(f"blank({arguments})").en
    for arguments in ("f.a", "f.a, {1: 2}, 3, 4", "f.a, {}, 3", "f.a, {**f.b}, 3"):
        assert "usage: case(" in refused(f"case({arguments})").en


def test_numbers_are_rounded_to_at_most_six_places() -> None:
    """None to six decimals; a seventh, a negative number, a fraction are refused."""
    assert MAX_PLACES == 6
    assert str(value("round(f.a / 3, 6)")) == "2.333333"
    assert str(value("floor(f.a / 3, 0)")) == "2"
    for places in ("7", "-1", "1.5", "f.whole"):
        error = refused(f"round(f.a / 3, {places})")
        assert "from 0 to 6" in error.en
        assert error.segment == places


def test_a_fault_of_syntax_is_shown_from_where_it_stands() -> None:
    """Its column, counted from 1, and twelve characters from there; at the end of a text, its first twelve."""
    middle = refused("f.a + * f.b + f.whole * 2 + 1")
    assert (middle.column, middle.segment) == (7, "* f.b + f.wh")
    end = refused("f.a + f.b + f.whole *")
    assert end.segment == "f.a + f.b + "
    null = refused("f.a \x00")
    assert (null.column, null.segment) == (1, "f.a \x00")
    deep = refused("-" * 5000 + "1")
    assert (deep.column, deep.segment) == (1, "-" * 12)


def test_a_fault_of_a_whole_text_stands_in_its_first_column() -> None:
    """A name that is taken, a text that is no condition, one that is always None: column 1."""
    made = program(a="f.a")
    made.condition("J1", "f.a > 1")
    for name, text in (("a", "f.b"), ("f", "f.b"), ("i", "f.b"), ("p", "f.b"), ("J1", "f.b"), ("x", "None")):
        with pytest.raises(RuleError) as caught:
            made.let(name, text)
        assert caught.value.column == 1
    for code, text in (("J1", "f.yes"), ("a", "f.yes"), ("J2", "f.a")):
        with pytest.raises(RuleError) as caught:
            made.condition(code, text)
        assert caught.value.column == 1


def test_three_names_are_offered_at_most() -> None:
    """Of many names that are alike, three are offered."""
    made = program(rate1="1", rate2="2", rate3="3", rate4="4")
    with pytest.raises(RuleError) as caught:
        made.let("it", "rate5")
    assert caught.value.en.count("rate") == 3


def test_a_guard_outside_an_aggregate_says_nothing_inside() -> None:
    """What holds of one line does not hold of every line that is summed; after the aggregate it holds again."""
    assert "zero or negative" in refused("sum(round(1 / i.x, 2)) if i.x > 0 else 0").en
    made = program(it="1 / i.x + count(i.flag) + 1 / i.x if i.x > 0 else 0")
    rows = made.closure()(FORM, [indicator(flag=True), indicator(x=-100, flag=True)]).rows
    assert [row["it"] for row in rows] == [4, 0]


def test_aggregates_stand_side_by_side_but_not_inside_each_other() -> None:
    """One after another is one level; one in another is refused, also behind an operator."""
    assert value("sum(i.weight) + sum(i.weight)", [indicator()]) == 20
    assert "inside another" in refused("sum(1 + sum(i.weight))").en
    assert "inside another" in refused("count(any(i.flag))").en


def test_a_case_of_a_parameter_takes_the_shape_of_its_branch() -> None:
    """What a book's parameter chose has the places of that branch alone, whatever the others have."""
    assert str(value('case(p.mode, {"open": 1, "shut": 0.50})')) == "1"
    assert str(value('case(p.mode, {"shut": 1, "open": 0.50}, 3)')) == "0.50"
    assert value('case(p.mode, {"open": f.word, "shut": 0.50})') == "词"
