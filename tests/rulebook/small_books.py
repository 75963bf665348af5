"""Small books made for tests, and the ministry's book with a place on top of it."""

from jixiao.rulebook import Book, Shelf
from rulebook.golden_forms import texts

CLAUSE = """
[clauses.rule]
document = "某省办法"
article = "第一条"
source = "公开文本"
evidence = "text-seen"
"""
HEAD = """
id = "{id}"
title = {{ zh = "{id}", en = "{id}" }}
in_force_from = {since}
"""


def book_text(book_id: str, since: str, body: str = "", *, head: str = "") -> str:
    """A book file: `head` holds further top-level keys, `body` tables; one clause, `rule`, is declared."""
    return HEAD.format(id=book_id, since=since) + head + CLAUSE + body


def over_ministry(body: str) -> Book:
    """A place's book of 2024 that inherits the ministry's and says `body` besides."""
    files = texts() | {"cn-test/2024.toml": book_text("cn-test", "2024-01-01", body, head='inherits = "cn"\n')}
    shelf = Shelf.load(files)
    return shelf.on("cn-test", shelf.versions("cn-test")[0])


def value_text(name: str, value: str, more: str = "") -> str:
    """A table of one parameter."""
    return f'\n[values.{name}]\nvalue = {value}\nzh = "值"\nen = "value"\nclause = "rule"\n{more}'
