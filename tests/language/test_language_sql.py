"""Statements for databases: what they read, how they write, and what they never write."""

import re
from decimal import Decimal

import pytest

from jixiao.language import Column, Program, Schema
from jixiao.language.sql import DIALECTS, DUCKDB, SPARK, Dialect, Tables

SCHEMA = Schema(
    form=[
        Column("adjusted", scale=2, low=Decimal(-100), high=Decimal(100), nullable=True),
        Column("title", "text"),
        Column("vague", "boolean"),
    ],
    indicator=[Column("weight", scale=2, high=Decimal(100)), Column("group", "text")],
)


def program(**lets: str) -> Program:
    """A program over a few columns."""
    made = Program(SCHEMA, {})
    for name, text in lets.items():
        made.let(name, text)
    return made


def test_a_form_has_a_row_and_an_indicator_has_one() -> None:
    """Each level has its own statement, which names the form, and whether it is computed elsewhere or which line."""
    made = program(total="sum(i.weight)", double="i.weight * 2")
    assert 'SELECT form_id AS "form", FALSE AS "outside", t' in made.sql(DUCKDB)
    below = made.sql(DUCKDB, level="indicator")
    assert 'AS "form", row_at AS "at", ' in below
    assert "total" not in below


def test_only_what_is_read_is_fetched() -> None:
    """A statement names no column that its outputs do not read."""
    statement = program(more="f.adjusted + 1", double="i.weight * 2").sql(SPARK, ["more"])
    assert "`adjusted`" in statement
    assert not {"`title`", "`weight`", "`vague`"} & set(re.findall(r"`\w+`", statement))


def test_features_stand_in_tables_of_their_own() -> None:
    """A column that is a feature is read from the table of features, joined by the form."""
    made, tables = program(told="f.vague and blank(f.title)"), Tables(features=frozenset({"f.vague"}))
    statement = made.sql(SPARK, tables=tables)
    assert "features_of_forms fx ON fx.`form` = f.`form`" in statement
    assert "fx.`vague` AS f_vague" in statement
    assert "features_of_forms" not in made.sql(SPARK)


def test_whether_a_text_says_anything_is_a_column_where_there_is_one() -> None:
    """A database's own trim is asked only where nobody decided before."""
    made = program(told="blank(f.title)")
    assert "trim" not in made.sql(SPARK)
    assert "f.`title_said`" in made.sql(SPARK)
    assert "trim(BOTH '\\u0009" in made.sql(SPARK, tables=Tables(said=None))


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=lambda dialect: dialect.name)
def test_numbers_are_whole_and_of_64_bits(dialect: Dialect) -> None:
    """No statement divides but by whole numbers, and none names a type but those of the columns."""
    made = program(rate="round(f.adjusted / 3, 2)", below="floor(f.adjusted / 7, 0)", total="sum(i.weight)")
    statement = made.sql(dialect)
    assert not re.search(r"DECIMAL|DOUBLE|FLOAT|INT\b|\d\.\d|[^/]/[^/]|round\(", statement.replace("BIGINT", ""))


def test_texts_are_written_in_printed_characters() -> None:
    """Quotes, backslashes and characters that are not printed are written as each database reads them."""
    text = "a'b\\c\u2028"
    assert SPARK.text(text) == "'a\\'b\\\\c\\u2028'"
    assert DUCKDB.text(text) == "('a''b\\c' || chr(8232) || '')"


def test_a_text_that_looks_like_a_place_in_a_template_is_only_a_text() -> None:
    """Braces in the text of a rule stay braces."""
    assert "'{0}'" in program(told='f.title == "{0}"').sql(SPARK)
    assert "IN ('{1}', '{}')" in program(told='f.title in ("{1}", "{}")').sql(SPARK)


def test_a_value_that_is_mentioned_often_is_written_once() -> None:
    """A chain of values, each read twice by the next, grows by a line a value and not to twice its length."""
    lets = {"v0": "f.adjusted + 1"} | {f"v{at}": f"v{at - 1} if v{at - 1} > {at} else {at}" for at in range(1, 30)}
    statement = program(**lets).sql(SPARK, ["v29"])
    assert statement.count("CASE WHEN") < 70
    assert len(statement) < 8_000


def test_an_output_of_the_form_can_be_given_for_each_indicator() -> None:
    """A value of the form is brought to its indicators where it is asked for there."""
    made = program(more="f.adjusted + 1", double="i.weight * 2", total="sum(i.weight)")
    statement = made.sql(SPARK, level="indicator", per_row=["more", "total"])
    assert re.search(r"n\d+ AS `more`", statement)
    assert re.search(r"t\d+ AS `total` FROM rows_1", statement)
