"""The back end by column over small programs: shapes, domains, exactness, and what it says when something is wrong."""

import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction

import polars as pl
import pytest

from jixiao.language import Cell, ColumnsMissingError
from jixiao.language.columns import Columns, Frames, Vocabulary
from jixiao.language.ir import MAX_ROWS
from language.rule_bench import FORM, indicator, program

Rows = Sequence[Mapping[str, Cell]]
Form = tuple[Mapping[str, Cell], Rows]


def columns(**lets: str) -> Columns:
    """Texts compiled to columns."""
    return program(**lets).by_column()


def of_forms(text: str, *forms: Form) -> list[Cell]:
    """The values of one text on the form, for several forms."""
    made = columns(it=text)
    return made.run(made.frames([(FORM | dict(form), rows) for form, rows in forms])).forms["it"].to_list()


def of_rows(text: str, *forms: Form) -> list[Cell]:
    """The values of one text on the indicators, in order."""
    made = columns(it=text)
    return made.run(made.frames([(FORM | dict(form), rows) for form, rows in forms])).ordered()["it"].to_list()


def lines(*numbers: int | None) -> Rows:
    """Indicators with these numbers."""
    return [indicator(x=number) for number in numbers]


def test_forms_with_different_numbers_of_indicators_are_summed_each_by_itself() -> None:
    """A total runs over a form's own indicators, leaves nulls out, and is 0 of none."""
    forms: list[Form] = [({}, lines(1, 2)), ({}, []), ({}, lines(5)), ({}, lines(None, 7, 11)), ({}, lines(None))]
    assert of_forms("sum(i.x)", *forms) == [3, 0, 5, 18, 0]


def test_a_total_of_what_does_not_change_by_line_counts_the_lines() -> None:
    """A value of the form, and a constant, are summed as often as the form has indicators."""
    forms: list[Form] = [({"a": 5}, lines(1, 2, 3)), ({"a": None}, lines(1)), ({"a": 7}, [])]
    assert of_forms("sum(f.a)", *forms) == [15, 0, 0]
    assert of_forms("count(True)", *forms) == [3, 1, 0]


def test_a_text_is_in_no_empty_list() -> None:
    """A list without members has no text in it, and a null text stays unknown, as the closure says."""
    assert of_forms("f.word in ()", ({}, []), ({"word": ""}, [])) == [False, False]
    assert of_rows("i.note not in ()", ({}, [indicator(note="说明"), indicator(note=None)])) == [True, None]
    made = program(it="i.note not in ()").closure()
    assert [row["it"] for row in made(FORM, [indicator(note="说明"), indicator(note=None)]).rows] == [True, None]


def test_a_value_of_the_form_stands_on_each_of_its_own_lines() -> None:
    """What indicators read of the form is their own form's, however many indicators the forms have."""
    forms: list[Form] = [
        ({"a": 100}, lines(1, 2)),
        ({"a": 200}, lines(1, 2, 3)),
        ({"a": 300}, []),
        ({"a": 400}, lines(9)),
    ]
    assert of_rows("i.x + f.a", *forms) == [101, 102, 201, 202, 203, 409]


def test_halves_go_away_from_zero_on_both_sides() -> None:
    """Half a cent is rounded up above zero and down below it; 0 stays 0."""
    forms: list[Form] = [({"a": cents}, []) for cents in (-15, -5, -4, 0, 4, 5, 15)]
    assert of_forms("round(f.a, 1)", *forms) == [-2, -1, 0, 0, 0, 1, 2]
    assert of_forms("floor(f.a, 1)", *forms) == [-2, -1, -1, 0, 0, 0, 1]


def test_null_texts_are_blank_and_equal_to_nothing() -> None:
    """A null text says nothing; whether it equals another cannot be told."""
    notes: Rows = [indicator(note=note) for note in (None, "", " 无 ", "有", "\u3000—\n")]
    assert of_rows("blank(i.note)", ({}, notes)) == [True, True, True, False, True]
    assert of_rows('i.note == "有"', ({}, notes)) == [None, False, False, True, False]
    assert of_rows('i.note in ("有", "")', ({}, notes)) == [None, True, False, True, False]


def test_a_choice_on_null_takes_its_second_branch() -> None:
    """An unknown test is not a true one."""
    forms: list[Form] = [({"yes": yes}, []) for yes in (True, False, None)]
    assert of_forms("1 if f.yes else 2", *forms) == [1, 2, 2]


def test_a_zero_divisor_is_not_divided_by() -> None:
    """What is guarded is null where the guard fails, and no operation fails on the way."""
    forms: list[Form] = [({"a": 100, "b": b}, []) for b in (300, 0, -1, None)]
    assert of_forms("round(f.a / f.b, 2) if f.b > 0 else None", *forms) == [33, None, None, None]


@pytest.mark.parametrize(
    ("cell", "value"),
    [(10**8, 10**8), (10**8 + 1, 10**8 + 1), (-(10**8) - 1, -(10**8) - 1), (Fraction(1, 2), None), (10**30, None)],
)
def test_what_leaves_the_domain_is_computed_by_the_closure(cell: Cell, value: Cell) -> None:
    """The form is marked; its exact value is kept beside the column where no cell of 64 bits can hold it."""
    made = columns(it="f.a", small="f.a < f.b")
    results = made.run(made.frames([(FORM | {"a": 1}, []), (FORM | {"a": cell}, []), (FORM | {"a": 2}, [])]))
    outside = [False, cell != 10**8, False]
    assert results.forms["form.outside"].to_list() == outside
    assert results.forms["it"].to_list() == [1, value, 2]
    assert results.unheld == ({} if value is not None else {(1, None, "it"): cell})
    assert results.forms["small"].to_list() == [True, isinstance(cell, Fraction) or cell == -(10**8) - 1, True]


def test_a_form_with_too_many_indicators_is_computed_by_the_closure() -> None:
    """Totals are proved to fit for so many indicators and no more."""
    made = columns(it="sum(i.x)")
    results = made.run(made.frames([(FORM, lines(*[1] * MAX_ROWS)), (FORM, lines(*[1] * (MAX_ROWS + 1)))]))
    assert results.forms["form.outside"].to_list() == [False, True]
    assert results.forms["it"].to_list() == [MAX_ROWS, MAX_ROWS + 1]


def test_no_forms_give_frames_without_rows() -> None:
    """Nothing in, nothing out, with all columns."""
    made = columns(it="sum(i.x)", each="i.x + 1")
    results = made.run(made.frames([]))
    assert results.forms.columns == ["form.id", "form.outside", "it"]
    assert results.indicators.columns == ["form.id", "row.at", "each"]
    assert len(results.forms) == len(results.indicators) == 0


def test_an_unrounded_number_has_its_denominator_beside_it() -> None:
    """Numerator and denominator of a quotient; a rounded number needs none."""
    made = columns(it="f.a / f.b if f.b > 0 else None", rounded="round(it, 2) if f.b > 0 else None")
    results = made.run(made.frames([(FORM | {"a": 100, "b": 300}, [])]))
    assert Fraction(*results.forms.select("it", "it/den").row(0)) == Fraction(1, 3)
    assert [name for name in made.outputs if name.startswith("rounded")] == ["rounded"]


def test_frames_kept_in_files_are_read_lazily() -> None:
    """Frames that come from elsewhere, with their vocabulary, give the same as those made here; texts come back."""
    made = columns(it="f.word", other='"有" if i.x > 0 else f.word')
    frames = made.frames([(FORM | {"word": word}, lines(0, 1)) for word in ("甲", "无", "甲")], first=70)
    kept = Frames.read(frames.forms.lazy(), frames.indicators.lazy(), frames.vocabulary)
    results = made.run(kept)
    assert results.forms["form.id"].to_list() == [70, 71, 72]
    assert results.texts("it").to_list() == ["甲", "无", "甲"]
    assert set(results.texts("other")) == {"甲", "无", "有"}


@pytest.mark.parametrize("order", [[1, 0, 0], [0, 1, 0], [0, 0, 9]])
def test_indicators_out_of_order_are_refused(order: list[int]) -> None:
    """Indicators that do not stand form by form, or belong to no form, are told, not computed."""
    made = columns(it="sum(i.x)")
    frames = made.frames([(FORM, lines(1)), (FORM, lines(2, 3))])
    astray = frames.indicators.with_columns(pl.Series("form.id", order, dtype=pl.Int64))
    with pytest.raises(ValueError, match="order of their forms"):
        made.run(Frames(frames.forms, astray, frames.vocabulary))


def test_a_count_is_right_beside_forms_with_more_indicators_than_a_byte_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts are sums of bytes where no form has too many lines for that; a chunk of forms says nothing of another."""
    monkeypatch.setattr("jixiao.language.columns.run.ROWS", 5)
    forms: list[Form] = [({}, lines(*[1] * count)) for count in (3, MAX_ROWS, 0, MAX_ROWS - 1, 1)]
    assert of_forms("count(i.x > 0)", *forms) == [3, MAX_ROWS, 0, MAX_ROWS - 1, 1]


def test_many_chunks_are_one_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the chunks are cut makes no difference."""
    forms: list[Form] = [({}, lines(*range(count % 4))) for count in range(23)]
    whole = of_forms("sum(i.x)", *forms)
    monkeypatch.setattr("jixiao.language.columns.run.ROWS", 5)
    assert of_forms("sum(i.x)", *forms) == whole == [(count % 4) * (count % 4 - 1) // 2 for count in range(23)]


@pytest.mark.parametrize("also", ["", "blank(i.note)", "f.word == i.note", "i.note is None"])
def test_texts_as_they_are_are_told_apart_as_their_codes_are(also: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that rules compare with their own words are found in any order; a text they do not know may be blank."""
    monkeypatch.setattr("jixiao.language.columns.run.ROWS", 2)
    notes = ["其他", "有", None, "", " 无 ", "甲", "有", "\u3000—\n", "其他的", "甲", None]
    asked = {"same": 'i.note == "有"', "among": 'i.note in ("甲", "有")'} | ({"also": also} if also else {})
    made = columns(**asked)
    coded = made.frames([(FORM, [indicator(note=note)]) for note in notes])
    texts = coded.indicators.with_columns(pl.Series("i.note", notes))
    expected, found = made.run(coded), made.run(Frames(coded.forms, texts, coded.vocabulary))
    assert found.indicators.equals(expected.indicators)
    assert found.indicators["same"].to_list() == [None if note is None else note == "有" for note in notes]


def test_texts_of_which_only_is_asked_whether_they_say_anything_may_be_texts() -> None:
    """A column that is only asked whether it is blank may hold the texts themselves."""
    notes = ["有", "", None, " 无 ", "其他"]
    made = columns(it="blank(i.note)")
    frames = made.frames([(FORM, [indicator(note=note)]) for note in notes])
    texts = frames.indicators.with_columns(pl.Series("i.note", notes))
    found = made.run(Frames(frames.forms, texts, frames.vocabulary))
    assert found.indicators["it"].to_list() == [False, True, True, True, False]


def test_texts_that_are_all_null_are_texts() -> None:
    """A column of nulls has the type of any other column of texts."""
    assert Vocabulary().texts(pl.Series([None, None], dtype=pl.Int32)).dtype == pl.String


def test_codes_of_texts_are_one_to_one_and_tell_blank() -> None:
    """Equal texts have equal codes, others different ones, and those that say nothing are below zero."""
    words = ["有", "", "无", " 无", "有", "-", "甲"]
    codes = Vocabulary(["甲"]).coded(words).to_list()
    assert [code < 0 for code in codes] == [False, True, True, True, False, True, False]
    assert len(set(codes)) == len(set(words))
    vocabulary = Vocabulary()
    assert [vocabulary.word(vocabulary.code(word)) for word in words] == words


def test_without_polars_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for columns without the extra names the extra in both languages."""
    for module in [name for name in sys.modules if name.startswith("jixiao.language.columns")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ColumnsMissingError, match=r"另装.*jixiao\[columns\].*needs an extra"):
        columns(it="f.a")
