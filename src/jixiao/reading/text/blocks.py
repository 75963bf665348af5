"""A text cut into forms, and a form into its blocks: title, head, funds, goal, indicators, tail."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.text.anchors import Anchor, labels, split_colons
from jixiao.reading.text.headings import with_whole_points
from jixiao.reading.text.tokens import Gap, Token

_TITLE = re.compile(r"[^，。；]{0,40}(?:自评|绩效|评价)[^，。；]{0,24}表(?:[（(].*)?")
_PREAMBLE = re.compile(
    r"[（(]?20\d\d年?(?:度|[）)]).{0,30}|附[件表].{0,12}|.{0,20}年度[）)]|(?:金额)?单位[：:].{0,6}|表\d.*|.{0,16}公开\d+表"
)
_TITLE_LINES: Final = 8
_NOTES_REACH: Final = 30
_HEAD_REACH: Final = 14
"""So many tokens below its title the head of a form begins at most."""
_LEAST_PIECES: Final = 6
_USUAL_ORDER: Final = (
    "initial", "level1", "level2", "name", "sign", "adjusted_target", "target", "initial_target", "unit", "adjusted",
    "executed", "actual", "weight", "rate", "score", "deviation", "reason",
)  # fmt: skip
_COLON_BLOCKS: Final = ("head", "fund_rows", "tail")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The tokens of one form by block; `fund_header` and `indicator_header` are the column labels in printed order."""

    preamble: list[Token]
    head: list[Token]
    fund_notes: list[Token]
    fund_header: list[Anchor]
    funds: list[Token]
    goal: list[Token]
    indicator_header: list[Anchor]
    body: list[Token]
    tail: list[Token]


def split_forms(tokens: list[Token]) -> list[tuple[list[Token], list[Token]]]:
    """Each form as (title lines, the rest). Text before the first form belongs to its title lines."""
    tokens = split_colons(tokens, _COLON_BLOCKS)
    head = labels("head")
    named = [
        index
        for index, token in enumerate(tokens)
        if len(token.text) < 12
        and "名称" in token.text + _next(tokens, index)
        and _names_project(head.at(tokens, index))
    ]
    starts = sorted({*named, *_whole_departments(tokens, named)})
    cuts: list[tuple[int, int]] = []
    for start in starts:
        cuts.append((_title_start(tokens, cuts[-1][1] + 1 if cuts else 0, start, first=not cuts), start))
    if not cuts:
        return []
    ends = [cut for cut, _ in cuts[1:]] + [len(tokens)]
    return [(tokens[cut:start], tokens[start:end]) for (cut, start), end in zip(cuts, ends, strict=True)]


def _next(tokens: Sequence[Token], index: int) -> str:
    return tokens[index + 1].text if index + 1 < len(tokens) else ""


def is_whole_department(title: str) -> bool:
    """Whether a title says that the form is about a whole department: it has no project."""
    return any(word in title for word in load_lexicon(cells=False).blocks["titles"])


def _whole_departments(tokens: Sequence[Token], named: Sequence[int]) -> Iterator[int]:
    """Where the head begins below a title about a whole department, and no project is named there."""
    begins = [index for index, token in enumerate(tokens) if not index or token.gap > Gap.SPACE]
    for begin, end in zip(begins, [*begins[1:], len(tokens)], strict=True):
        title = "".join(token.text for token in tokens[begin:end])
        if not is_whole_department(title) or not _TITLE.fullmatch(title):
            continue
        near = range(end, min(end + _HEAD_REACH, len(tokens)))
        first = next((index for index in near if _names_department(labels("head").at(tokens, index))), None)
        if first is not None and not any(index in near for index in named):
            yield first


def _names_department(anchor: Anchor | None) -> bool:
    return anchor is not None and anchor.field in ("department", "unit")


def _names_project(anchor: Anchor | None) -> bool:
    return anchor is not None and anchor.field == "project_name"


def _title_start(tokens: Sequence[Token], floor: int, start: int, *, first: bool) -> int:
    if first:
        return 0
    lines: list[int] = []
    for index in range(start - 1, floor - 1, -1):
        if index == floor or tokens[index].gap > Gap.SPACE:
            lines.append(index)
        if len(lines) == _TITLE_LINES:
            break
    best = start
    end = start
    for line in lines:
        text = "".join(token.text for token in tokens[line:end])
        if _TITLE.fullmatch(text) or _PREAMBLE.fullmatch(text):
            best = line
        end = line
    return best


def find_forms(tokens: list[Token]) -> list[Blocks]:
    """The forms of a text, each cut into its blocks.

    A part that has neither the columns of the funds nor those of the indicators is no form: behind a form it is taken
    for the rest of that form (a page that prints the project's name again), before the first it is no form's.
    """
    found: list[Blocks] = []
    parts: list[tuple[list[Token], list[Token], bool]] = []
    for preamble, body in split_forms(tokens):
        cut = cut_blocks(preamble, body)
        if cut.fund_header or cut.indicator_header:
            found.append(cut)
            parts.append((preamble, body, False))
        elif parts:
            parts[-1][1].extend((*preamble, *body))
            parts[-1] = (parts[-1][0], parts[-1][1], True)
    return [
        cut_blocks(preamble, body) if grown else cut for cut, (preamble, body, grown) in zip(found, parts, strict=True)
    ]


def cut_blocks(preamble: list[Token], tokens: list[Token]) -> Blocks:
    """Cut one form at its headers. A block whose header is missing is empty; its text stays in the block before."""
    funds_at, fund_header = _find_header(tokens, "fund_columns", 0, _is_fund_header)
    below = fund_header[-1].end if fund_header else 0
    rows_at, indicator_header = _find_header(tokens, "indicator_columns", below, _is_row_header)
    goal_at = _find_goal(tokens, below, rows_at)
    if below < goal_at < rows_at and labels("section").begins("goal", tokens[goal_at - 1].text):
        goal_at -= 1
    funds_at = min(funds_at, goal_at)
    head_end = _section_before(tokens, funds_at)
    body_at = _end(indicator_header, rows_at)
    total_at = _last_total(tokens, body_at)
    return Blocks(
        preamble=preamble,
        head=tokens[:head_end],
        fund_notes=tokens[head_end:funds_at],
        fund_header=fund_header,
        funds=tokens[_end(fund_header, funds_at) : goal_at],
        goal=tokens[goal_at:rows_at],
        indicator_header=indicator_header,
        body=with_whole_points(_without_repeats(tokens[body_at:total_at])),
        tail=tokens[total_at:],
    )


def _end(anchors: Sequence[Anchor], otherwise: int) -> int:
    return anchors[-1].end if anchors else otherwise


def _find_header(
    tokens: Sequence[Token], block: str, start: int, accept: Callable[[Sequence[str]], bool]
) -> tuple[int, list[Anchor]]:
    """The first run of labels that makes a header; one that names no column twice goes before any other."""
    repeated: tuple[int, list[Anchor]] | None = None
    for index in range(start, len(tokens)):
        run = labels(block).run(tokens, index)
        fields = [anchor.field for anchor in run]
        if not run or not accept(fields):
            continue
        if not _names_twice(fields):
            return index, run
        repeated = repeated or (index, run)
    return repeated or _muddled_header(tokens, block, start, accept)


def _muddled_header(
    tokens: Sequence[Token], block: str, start: int, accept: Callable[[Sequence[str]], bool]
) -> tuple[int, list[Anchor]]:
    """A header whose wrapped labels alternate line by line: the longest run of pieces of labels that names enough.

    Its columns are put in the usual order, for the printed one is lost.
    """
    index = start
    while index < len(tokens):
        end = index
        while end < len(tokens) and labels(block).is_piece(tokens[end].text):
            end += 1
        if end - index >= _LEAST_PIECES:
            named = _named(tokens[index:end], block)
            if accept(list(named)):
                order = [field for field in _USUAL_ORDER if field in named]
                return index, [Anchor(index, end, field, named[field]) for field in order]
        index = max(end, index + 1)
    return len(tokens), []


def _named(pieces: Sequence[Token], block: str) -> dict[str, str]:
    """The fields that pieces name, each alone or as the beginning of one field's labels."""
    named: dict[str, str] = {}
    for piece in pieces:
        field = labels(block).begun(piece.text)
        if field is not None:
            named.setdefault(field, piece.text)
    return named


def _names_twice(fields: Sequence[str]) -> bool:
    """Whether a column is named twice; a target may be whose sign and unit have columns of their own below it."""
    split = "sign" in fields
    named = [field for field in fields if field != "extra" and not (split and field == "target")]
    return len(named) != len(set(named))


def _is_fund_header(fields: Sequence[str]) -> bool:
    return len(set(fields)) >= 3 or set(fields) >= {"adjusted", "executed"}


def _is_row_header(fields: Sequence[str]) -> bool:
    return len(set(fields)) >= 4 and "name" in fields and "actual" in fields


def _without_repeats(body: list[Token]) -> list[Token]:
    """The rows without the column labels that are printed again on top of a page."""
    kept: list[Token] = []
    index = 0
    gap = Gap.SPACE
    while index < len(body):
        run = labels("indicator_columns").run(body, index) if body[index].gap > Gap.SPACE else []
        fields = [anchor.field for anchor in run]
        if _is_row_header(fields) and not _names_twice(fields):
            gap = max(gap, *(token.gap for token in body[index : run[-1].end]))
            index = run[-1].end
            continue
        kept.append(body[index].after(max(gap, body[index].gap)))
        gap = Gap.SPACE
        index += 1
    return kept


def _find_goal(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the goal's labels begin: its section (年度总体目标, often set vertically) or its column labels."""
    for index in range(start, end):
        if labels("section").at(tokens, index) or labels("goal").at(tokens, index):
            section = labels("section").at(tokens, index)
            if section is None or section.field == "goal":
                return index
    return end


def _section_before(tokens: Sequence[Token], funds_at: int) -> int:
    """Where the head ends: at the label of the funds section, if it stands before the fund columns."""
    for index in range(funds_at):
        section = labels("section").at(tokens, index)
        if section is not None and section.field == "funds" and index > 1:
            return index
    return funds_at


def _last_total(tokens: Sequence[Token], start: int) -> int:
    for index in range(len(tokens) - 1, start - 1, -1):
        anchor = labels("tail").at(tokens, index)
        if anchor is not None and anchor.field in ("total", "total_weight", "total_score"):
            return _notes_before(tokens, max(start, index - _NOTES_REACH), index)
    return _first_tail(tokens, start)


def _first_tail(tokens: Sequence[Token], start: int) -> int:
    for index in range(start, len(tokens)):
        anchor = labels("tail").at(tokens, index)
        if anchor is not None and (anchor.field == "grade" or _ends_table(tokens, index)):
            return index
    return len(tokens)


def _notes_before(tokens: Sequence[Token], start: int, total: int) -> int:
    """Where the labelled texts below the rows begin that stand before the total (其他需要说明的事项)."""
    for index in range(start, total):
        anchor = labels("tail").at(tokens, index)
        if anchor is not None and anchor.field == "extra" and _ends_table(tokens[:total], index):
            return index
    return total


def _ends_table(tokens: Sequence[Token], index: int) -> bool:
    """Whether a label begins a line behind which no number or value stands: 说明, 注 below the rows."""
    rest = tokens[index:]
    return tokens[index].gap > Gap.SPACE and not any(token.number or token.value for token in rest)
