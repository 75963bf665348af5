"""The pure rooms take texts and forms: they load the law, score and check with every door to the outside shut."""

import builtins
import io
import os
import socket
import time
from collections.abc import Iterator
from datetime import date

import pytest

from jixiao.desk.library import texts
from jixiao.form import decode_forms, encode_forms
from jixiao.review import Reviewer, load_checks, load_lexicons
from jixiao.rulebook import Shelf
from oracle.truth import truth_forms

DOORS = [
    (builtins, "open"),
    (io, "open"),
    (os, "open"),
    (os, "listdir"),
    (os, "scandir"),
    (socket, "socket"),
    (time, "time"),
    (time, "monotonic"),
]


class DoorOpenedError(Exception):
    """A pure room opened a file, a socket or looked at the clock."""


@pytest.fixture
def shut() -> Iterator[pytest.MonkeyPatch]:
    """A way to shut every door; they are open again after the test."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def shut_all(patch: pytest.MonkeyPatch) -> None:
    """Make every door raise."""

    def refuse(*_arguments: object, **_named: object) -> None:
        raise DoorOpenedError

    for module, name in DOORS:
        patch.setattr(module, name, refuse)


def test_the_law_is_loaded_and_forms_are_scored_and_checked_behind_shut_doors(shut: pytest.MonkeyPatch) -> None:
    """With open, sockets and clocks made to raise, texts become books and checks, and forms become findings."""
    books, pages, words = texts("rulebook", "books"), texts("review", "checks"), texts("review", "lexicons")
    forms = truth_forms()
    shut_all(shut)
    book = Shelf.load(books).on("cn-shanghai", date(2024, 12, 31))
    reviewer = Reviewer(book, load_checks(pages), load_lexicons(words))
    reviewed = [reviewer.review(form) for form in decode_forms(encode_forms(forms))]
    assert [sheet.grade for sheet, _ in reviewed] == ["优"] * 7
    assert all(review.findings for _, review in reviewed)


@pytest.mark.parametrize(("module", "name"), DOORS, ids=lambda part: getattr(part, "__name__", part))
def test_the_doors_are_shut(shut: pytest.MonkeyPatch, module: object, name: str) -> None:
    """The doors really raise: a test behind open doors would prove nothing."""
    shut_all(shut)
    with pytest.raises(DoorOpenedError):
        getattr(module, name)(".")
