"""The columns of frames as a plan reads them: without nulls, in the width of their cells, texts as codes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from jixiao.language.closure import BLANK
from jixiao.language.columns.ops import BITS, FULL, HALF, Op
from jixiao.language.columns.steps import FALSE, TRUE
from jixiao.language.columns.vocabulary import SAYS_NOTHING, SAYS_SOMETHING, Vocabulary
from jixiao.language.ir import Node

_OTHER: Final = pl.Series([SAYS_SOMETHING], dtype=HALF)
_NO_WORD: Final = pl.Series([SAYS_NOTHING], dtype=HALF)
"""Codes of texts that are none of the words; no vocabulary gives them to one."""
_BLANK: Final = ""
"""Is among the words of a column of which is asked whether it is blank."""
_NOTHING: Final = {BITS: FALSE, HALF: pl.Series([0], dtype=HALF), FULL: pl.Series([0], dtype=FULL)}
"""What stands in a column without any cell that is known."""


class Given:
    """One frame, of forms or of indicators."""

    def __init__(self, frame: pl.DataFrame, vocabulary: Vocabulary, words: Mapping[str, Sequence[str]]) -> None:
        """Take the frame.

        Args:
            frame: its columns, as `Frames` has them.
            vocabulary: of the frame.
            words: column of texts → the words that it is compared with, if with nothing else.
        """
        texts = [series for series in frame.get_columns() if series.dtype == pl.String and series.name not in words]
        self._frame = frame.with_columns(map(vocabulary.column, texts)) if texts else frame
        self._dtypes = self._frame.schema
        self._nulls = {series.name: series.null_count() for series in self._frame.get_columns()}
        self._expressions: dict[int, pl.Expr] = {}
        self._coders = {
            name: Coder({word: vocabulary.code(word) for word in known})
            for name, known in words.items()
            if name in frame.columns and frame[name].dtype == pl.String
        }

    def read(self, ops: Sequence[Op], first: int, length: int) -> dict[int, pl.Series]:
        """The columns of some rows, by their numbers; one cell where it follows from the frame's number of nulls."""
        found = {op.at: cell for op in ops if (cell := self._cell(op)) is not None}
        asked = [op for op in ops if op.at not in found]
        expressions = [self._expression(op) for op in asked]
        rows = self._frame.slice(first, length).select_seq(expressions).rechunk()
        return found | {op.at: self._coded(op, cells) for op, cells in zip(asked, rows.get_columns(), strict=True)}

    def _cell(self, op: Op) -> pl.Series | None:
        nulls = self._nulls[str(op.payload)]
        if nulls == len(self._frame):
            return _NOTHING[op.dtype]
        return TRUE if op.what == "known" and not nulls else None

    def _coded(self, op: Op, cells: pl.Series) -> pl.Series:
        if cells.dtype != pl.String:
            return cells
        codes = self._coders[str(op.payload)].codes(cells)
        return codes >= SAYS_SOMETHING if op.dtype == BITS else codes

    def _expression(self, op: Op) -> pl.Expr:
        if op.at not in self._expressions:
            self._expressions[op.at] = self._read(op).alias(str(op.at))
        return self._expressions[op.at]

    def _read(self, op: Op) -> pl.Expr:
        cells, dtype = pl.col(str(op.payload)), self._dtypes[str(op.payload)]
        if op.what == "known":
            return cells.is_not_null()
        if dtype == pl.String:
            return cells
        if op.dtype == BITS:
            cells = cells >= SAYS_SOMETHING if dtype == HALF else cells if dtype == BITS else cells.cast(BITS)
        elif op.dtype != dtype:
            cells = cells.cast(op.dtype, wrap_numerical=True)
        return cells.fill_null(0 if op.dtype != BITS else False) if self._nulls[str(op.payload)] else cells


class Coder:
    """Gives texts the codes of some words, and one code to all others."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """Take the words and their codes."""
        self._words = {word: (pl.Series([word]), pl.Series([code], dtype=HALF)) for word, code in words.items()}

    def codes(self, texts: pl.Series) -> pl.Series:
        """A column of codes; words found most often before are looked for first."""
        codes, left = _OTHER.new_from_index(0, len(texts)), len(texts) - texts.null_count()
        found = dict.fromkeys(self._words, 0)
        for word, (text, code) in self._words.items():
            if not left:
                break
            same = texts == text
            found[word] = int(same.sum())
            left -= found[word]
            codes = code.zip_with(same, codes) if found[word] else codes
        self._words = {word: self._words[word] for word in sorted(found, key=lambda word: -found[word])}
        return self._with_blanks(texts, codes) if left and _BLANK in found else codes

    def _with_blanks(self, texts: pl.Series, codes: pl.Series) -> pl.Series:
        """Texts that are none of the words, told by whether they say anything."""
        for text in texts.filter(codes == _OTHER).drop_nulls().unique():
            if text.strip() in BLANK:
                codes = _NO_WORD.zip_with(texts == text, codes)
        return codes


def words_of(nodes: Sequence[Node], outputs: Iterable[Node]) -> dict[str, list[str]]:
    """Column of texts → the words it is compared with; columns of which more is asked are left out.

    Args:
        nodes: in an order of evaluation.
        outputs: those of them that are given as they are.
    """
    told = {node.index for node in outputs}
    words: dict[int, dict[str, None]] = {node.index: {} for node in nodes}
    for node in reversed(nodes):
        known = words[node.index] if node.kind == "choose" else _compared_with(node)
        for arg in node.args:
            words[arg.index].update(known or {})
            if known is None or (node.kind == "choose" and node.index in told):
                told.add(arg.index)
    return {
        str(node.payload): list(words[node.index])
        for node in nodes
        if node.kind == "column" and node.type == "text" and node.index not in told
    }


def _compared_with(node: Node) -> dict[str, None] | None:
    """The words with which a node compares a text; none if it asks more of it."""
    if node.kind == "blank":
        return {_BLANK: None}
    if node.kind == "member" and isinstance(node.payload, tuple):
        return dict.fromkeys(map(str, node.payload))
    words = dict.fromkeys(str(arg.payload) for arg in node.args if arg.kind == "const" and arg.type == "text")
    return words or ({} if node.kind == "missing" else None)
