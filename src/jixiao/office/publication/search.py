"""Searching published forms: words of name, unit, department and code, the same on every database.

What is searched in is one text a form, folded (full width, capitals, spaces); every word asked for must stand in it.
"""

import re
from typing import Final

from django.db.models import Q, QuerySet

from jixiao.form import fold
from jixiao.office.publication.models import Publication

_GAP: Final = re.compile(r"[\s,，;；、]+")
_LONGEST: Final = 100
_MOST: Final = 6


def searchable(*parts: str) -> str:
    """The text that is searched in: the parts, folded, a bar between them."""
    return "|".join(_GAP.sub("", fold(part).lower()) for part in parts if part)


def words_of(asked: str) -> tuple[str, ...]:
    """The words of a query, folded; at most six."""
    return tuple(word for word in _GAP.split(fold(asked[:_LONGEST]).lower()) if word)[:_MOST]


def found(asked: str) -> QuerySet[Publication]:
    """The standing publications that have every word asked for; all of them for an empty query."""
    holds = Q(withdrawn__isnull=True)
    for word in words_of(asked):
        holds &= Q(words__contains=word)
    return Publication.objects.filter(holds)
