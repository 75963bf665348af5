"""Title, year, project, department, unit: the block above the funds, label by label."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from jixiao.form import fold
from jixiao.layout.lexicon import label_unit, money_unit
from jixiao.reading.text.anchors import Anchor, is_note, labels
from jixiao.reading.text.blocks import Blocks
from jixiao.reading.text.draft import Draft
from jixiao.reading.text.tokens import Gap, Token, joined

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_TITLE = re.compile(r".*(?:自评|绩效|评价).*表(?:\(.*)?")
_NOTE_PIECES: Final = 4
"""Pieces of a note that a narrow cell has cut."""
FIELDS: Final = {
    "project_name": "/project/name",
    "project_code": "/project/code",
    "department": "/department",
    "unit": "/unit",
}
"""Head labels and the pointers of their fields."""


def read_title(preamble: Sequence[Token], draft: Draft) -> tuple[str, int | None]:
    """Title and fiscal year; lines above the title that are neither are kept as unplaced."""
    lines = lines_of(preamble)
    title = _title_lines(lines)
    year = _read_year(lines, draft)
    for index, line in enumerate(lines):
        if index not in title and not _YEAR.search(fold(joined(line))):
            draft.unplaced(line)
    printed = [token for index in title for token in lines[index]]
    draft.text("/title", printed)
    return "".join(token.text for token in printed), year


def _title_lines(lines: Sequence[Sequence[Token]]) -> list[int]:
    """The last line that ends a title, with the line before it where the title is wrapped."""
    for index in range(len(lines) - 1, -1, -1):
        text = "".join(token.text for token in lines[index])
        if not text.endswith("表") and not _TITLE.fullmatch(fold(text)):
            continue
        above = "".join(token.text for token in lines[index - 1]) if index else ""
        wrapped = bool(above) and above[-1] not in "）)。" and len(text) <= 12 and not above.startswith("附")
        return [index - 1, index] if wrapped else [index]
    return []


def _read_year(lines: Sequence[Sequence[Token]], draft: Draft) -> int | None:
    for line in reversed(lines):
        match = _YEAR.search(fold(joined(line)))
        if match:
            draft.text("/fiscal_year", line)
            return int(match[1])
    return None


def lines_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens by printed line."""
    lines: list[list[Token]] = []
    for token in tokens:
        if lines and token.gap == Gap.SPACE:
            lines[-1].append(token)
        else:
            lines.append([token])
    return lines


def read_head(tokens: Sequence[Token], draft: Draft) -> dict[str, str]:
    """The labelled values of the head: field to text; labels without a field of their own become extras."""
    values: dict[str, str] = {}
    before, pairs = pair_up(tokens, "head")
    draft.unplaced(before)
    for anchor, value in pairs:
        if anchor.field in ("extra", *values):
            draft.keep(anchor.text.rstrip("：: "), value)
        elif value:
            values[anchor.field] = draft.text(FIELDS.get(anchor.field, "/" + anchor.field), value)
    return values


def pair_up(tokens: Sequence[Token], block: str) -> tuple[list[Token], list[tuple[Anchor, list[Token]]]]:
    """What stands before the first label, and each label of the block with the tokens up to the next one."""
    before: list[Token] = []
    pairs: list[tuple[Anchor, list[Token]]] = []
    index = 0
    while index < len(tokens):
        anchor = labels(block).at(tokens, index)
        if anchor is not None:
            pairs.append((anchor, []))
            index = anchor.end
            continue
        (pairs[-1][1] if pairs else before).append(tokens[index])
        index += 1
    return before, pairs


def find_currency(blocks: Blocks, draft: Draft) -> str | None:
    """The unit of money noted beside or in the labels of the funds: （万元）, 项目资金（元）, 单位：万元."""
    tokens = [*blocks.fund_notes, *blocks.preamble]
    notes = [_whole_note(tokens, index) for index in range(len(tokens))]
    rows = blocks.funds
    notes += [_whole_note(rows, index) for index, token in enumerate(rows) if _may_note(token)]
    for note in notes:
        text = "".join(fold(token.text) for token in note)
        unit = label_unit(text) or money_unit(text) or _after_colon(text)
        if unit:
            draft.text("/currency_unit", note)
            return unit
    for left, right in pairwise(tokens):
        unit = label_unit(fold(left.text + right.text))
        if unit:
            draft.text("/currency_unit", [left, right])
            return unit
    return next((unit for anchor in blocks.fund_header if (unit := label_unit(anchor.text))), None)


def _whole_note(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """A token, with those before where it closes their open bracket: 项目资金（万 and 元）, which is not 元."""
    if not _closes(tokens[index]):
        return tokens[index : index + 1]
    for start in range(index - 1, max(-1, index - _NOTE_PIECES), -1):
        before = fold(tokens[start].text)
        if before.count("(") > before.count(")"):
            return tokens[start : index + 1]
    return tokens[index : index + 1]


def _may_note(token: Token) -> bool:
    """Whether a token among the fund rows may note the unit of money: 况（万元）, 元）."""
    return is_note(token.text) or _closes(token) or label_unit(token.text) is not None


def _closes(token: Token) -> bool:
    """Whether a token closes a bracket that it does not open."""
    text = fold(token.text)
    return text.find(")") >= 0 and "(" not in text[: text.find(")")]


def _after_colon(text: str) -> str | None:
    label, _, unit = text.strip("()").partition(":")
    return money_unit(unit) if unit and label.endswith("单位") else None
