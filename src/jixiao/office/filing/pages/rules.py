"""What the page's script scores with: the compiled rules of a book, its checks, and how texts are read."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jixiao.desk.library import page_rules, reviewer, shelf
from jixiao.office.filing.live.book import page_book
from jixiao.office.filing.live.words import page_words
from jixiao.office.rounds.models import Round
from jixiao.rulebook import Book

_KEPT: Final = "private, max-age=31536000, immutable"
_books: dict[str, Book] = {}
_compiled: dict[str, bytes] = {}


@login_required
@require_safe
def rules(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The compiled rules of a book, as a module of JavaScript."""
    book = _book(fingerprint)
    if fingerprint not in _compiled:
        _compiled[fingerprint] = page_rules(book).encode()
    return _answer(_compiled[fingerprint], "text/javascript; charset=utf-8", _KEPT)


@login_required
@require_safe
def book(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The checks and labels of a book."""
    return _answer(page_book(reviewer(_book(fingerprint))), "application/json", _KEPT)


@login_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """How texts become numbers, targets and rows."""
    return _answer(page_words(), "application/json", "private, max-age=600")


def _book(fingerprint: str) -> Book:
    """The book of some round that has this fingerprint: what a request names is only compared, never used.

    Raises:
        Http404: no round is scored under such a book.
    """
    if fingerprint not in _books:
        for rulebook, year in Round.objects.values_list("rulebook", "fiscal_year").distinct():
            found = shelf().choose(title="", department="", unit="", fiscal_year=year, override=rulebook).book
            _books.setdefault(found.fingerprint, found)
    if fingerprint not in _books:
        raise Http404
    return _books[fingerprint]


def _answer(content: bytes, kind: str, kept: str) -> HttpResponse:
    headers = {"Cache-Control": kept, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
