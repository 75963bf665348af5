"""What a book file must say, and how the loader refuses one that does not."""

import pytest

from jixiao.rulebook import RulebookError, Shelf
from rulebook.golden_forms import texts
from rulebook.small_books import CLAUSE, book_text, value_text

VALUE = value_text("places", "2")
REFUSED = {
    "a value without a clause": (VALUE.replace('clause = "rule"\n', ""), "values.places", "no clause"),
    "a value whose clause is not declared": (VALUE.replace('"rule"', '"other"'), "values.places", "no clause"),
    "a value that is a list": (value_text("places", "[2]"), "values.places.value", "a number"),
    "a value without a name": (VALUE.replace('zh = "值"\n', ""), "values.places.zh", "a text"),
    "a formula without a clause": ("[lets.x]\ntext = '1'\n", "lets.x", "no clause"),
    "a formula without a text": ('[lets.x]\nclause = "rule"\n', "lets.x.text", "a text"),
    "a reading without a clause": ('[readings.x]\nzh = "一"\nen = "one"\n', "readings.x", "no clause"),
    "words of a place without a clause": ('[[recognise]]\nanywhere = ["某省"]\n', "recognise.0", "no clause"),
    "words of an unknown kind": ('[[recognise]]\nwords = []\nclause = "rule"\n', "recognise.0.words", "unknown key"),
    "a guard that is no pattern": ('[[recognise]]\nnot_after = ["("]\nclause = "rule"\n', "recognise", "no regular"),
    "labels of no band": ('[[labels]]\nband = "good"\nclause = "rule"\n', "labels.0.band", "no such band"),
    "a band without its ends": ('[bands.good]\nclause = "rule"\n', "bands.good.low", "a number"),
    "a band's end that is no truth": (
        '[bands.good]\nlow = 1\nhigh = 2\nhigh_in = 1\nzh = "一"\nen = "one"\nclause = "rule"\n',
        "bands.good.high_in", "true or false",
    ),
    "a step without its share": (
        '[[execution_steps]]\nrate_from = 1\nrate_to = 2\nclause = "rule"\n', "execution_steps.0.share", "a number",
    ),
    "a choice that is no text": (
        value_text("places", "2", "one_of = [2]\n"), "values.places.one_of", "not of the schema",
    ),
    "a grade without its floor": ('[[grades]]\nname = "优"\nen = "a"\nclause = "rule"\n', "grades.0.low", "a number"),
    "a cap without its points": (
        '[[caps]]\nrate_from = 1\nrate_to = 2\nclause = "rule"\n', "caps.0.at_most", "a number",
    ),
    "a key nobody knows": ("[surprise]\nx = 1\n", "surprise", "unknown key"),
    "a golden case that is none": ("[[golden]]\ntitle = 3\n", "golden.0", "not of the schema"),
    "a section that is no table": ("[values]\nplaces = 2\n", "values.places", "a table"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "key", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_a_book_without_its_evidence_is_refused(body: str, key: str, sentence: str) -> None:
    """The error names the file and the key, and says in both languages what was expected."""
    with pytest.raises(RulebookError) as caught:
        Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", body)})
    error = caught.value
    assert (error.file, error.key) == ("x.toml", key)
    assert sentence in error.en
    assert error.zh
    assert "x.toml" in str(error)


@pytest.mark.parametrize("missing", ["document", "article", "source", "evidence"])
def test_a_clause_names_document_article_source_and_evidence(missing: str) -> None:
    """A clause that lacks one of the four is refused by its key."""
    lines = [line for line in book_text("x", "2024-01-01", VALUE).splitlines() if not line.startswith(missing)]
    with pytest.raises(RulebookError) as caught:
        Shelf.load(texts() | {"x.toml": "\n".join(lines)})
    assert caught.value.key == f"clauses.rule.{missing}"


def test_evidence_is_one_of_three_words() -> None:
    """An evidence mark of one's own making is refused."""
    text = book_text("x", "2024-01-01", VALUE).replace("text-seen", "certain")
    with pytest.raises(RulebookError, match="text-seen practice recalled"):
        Shelf.load(texts() | {"x.toml": text})


def test_points_that_do_not_sum_to_100_are_refused() -> None:
    """A weight profile of 99 points is refused with its sum."""
    body = (
        '[profiles.p]\nzh = "一"\nen = "one"\nexecution = 10\ncost = 0\noutput = 50\nbenefit = 30\nsatisfaction = 9\n'
    )
    with pytest.raises(RulebookError, match="99"):
        Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", body + 'clause = "rule"\n')})


def test_text_that_is_not_toml_is_refused() -> None:
    """The error says that the file is no TOML, and where."""
    with pytest.raises(RulebookError, match="not valid TOML"):
        Shelf.load(texts() | {"x.toml": "id = "})


def test_a_day_in_force_is_a_date() -> None:
    """A day written as a text is refused."""
    text = book_text("x", "2024-01-01").replace("2024-01-01", '"2024-01-01"')
    with pytest.raises(RulebookError) as caught:
        Shelf.load(texts() | {"x.toml": text})
    assert caught.value.key == "in_force_from"


def test_named_values_in_a_circle_are_refused() -> None:
    """Two formulas that need each other are refused with the circle."""
    body = "\n[lets.one]\ntext = 'two'\nclause = \"rule\"\n[lets.two]\ntext = 'one'\nclause = \"rule\"\n"
    shelf = Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", body)})
    with pytest.raises(RulebookError, match="one → two → one"):
        shelf.on("x", shelf.versions("x")[0])


def test_a_book_inherits_one_that_exists() -> None:
    """An unknown book below is refused when the shelf is loaded; so is a circle."""
    with pytest.raises(RulebookError, match="there is no book nowhere"):
        Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", head='inherits = "nowhere"\n')})
    with pytest.raises(RulebookError, match="inherits itself"):
        Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", head='inherits = "x"\n')})


def test_exactly_one_book_is_the_default() -> None:
    """A shelf without the book of unknown places, or with two, is refused."""
    with pytest.raises(RulebookError, match="exactly one"):
        Shelf.load({"x.toml": book_text("x", "2024-01-01")})
    with pytest.raises(RulebookError, match="exactly one"):
        Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", head="default = true\n")})


def test_the_clause_declared_in_small_books_is_complete() -> None:
    """The clause these tests start from is one the loader takes."""
    assert Shelf.load(texts() | {"x.toml": book_text("x", "2024-01-01", VALUE)}).ids()[-1] == "x"
    assert CLAUSE.count("=") == 4
