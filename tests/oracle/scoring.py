"""The scorer under test as the tests call it: the ministry's book of 2024, compiled once."""

from datetime import date
from functools import cache
from importlib.resources import files

from jixiao.form import Form
from jixiao.rulebook import Shelf
from jixiao.scoring import Scorer, ScoreSheet

DAY = date(2024, 12, 31)


@cache
def shelf() -> Shelf:
    """All rulebooks of the package."""
    books = files("jixiao.rulebook") / "books"
    texts = {
        f"{place.name}/{book.name}": book for place in books.iterdir() if place.is_dir() for book in place.iterdir()
    }
    return Shelf.load({name: book.read_text("utf-8") for name, book in texts.items() if name.endswith(".toml")})


@cache
def scorer_of(place: str) -> Scorer:
    """The compiled book of a place on the last day of 2024."""
    return Scorer(shelf().on(place, DAY))


def scored(form: Form, place: str = "cn") -> ScoreSheet:
    """The score sheet of a form."""
    return scorer_of(place).score(form)


def numbers(form: Form, place: str = "cn") -> ScoreSheet:
    """The same without derivations, which take most of the time: only for who looks at numbers alone."""
    scorer = scorer_of(place)
    return scorer.sheet(form, scorer.evaluate(form), derived=False)
