"""What a document prints and its forms do not hold: the test of "nothing printed is lost"."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jixiao.form import LEVEL1, LEVEL2, Form, canonical_level, fold, is_nothing, split_points, to_wire
from jixiao.layout.grid import FreeText, Grid
from jixiao.layout.lexicon import Lexicon, load_lexicon

_BLANK = re.compile(r"\s+")
_YEAR = re.compile(r"[(（]?(\d{4})年度?[)）]?")
_SIGNS = ("定性", "定性指标")


def lost_texts(grid: Grid, forms: Iterable[Form]) -> list[str]:
    """The texts of a grid that are neither labels nor found in any form: its fields, its extras, its problems."""
    lexicon = load_lexicon()
    held = "\n".join(_squeezed(text) for form in forms for text in _strings(to_wire(form)))
    lost: list[str] = []
    for text in _texts(grid):
        whole = (
            is_nothing(text)
            or not re.search(r"[\w…]", text)
            or _is_label(text, lexicon)
            or _is_held(_squeezed(text), held)
        )
        if not whole and not _in_parts(text, held):
            lost.append(text)
    return lost


def _texts(grid: Grid) -> Iterator[str]:
    for block in grid.blocks:
        if isinstance(block, FreeText):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif value is not None:
        yield str(value)


def _squeezed(text: str) -> str:
    return fold(_BLANK.sub("", text)).replace(",", "")


def _is_label(text: str, lexicon: Lexicon) -> bool:
    if lexicon.is_label(text) or _BLANK.sub("", text) in _SIGNS or re.fullmatch(r"\s*指标\s*\d+\s*[:：]?\s*", text):
        return True
    if _BLANK.sub("", text) in LEVEL1 | LEVEL2:  # over rows left blank; under it, an indicator has it in its fields
        return True
    pieces = [(block, field) for block in lexicon.blocks for field in set(lexicon.blocks[block].values())]
    return any(lexicon.holds(block, field, text) for block, field in pieces)


def _is_held(bare: str, held: str) -> bool:
    heading, points = split_points(bare)
    candidates = [bare, bare.rstrip("%分"), canonical_level(bare, 1), canonical_level(bare, 2)]
    candidates += [bare.removesuffix("元").removesuffix("万"), bare.removeprefix("人民币"), bare.strip("():")]
    candidates += [year[1]] if (year := _YEAR.fullmatch(bare)) else []
    candidates += [heading or str(points)] if points is not None else []
    return any(candidate and candidate in held for candidate in candidates)


def _in_parts(text: str, held: str) -> bool:
    """A cell that holds labels with their values, a code with a name, or a choice of ticks is held in parts."""
    ticked = re.findall(r"[☑√]\s*([^□☑√\s]+)", text)
    if ticked:
        return all(tick in held for tick in ticked)
    parts = [_squeezed(part) for part in re.split(r"[\s:：\-—()（）]", text) if part]
    return len(parts) > 1 and all(_is_word(part) or _is_held(part, held) for part in parts)


def _is_word(part: str) -> bool:
    return load_lexicon().is_label(part) or bool(re.fullmatch(r"指标\d+", part))
