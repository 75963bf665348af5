"""Text as HTML shows it: escaped, its line ends as elements, none of its blanks swallowed."""

import re
from html import escape
from typing import Final

from jixiao.writing.paper.letters import lines_of

_SWALLOWED: Final = re.compile("(?<= ) |^ | $")
"""Blanks that a program takes out which does not know that the page keeps them (`white-space: pre-wrap`)."""


def words(text: str, document: str) -> str:
    """A text as the content of an element.

    Raises:
        Unprintable: it has a character that HTML does not know.
    """
    lines = lines_of(text, document)
    if len(lines) == 1 and " " not in text:
        return escape(text, quote=False)
    return "<br>".join(escape(_SWALLOWED.sub("\xa0", line), quote=False) for line in lines)


def value(text: str, document: str) -> str:
    """A text as the value of an attribute, in one line.

    Raises:
        Unprintable: it has a character that HTML does not know.
    """
    return escape(" ".join(lines_of(text, document)))
