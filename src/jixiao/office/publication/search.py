"""Searching published forms: words of name, unit, department and code, the same on every database.

What is searched in is one text a form, folded (full width, capitals, spaces); every word asked for must stand in it.
"""

import re
from typing import Final

from django.db.models import Q

from jixiao.form import fold
from jixiao.office.publication.models import Publication, Sought

_GAP: Final = re.compile(r"[\x00-\x20\s,，;；、]+")
_LONGEST: Final = 100
_MOST: Final = 6


def searchable(*parts: str) -> str:
    """The text that is searched in: the parts, folded, a bar between them."""
    return "|".join(_GAP.sub("", fold(part).lower()) for part in parts if part)


def words_of(asked: str) -> tuple[str, ...]:
    """The words of a query, folded; at most six."""
    return tuple(word for word in _GAP.split(fold(asked[:_LONGEST]).lower()) if word)[:_MOST]


def remember(held: Publication, text: str) -> None:
    """Let a publication that stands be found by a text that `searchable` made."""
    Sought.objects.update_or_create(publication=held, defaults={"year": held.year, "words": text})


def forget(held: Publication) -> None:
    """Let a publication be found no more."""
    Sought.objects.filter(publication=held).delete()


def found(asked: str, year: int | None = None, most: int = 1000) -> list[int]:
    """The keys of the standing publications that have every word asked for, newest year first, then by name.

    Args:
        asked: the query; an empty one finds all.
        year: only of this year; `None` for all years.
        most: so many at most.
    """
    holds = Q() if year is None else Q(year=year)
    for word in words_of(asked):
        holds &= Q(words__contains=word)
    hits = Sought.objects.filter(holds).order_by("-year", "words", "pk")
    return list(hits.values_list("pk", flat=True)[:most])
