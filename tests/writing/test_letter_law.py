"""Every number in the text of a letter or a report is a field of its data, whatever the forms hold."""

import re
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.form import Form
from jixiao.writing.letter.as_document import letter_documents
from jixiao.writing.letter.gather import letters
from jixiao.writing.letter.gather_summary import summaries
from jixiao.writing.letter.letter import Letter
from jixiao.writing.letter.sentences import Language, sentences
from jixiao.writing.letter.summary import Summary
from jixiao.writing.letter.summary_document import summary_documents
from jixiao.writing.paper.model import Document
from oracle.any_form import forms as any_forms
from writing.letter_samples import SENDING, forms, reviewed, tables, texts

RUN = re.compile(r"\d+(?:[.,]\d+)*")
AMOUNT = re.compile(r"(-?\d+(?:[.,]\d+)*)(?:万元| ten thousand yuan)")
FIELD = re.compile(r"\{(\w+)\}")


def leaves(value: object) -> Iterator[str]:
    """Every text and number of JSON values, keys left out."""
    if isinstance(value, dict):
        for below in value.values():
            yield from leaves(below)
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below)
    elif value is not None:
        yield str(value)


def runs_of(data: Letter | Summary) -> tuple[set[str], set[str]]:
    """All fields, and all numbers in them."""
    held = set(leaves(msgspec.json.decode(msgspec.json.encode(data))))
    return held, {run for leaf in held for run in RUN.findall(leaf)}


def strange_numbers(data: Letter | Summary, documents: tuple[Document, ...]) -> list[str]:
    """Numbers in the text that are in no field, amounts of money that are no field as a whole."""
    held, runs = runs_of(data)
    written = texts(documents)
    strange = [run for text in written for run in RUN.findall(text) if run not in runs]
    amounts = {amount for text in written for amount in AMOUNT.findall(text)} - held
    return strange + [amount for amount in amounts if not any(f"{amount}万元" in leaf for leaf in held)]


def made(given_forms: list[Form], language: Language) -> Iterator[tuple[Letter | Summary, tuple[Document, ...]]]:
    """Letters and summaries of forms, as data and as documents."""
    with reviewed(given_forms, ["broken.json"]) as report:
        for letter in letters(report, SENDING):
            yield letter, letter_documents(letter, language)
        for summary in summaries(report, SENDING):
            yield summary, summary_documents(summary, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numbers_are_fields(language: Language) -> None:
    """In letters and summaries of the sample no number stands that is in no field."""
    found = list(made(forms(), language))
    assert len(found) == 3 + 2
    for data, documents in found:
        assert strange_numbers(data, documents) == []


@settings(max_examples=20)
@given(st.lists(any_forms(), min_size=1, max_size=3), st.sampled_from(["zh", "en"]))
def test_numbers_are_fields_of_any_form(given_forms: list[Form], language: Language) -> None:
    """Nor in those of any forms; every table covers its grid once; the project's names stand as printed."""
    for data, documents in made(given_forms, language):
        assert strange_numbers(data, documents) == []
        written = texts(documents)
        for form in data.forms:
            assert not form.project or any(form.project in text for text in written)
        for table in tables(documents):
            places = [
                (row, column)
                for cell in table.cells
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            ]
            assert sorted(places) == [(row, column) for row in range(table.rows) for column in range(len(table.widths))]


def test_no_sentence_holds_a_digit() -> None:
    """A sentence's numbers are fields only, and 中文 and English take the same fields, but for what one leaves out."""
    for key, pair in sentences().items():
        for sentence in pair:
            assert not RUN.search(sentence), key
        assert set(FIELD.findall(pair[0])) == set(FIELD.findall(pair[1])), key
