"""Several forms in one document: each begins at its 项目名称, with the lines above it that are its own."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.columns import header_at
from jixiao.reading.interpret.lines import is_self_evaluation, is_title, is_year_note, labelled
from jixiao.reading.interpret.rows import Row


def part_forms(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[tuple[Row, ...]]:
    """The rows of each form. A document without a project's name is one form, if it has indicators."""
    listed = _of_lists(rows, lexicon)
    rows = [replace(row, aside=True) if index in listed else row for index, row in enumerate(rows)]
    named = _named(rows, lexicon)
    starts = [start for start, end in pairwise([*named, len(rows)]) if any(_kinds(rows[start:end], lexicon))]
    if not starts and named and any(is_self_evaluation(row.filled[0].text) for row in rows[: named[0]] if row.filled):
        starts = named[:1]
    if not starts:
        if "indicators" in _kinds(rows, lexicon):
            yield from _by_titles(rows, lexicon)
        return
    advice = {rows[index].table for index in (*named, *listed)} - {rows[start].table for start in starts}
    ends = [*starts[2:], len(rows)]
    firsts = [_funds_above(rows, cut, lexicon) or cut[1] for cut in zip(starts, starts[1:], ends, strict=False)]
    cuts = [0, *(_first_own(rows, before, first) for before, first in zip(starts, firsts, strict=False)), len(rows)]
    advice |= _tables_above(rows, starts[0], cuts[1], lexicon)
    for begin, end in pairwise(cuts):
        yield tuple(_aside(row, below, advice) for row, below in pairwise([*rows[begin:end], None]) if row)


def _aside(row: Row, below: Row | None, advice: Set[int]) -> Row:
    """A row, laid aside where it is of a table that is not the form's, or the unit of money above one."""
    last = row.filled[-1].text[-3:] if row.free and row.filled else ""
    unit = below is not None and below.table in advice and "元" in last
    return replace(row, aside=True) if row.table in advice or unit else row


def _named(rows: Sequence[Row], lexicon: Lexicon) -> list[int]:
    """Rows with the label 项目名称; not where a page repeats the head of a form that has not ended."""
    found: list[int] = []
    name, ended, looked = "", False, 0
    labelled_rows = [(index, _project(row, lexicon)) for index, row in enumerate(rows) if not row.aside]
    heads = [(index, project) for index, project in labelled_rows if project is not None]
    for (index, project), (end, _) in pairwise([*heads, (len(rows), None)]):
        if found and project == name:
            ended = ended or _ended(rows[looked:index], lexicon) or _begins_anew(rows, (looked, index, end), lexicon)
            looked = index
            if not ended:
                continue
        found.append(index)
        name, ended, looked = project or "", False, index
    return found


def _begins_anew(rows: Sequence[Row], cut: tuple[int, int, int], lexicon: Lexicon) -> bool:
    """Whether funds follow the same name again: the same project of another unit, in a layout without a total."""
    first, again, end = cut
    return "funds" in _kinds(rows[first:again], lexicon) and "funds" in _kinds(rows[again:end], lexicon)


def _of_lists(rows: Sequence[Row], lexicon: Lexicon) -> set[int]:
    """The rows of lists of projects: names and amounts of many, under a header, of which none is a form's."""
    found: set[int] = set()
    for index, row in enumerate(rows):
        goes_on = index - 1 in found and row.table == rows[index - 1].table and _is_listed(row, lexicon)
        if goes_on or _heads_list(row, lexicon):
            found.add(index)
            if index and not goes_on and _is_titled(rows[index - 1]) and any(map(_is_titled, rows[index:])):
                found.add(index - 1)
    return found


def _is_titled(row: Row) -> bool:
    return len(row.filled) == 1 and is_title(row.filled[0].text)


def _heads_list(row: Row, lexicon: Lexicon) -> bool:
    """Whether two other labels follow 项目名称 at once, and some label of the row is none of a form's head.

    The label of a form has its value beside it, or other labels of the head and all their values below.
    """
    texts = [item.text for item in row.filled]
    names = [at for at, text in enumerate(texts[:-2]) if lexicon.find("head", text) == "project_name"]
    return any(all(map(lexicon.is_label, texts[at + 1 : at + 3])) for at in names) and any(
        lexicon.is_label(text) and lexicon.find("head", text) is None for text in texts
    )


def _is_listed(row: Row, lexicon: Lexicon) -> bool:
    filled = row.filled
    if not filled or filled[0].text.isdigit() or filled[0].text.startswith(("合计", "总计", "小计")):
        return True
    return len(filled) > 2 and not lexicon.is_label(filled[0].text)


def _kinds(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[str]:
    """The kinds of header among some rows, as they come."""
    headers = (header_at(rows, index, lexicon) for index, row in enumerate(rows) if not row.free)
    return (header.kind for header in headers if header)


def _project(row: Row, lexicon: Lexicon) -> str | None:
    """The project's name printed in a row (empty where the cell is), or `None` where the row has no such label."""
    filled = row.filled
    for index, item in enumerate(filled[:3]):
        if lexicon.find("head", item.text) == "project_name":
            value = filled[index + 1].text if index + 1 < len(filled) else ""
            return None if lexicon.is_label(value, ("fund_columns", "indicator_columns")) else value
    for item in filled[:2]:
        for label, value in labelled(item.raw, lexicon):
            if lexicon.find("head", label) == "project_name":
                return value
    return None


def _ended(rows: Sequence[Row], lexicon: Lexicon) -> bool:
    return any(lexicon.find("tail", item.text) in ("total", "grade") for row in rows for item in row.filled[:2])


def _first_own(rows: Sequence[Row], before: int, start: int) -> int:
    """Where the form whose name stands at `start` begins: at the title above it, or at the lines of its own page."""
    first = start
    while first - 1 > before and _is_preamble(rows[first - 1], rows[start]):
        first -= 1
    run = rows[first:start]
    for offset, row in enumerate(run):
        if _own_page(row, rows, first, start) or any(is_title(item.text) for item in row.filled):
            return first + offset
    notes = [offset for offset, row in enumerate(run) if all(is_year_note(item.text) for item in row.filled)]
    return first + notes[0] if notes else start


def _funds_above(rows: Sequence[Row], cut: tuple[int, int, int], lexicon: Lexicon) -> int | None:
    """Where the fund table of a form begins whose name stands below it; `None` where the form has none above.

    Args:
        rows: of the document.
        cut: where the name of the form before stands, that of this form, and the end of this form.
        lexicon: the words.
    """
    before, start, end = cut
    if "funds" in _kinds(rows[start:end], lexicon):
        return None
    headers = ((index, header_at(rows, index, lexicon)) for index in range(before, start) if not rows[index].free)
    kinds = [(index, header.kind) for index, header in headers if header]
    done = [index for index, kind in kinds if kind == "indicators"]
    return next((index for index, kind in kinds if done and kind == "funds" and index > done[-1]), None)


def _tables_above(rows: Sequence[Row], start: int, end: int, lexicon: Lexicon) -> set[int]:
    """Tables of a report above its first form, where that has all its parts: what they say is not the form's.

    Args:
        rows: of the document.
        start: where the name of the first form stands.
        end: where that form ends.
        lexicon: the words.
    """
    if not {"funds", "indicators"} <= set(_kinds(rows[start:end], lexicon)):
        return set()
    above = [row for row in rows[:start] if not row.free and row.table != rows[start].table and len(row.filled) > 1]
    heads = {row.table for row in above if any(lexicon.find("head", item.text) for item in row.filled)}
    parted = {row.table for row in above if set(_kinds((row,), lexicon)) or _ended((row,), lexicon)}
    return {row.table for row in above if row.table not in heads} | parted


def _is_preamble(row: Row, start: Row) -> bool:
    return row.free or (len(row.filled) <= 1 and (row.table == start.table or not row.covers))


def _own_page(row: Row, rows: Sequence[Row], first: int, start: int) -> bool:
    """Whether a line stands on a page, or in a sheet, where no row of the form before stands."""
    before = rows[first - 1]
    if row.free:
        return row.page > 0 and row.page == rows[start].page and before.page != row.page
    return row.table == rows[start].table and before.table != row.table


def _by_titles(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[tuple[Row, ...]]:
    titles = [index for index, row in enumerate(rows) if _is_titled(row)]
    ended = next((index for index, row in enumerate(rows) if not row.aside and _ended([row], lexicon)), len(rows))
    ends = [cut for cut in titles if cut > ended]
    cuts = [0, *ends, len(rows)]
    for begin, end in pairwise(cuts):
        yield tuple(rows[begin:end])
