"""Texts that rules compare with words of their own, as small numbers: the place of the word, one more for any other."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final

import polars as pl

from jixiao.corpus.trying.operations import Operation, operation
from jixiao.language.columns.steps import DTYPES, TRUE, texts_of
from jixiao.language.ir import Node

CODE: Final = pl.UInt8()
_MOST: Final = 250


class UncodedError(Exception):
    """A program compares texts of a form with one another; a number for every text of the corpus would be needed."""


class Words:
    """The words that the texts of a program are compared with."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        """Take the nodes of the program.

        Raises:
            UncodedError: the program compares texts of a form with one another, or knows too many words.
        """
        self.words = texts_of(nodes)
        if len(self.words) > _MOST or any(map(_between_texts, nodes)):
            raise UncodedError
        self._places = {word: at for at, word in enumerate(self.words)}
        self._known = pl.Enum(self.words)

    def coded(self, texts: pl.Series) -> pl.Series:
        """A column of texts, or of an enumeration of texts, as codes; null stays null."""
        if isinstance(texts.dtype, pl.Enum):
            return self.coded(texts.dtype.categories).gather(texts.to_physical().cast(pl.UInt32))
        codes = texts.cast(self._known, strict=False).to_physical().cast(CODE).fill_null(len(self.words))
        if not texts.null_count():
            return codes
        return codes.zip_with(texts.is_not_null(), self._cell(None))

    def words_of(self, codes: pl.Series) -> pl.Series:
        """A column of codes as words of the program; null stays null.

        Raises:
            ValueError: a code is that of a text which the program does not know.
        """
        return codes.replace_strict(list(range(len(self.words))), self.words, return_dtype=pl.String)

    def constant(self, node: Node) -> pl.Series:
        """The column of one cell that a constant, or the null of a type, is."""
        if node.type == "text":
            return self._cell(node.payload if isinstance(node.payload, str) else None)
        return pl.Series([node.payload], dtype=DTYPES[node.type])

    def operation(self, node: Node) -> Operation:
        """The operation of a node that is neither a constant, a column, a total nor a `blank`."""
        if node.kind != "member":
            return operation(node)
        cells = [self._cell(str(word)) for word in (node.payload if isinstance(node.payload, tuple) else ())]
        if not cells:
            return lambda text: text != text  # noqa: PLR0124 -- in none, and null of null
        return lambda text: reduce(or_, (text == cell for cell in cells))

    def _cell(self, word: str | None) -> pl.Series:
        return pl.Series([None if word is None else self._places[word]], dtype=CODE)


def blank(said: pl.Series) -> pl.Series:
    """Where a text says nothing, by the column that tells whether it does; a null text is blank."""
    return TRUE.zip_with(said.is_null(), ~said) if said.null_count() else ~said


def _between_texts(node: Node) -> bool:
    """Whether a node compares two texts of a form, or asks of a computed one whether it is blank."""
    if node.kind == "blank":
        return node.args[0].kind != "column"
    return node.kind == "compare" and all(arg.type == "text" and arg.kind != "const" for arg in node.args)
