"""Labels in a stream of tokens: runs of tokens that spell a label of the lexicon, wrapped or noted in brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from jixiao.form import fold
from jixiao.layout.lexicon import Lexicon, load_lexicon
from jixiao.reading.text.tokens import Gap, Token

_SILENT = str.maketrans("", "", ":：、,，.。*★☆▲·_-()（）[]【】 \u3000")
_LONGEST_RUN: Final = 7
_LONGEST_LABEL: Final = 26
_LONGEST_HEADER: Final = 50
_LEAST_BEGINNING: Final = 3
_NOTE = re.compile(r"\([^()]{0,12}\)?|[^()]{0,6}\)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label found: tokens `start` to `end` spell it; `field` is what it names, `text` how it is printed."""

    start: int
    end: int
    field: str
    text: str


class Labels:
    """The labels of one block of the lexicon, ready to be found in tokens."""

    def __init__(self, lexicon: Lexicon, block: str) -> None:
        """Index the block's keys and their beginnings."""
        self.block = block
        self._lexicon = lexicon
        keys = lexicon.blocks[block]
        self._prefixes = {key[:end] for key in keys for end in range(1, len(key) + 1)}
        self._pieces = {key[i:j] for key in keys for i in range(len(key)) for j in range(i + 1, len(key) + 1)}

    def every(self, tokens: Sequence[Token], start: int) -> list[Anchor]:
        """All labels spelt by the tokens from `start`, the shorter first."""
        found: list[Anchor] = []
        if start >= len(tokens) or is_note(tokens[start].text) or not _squeeze(tokens[start].text):
            return found
        ended = self._lexicon.find(self.block, tokens[start].text) if not self._may_begin(tokens[start].text) else None
        if ended is not None:  # known by its ending alone: 全年预算执行率
            return [Anchor(start, start + 1, ended, tokens[start].text)]
        text = ""
        for end in range(start + 1, min(len(tokens), start + _LONGEST_RUN) + 1):
            text += tokens[end - 1].text
            cut = len(text) > _LONGEST_LABEL or (end > start + 1 and tokens[end - 1].gap == Gap.BAR)
            if cut or not self._may_begin(text):
                break
            field = self._lexicon.find(self.block, text)
            if field is not None:
                found.append(Anchor(start, end, field, text))
        return found

    def at(self, tokens: Sequence[Token], start: int) -> Anchor | None:
        """The longest label spelt by the tokens from `start`; `None` where there is none."""
        found = self.every(tokens, start)
        return found[-1] if found else None

    def run(self, tokens: Sequence[Token], start: int) -> list[Anchor]:
        """The labels that follow one another from `start`: the most tokens, then the most fields, none twice."""
        best: list[Anchor] = []
        last = (start, 0)
        runs: dict[int, dict[frozenset[str], tuple[int, list[Anchor]]]] = {start: {frozenset(): (0, [])}}
        for position in range(start, min(len(tokens), start + _LONGEST_HEADER)):
            for fields, (worth, anchors) in runs.pop(position, {}).items():
                if (position, worth) > last:
                    last, best = (position, worth), anchors
                for anchor in self.every(tokens, position):
                    gain = (
                        worth + (-300 if anchor.field in fields else 100) - self._lexicon.rank(self.block, anchor.text)
                    )
                    ends = runs.setdefault(anchor.end, {})
                    key = fields | ({anchor.field} if anchor.field != "extra" else set())
                    if key not in ends or gain > ends[key][0]:
                        ends[key] = (gain, [*anchors, anchor])
        for position, ends in runs.items():
            for worth, anchors in ends.values():
                if (position, worth) > last:
                    last, best = (position, worth), anchors
        return best

    def is_piece(self, text: str) -> bool:
        """Whether a text can be a piece of a label of this block cut by line breaks."""
        squeezed = _squeeze(text)
        return squeezed in self._pieces or not squeezed

    def begins(self, field: str, text: str, *, whole: bool = False) -> bool:
        """Whether a text is a proper beginning of a label of a field, no label itself; or also a `whole` one."""
        squeezed = _squeeze(text)
        known = self._lexicon.blocks[self.block]
        if not squeezed or (squeezed in known and not whole):
            return False
        return any(name == field and key.startswith(squeezed) for key, name in known.items())

    def begun(self, text: str) -> str | None:
        """The field that a text names, whole or as a beginning (three characters at least) of one field's labels."""
        field = self._lexicon.find(self.block, text)
        if field is not None or len(squeezed := _squeeze(text)) < _LEAST_BEGINNING:
            return field
        fields = {field for key, field in self._lexicon.blocks[self.block].items() if key.startswith(squeezed)}
        return next(iter(fields)) if len(fields) == 1 else None

    def rank(self, text: str) -> int:
        """How far down its field's labels a label stands, 0 the preferred one."""
        return self._lexicon.rank(self.block, text)

    def _may_begin(self, text: str) -> bool:
        plain, bracket, _ = fold(text).partition("(")
        squeezed = _squeeze(plain).removeprefix("其中")
        if squeezed in self._prefixes or squeezed in ("", "其") or squeezed.rstrip("0123456789") in self._prefixes:
            return True
        return bool(bracket) and _squeeze(text).removeprefix("其中") in self._prefixes


def _squeeze(text: str) -> str:
    return text.translate(_SILENT)


@cache
def labels(block: str) -> Labels:
    """The labels of a block of the shipped lexicon."""
    return Labels(load_lexicon(cells=False), block)


def is_note(text: str) -> bool:
    """Whether a token is a note in brackets that belongs to the label before it: (A), （万元）, (%)."""
    return bool(_NOTE.fullmatch(fold(text)))


def split_colons(tokens: list[Token], blocks: Sequence[str]) -> list[Token]:
    """Tokens like 项目名称：某项目 cut behind the colon, where a label of one of the blocks stands before it."""
    cut: list[Token] = []
    for token in tokens:
        head, colon, rest = fold(token.text[:_LONGEST_LABEL]).partition(":")
        if not (colon and rest) or not any(labels(block).at([Token(head, Gap.LINE, 0, 0)], 0) for block in blocks):
            cut.append(token)
            continue
        size = len(head) + 1
        cut.append(Token(token.text[:size], token.gap, token.line, token.column))
        cut.append(Token(token.text[size:], Gap.SPACE, token.line, token.column + size))
    return cut
