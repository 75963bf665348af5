"""What a mutation run changes: one operator or constant, in place, and nothing for people."""

import ast
import tomllib

import pytest

from mutation import book_sites, python_sites
from mutation.__main__ import every_site, sample
from mutation.running import HOUSE

SITES = list(every_site())
SOURCE = '''"""Docstring of 1."""
__all__ = ["a"]

def a(x: int = 3) -> bool:
    """Not 2."""
    if x < 4 and not x == 5:
        raise ValueError("6 is bad")
    return min(x, 7) * 8 >= 9 or x in (True, "mode", "两 words")
'''


def test_operators_and_constants_are_changed_one_at_a_time() -> None:
    """Comparisons, arithmetic, and/or, min/max, numbers, truths and one-word texts; never docstrings or errors."""
    changes = {(SOURCE[site.begin : site.end], site.put) for site in python_sites.sites("a.py", SOURCE)}
    assert changes == {
        ("3", "(4)"), ("<", "<="), ("4", "(5)"), ("and", "or"), ("==", "!="), ("5", "(6)"), ("min", "max"),
        ("7", "(8)"), ("*", "+"), ("8", "(9)"), (">=", ">"), ("9", "(10)"), ("or", "and"), ("in", "not in"),
        ("True", "False"), ('"mode"', '"modex"'),
    }  # fmt: skip


def test_every_change_of_the_house_is_still_python_or_a_book() -> None:
    """A changed file still parses, so that only its sense is another; and it is another text."""
    chosen = sample(SITES, 100, 3)
    for site in chosen:
        text = (HOUSE / site.file).read_text(encoding="utf-8")
        changed = site.changed(text)
        assert changed != text
        if site.file.endswith(".py"):
            ast.parse(changed)
        else:
            assert book_sites.is_book(changed)
        assert site.file in site.told(text)


BOOK = """id = "x"
[values.places]
value = 2
low = 0
zh = "三 3"

[values.rounding]
value = "half_up"
one_of = ["half_up", "down"]

[profiles.own]
sections = [{ zh = "产出 5", points = 90, level1 = ["产出指标"] }]

[[labels]]
band = "partly"
whole = ["达成 4"]

[lets.a]
text = '''0 if f.x > 1
  else i.y'''
[[golden]]
lines = ["1"]
"""


KNOWN = book_sites.choices([BOOK])


@pytest.mark.parametrize(
    ("was", "put"),
    [("2", "3"), ("0", "1"), (">", ">="), ("1", "2"), ("half_up", "down"), ("90", "91"), ("partly", "missed")],
)
def test_a_book_is_changed_where_it_computes(was: str, put: str) -> None:
    """Values, choices, points, bands, rule texts over line breaks; not domains, names for people or worked cases."""
    found = {(BOOK[site.begin : site.end], site.put) for site in book_sites.sites("x.toml", BOOK, KNOWN)}
    assert (was, put) in found
    assert len(found) == 7
    assert all(tomllib.loads(site.changed(BOOK)) for site in book_sites.sites("x.toml", BOOK, KNOWN))


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    """Half in Python, half in books, whatever the order in which they were found."""
    chosen = sample(SITES, 20, 5)
    assert chosen == sample(SITES[::-1], 20, 5)
    assert sum(site.file.endswith(".toml") for site in chosen) == 10
