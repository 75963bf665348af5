"""What the compiler refuses, when a book or check is loaded: which text, which column, what was expected."""

import pytest

from jixiao.language import RuleError
from language.rule_bench import program

REFUSED = {
    "f.nothing": ("f.nothing", "no such column"),
    "f.whol": ("f.whol", "did you mean whole"),
    "p.plces": ("p.plces", "did you mean places"),
    "totl": ("totl", "no such named value"),
    "q.x": ("q.x", "only f., i. and p."),
    "f.a.b": ("f.a.b", "only f., i. and p."),
    "1 +": (None, "not an expression"),
    "f.a + f.word": ("f.word", "a number is expected"),
    "f.a and f.yes": ("f.a", "a condition is expected"),
    "blank(f.a)": ("f.a", "a text is expected"),
    "1 if f.a else 2": ("f.a", "a condition is expected"),
    "f.a if f.yes else f.word": ("f.a if f.yes else f.word", "the branches differ"),
    "f.a ** 2": ("f.a ** 2", "only + - * /"),
    "f.a // 2": ("f.a // 2", "only + - * /"),
    "+f.a": ("+f.a", "no such operator"),
    "f.a > f.word": ("f.a > f.word", "cannot be compared"),
    "f.word > 'x'": ("f.word > 'x'", "cannot be compared"),
    'f.sign == "=>"': ('f.sign == "=>"', "none of"),
    'f.sign in ("=>",)': ('"=>"', "none of"),
    'case(f.sign, {"=>": 1}, 2)': ('"=>"', "none of"),
    "case(f.sign, 1, 2)": ("case(f.sign, 1, 2)", "usage"),
    "f.a in f.b": ("f.b", "a list is expected"),
    "f.a is f.b": ("f.a is f.b", "only None"),
    "open('x')": ("open('x')", "only these functions"),
    "f.word.strip()": ("f.word.strip()", "only these functions"),
    "round()": ("round()", "usage"),
    "round(f.a, places=2)": ("round(f.a, places=2)", "only these functions"),
    "round(f.a, f.b)": ("f.b", "places must be"),
    "round(f.a, 9)": ("9", "places must be"),
    "sum(i.x / 3)": ("i.x / 3", "round before summing"),
    "sum(sum(i.x))": ("sum(i.x)", "cannot stand inside"),
    "f.a / f.b": ("f.b", "may be zero or negative"),
    "f.a / f.b if f.b != 0 else 0": ("f.b", "may be zero or negative"),
    "f.a / f.b if f.b >= 0 else 0": ("f.b", "may be zero or negative"),
    "sum(round(1 / i.x, 2)) if i.x > 0 else 0": ("i.x", "may be zero or negative"),
    "lambda: 1": ("lambda: 1", "not part of the rule language"),
    "[f.a]": ("[f.a]", "not part of the rule language"),
    "f'{f.a}'": ("f'{f.a}'", "not part of the rule language"),
    "(x := 1)": ("x := 1", "not part of the rule language"),
    "f.huge * f.huge": ("f.huge * f.huge", "beyond 64 bits"),
    "round(f.huge * f.whole / 7, 6)": ("f.huge * f.whole", "beyond 64 bits"),
    "sum(round(i.x * f.huge, 0))": ("i.x * f.huge", "beyond 64 bits"),
    "3 + 2j": ("2j", "not a decimal number"),
    "b'x'": ("b'x'", "not a decimal number"),
    "None": (None, "always None"),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.items())
def test_a_wrong_text_is_refused_where_it_is_wrong(text: str, expected: tuple[str | None, str]) -> None:
    """The error names the text, the sub-expression and its column, and says in both languages what was expected."""
    with pytest.raises(RuleError) as caught:
        program(it=text)
    error = caught.value
    segment, sentence = expected
    assert error.where == "it"
    assert sentence in error.en
    assert error.zh
    assert "it" in str(error)
    if segment is not None:
        assert error.segment == segment
        assert error.text[error.column - 1 :].startswith(segment)


def test_columns_are_counted_in_characters() -> None:
    """中文 before the fault does not shift the column."""
    with pytest.raises(RuleError) as caught:
        program(it='f.word == "优良" and f.nothing > 1')
    assert caught.value.column == 20


def test_a_text_may_run_over_lines() -> None:
    """Line ends in a text are white space."""
    assert program(it="f.a\n  + f.b\n").scope.lets["it"].text == "f.a + f.b"


@pytest.mark.parametrize("name", ["f", "1a", "a-b", ""])
def test_a_named_value_needs_a_name(name: str) -> None:
    """A name that is no identifier, or a namespace, is refused."""
    with pytest.raises(RuleError, match="identifier"):
        program(**{name: "f.a"})


def test_names_and_codes_are_used_once() -> None:
    """A second let or condition of one name is refused."""
    made = program(rate="f.a")
    made.condition("J1", "rate > 1")
    with pytest.raises(RuleError, match="taken"):
        made.let("rate", "f.b")
    with pytest.raises(RuleError, match="taken"):
        made.condition("J1", "rate > 2")
    with pytest.raises(RuleError, match="taken"):
        made.condition("rate", "rate > 2")


def test_a_condition_must_be_a_condition() -> None:
    """A number is no condition."""
    with pytest.raises(RuleError, match="a condition is expected"):
        program().condition("J1", "f.a + 1")


def test_a_text_that_is_too_long_or_too_deep_is_refused() -> None:
    """Neither length nor nesting exhausts the compiler."""
    for text in ("1 + " * 3000 + "1", "(" * 1500 + "1" + ")" * 1500, "-" * 5000 + "1"):
        with pytest.raises(RuleError):
            program(it=text)


def test_only_the_branch_a_parameter_chose_must_make_sense() -> None:
    """A branch that a parameter rules out is not compiled."""
    assert program(it="f.a / f.b if p.off else f.a").closure()({"a": 700}, []).form["it"] == 7
