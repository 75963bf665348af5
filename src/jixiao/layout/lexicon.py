"""The words printed on published forms and the fields they name, shared by every reader and writer.

The words are data: `lexicon.toml`, `cells.toml`, and the labels of each layout in `families/`. This module folds a
printed label to its key and looks it up.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from jixiao.layout.families import Family, load_families

_NOTE = re.compile(
    r"\((?:[A-Z%‰/÷×*=+\-\d.]*|(?:单位:?|金额单位:?)?(?:人民币)?[百千万亿]*元|盖章|公章|签章|签字|签名|[^()]{0,4}\d+(?:\.\d+)?分[^()]*|"
    r"分|[^()]*\d+字[^()]*|必填|选填|如有|百分比|百分制)\)"
)
_FOREIGN = re.compile(r"(?<=[\u4e00-\u9fff)])\s*[A-Za-z][A-Za-z\d .,&/'()-]*$")
"""What a bilingual form prints after the Chinese words of a label."""
_BRACKETED = re.compile(r"\([^()]*\)")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、](?!\d))")
_NOISE = re.compile(r"[\s:：、,，.。*★☆▲·_|\-]+")
_POINTS = re.compile(r"\(?(\d+(?:\.\d+)?)分(?:[^()]*\))?")
_MONEY = re.compile(r"(?:人民币)?([百千万亿]*元)")
_UNIT_NOTE = re.compile(r"\((?:单位:?|金额单位:?)?(?:人民币)?([百千万亿]*元)\)")

_LONGEST: Final = 64
"""No label is longer, its notes in brackets included."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_MOST_SEEN: Final = 20_000
"""So many answers a lexicon remembers; a form asks the same few labels again and again."""
_LONGEST_ENDED: Final = 12
"""A text that is longer is no label that the lexicon knows by its ending only."""
_SHORTEST_NEAR: Final = 4
"""Shorter labels are too much alike to be told with a letter wrong."""
_NUMBER_AT_END: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十])$")
_NUMBERED: Final = ("goal", "section")
"""Blocks whose labels may carry a number at their end (年度目标2)."""


@cache
def label_key(text: str) -> str:
    """The key of a printed label: half-width, without white space, colons, bracketed notes, 其中 or numbering.

    项目资金（万元） and 项 目 资 金： have one key. The words of other brackets stay: 项目（政策）名称 is 项目政策名称.
    """
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    noted = _NUMBERING.sub("", _NOTE.sub("", folded))
    key = re.sub(r"[()\[\]【】]", "", _NOISE.sub("", noted))
    return key.removeprefix("其中") or key


def label_points(text: str) -> Decimal | None:
    """The points printed in a label: 20 of 预算执行情况（20分） or 得分（20分*执行率）; `None` where there are none."""
    match = _POINTS.search(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return Decimal(match[1]) if match else None


def label_unit(text: str) -> str | None:
    """The unit of money noted in a label: 万元 of 项目资金（万元）; `None` where there is none."""
    match = _UNIT_NOTE.search(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return match[1] if match else None


def money_unit(text: str) -> str | None:
    """The unit of money that is the whole text (万元, 人民币元); `None` for any other text."""
    match = _MONEY.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("()"))
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Label keys by block.

    Attributes:
        blocks: block name (head, section, fund_columns, fund_rows, goal, indicator_columns, management_columns, tail)
            to label key to field.
        ranks: block name to label key to its place among the labels of the block, the preferred of a field first.
        endings: block name to those keys that stand for any label with their ending (*总额), longest first.
    """

    blocks: Mapping[str, Mapping[str, str]]
    ranks: Mapping[str, Mapping[str, int]]
    endings: Mapping[str, tuple[str, ...]]
    _seen: dict[str, Mapping[str, str]] = attribute(default_factory=dict, init=False, repr=False, compare=False)

    def find(self, block: str, text: str) -> str | None:
        """The field a printed label names in a block; `None` where it is no label there.

        A label that is unknown as a whole is tried without what stands in its brackets; a goal's, or that of a part of
        the form, also without a number at its end (年度目标2); without foreign words after the Chinese ones; and by its
        ending, where the lexicon has one (*总额).
        """
        seen = self._seen.get(text)
        key = (self._keys(text) if seen is None else seen).get(block)
        return None if key is None else self.blocks[block][key]

    def near(self, block: str, text: str) -> str | None:
        """The field of the labels that differ from a text in one letter, if it is one field: for recognised letters."""
        key = label_key(text)
        if not _SHORTEST_NEAR <= len(key) <= _LONGEST_ENDED:
            return None
        alike = {
            field
            for known, field in self.blocks[block].items()
            if len(known) == len(key) and sum(one != other for one, other in zip(known, key, strict=True)) == 1
        }
        return alike.pop() if len(alike) == 1 else None

    def key_in(self, block: str, text: str) -> str | None:
        """The key under which a printed label is known in a block; `None` where it is not."""
        return self._keys(text).get(block)

    def _keys(self, text: str) -> Mapping[str, str]:
        """Every block in which a text is a label, with the key it is known under there."""
        if len(text) > _LONGEST:
            return _NONE
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) > _MOST_SEEN:
                self._seen.clear()
            keys = {block: self._key_of(block, text) for block in self.blocks}
            found = self._seen[text] = {block: key for block, key in keys.items() if key is not None} or _NONE
        return found

    def _key_of(self, block: str, text: str) -> str | None:
        known = self.blocks[block]
        key = label_key(text)
        if key in known:
            return key
        bare = _without_brackets(text)
        chinese = label_key(_FOREIGN.sub("", unicodedata.normalize("NFKC", text)))
        unnumbered = _NUMBER_AT_END.sub("", key) if block in _NUMBERED else ""
        ending = next((end for end in self.endings.get(block, ()) if key.endswith(end[1:])), "")
        ended = ending if len(key) <= _LONGEST_ENDED else ""
        return next((other for other in (bare, unnumbered, chinese, ended) if other in known), None)

    def rank(self, block: str, text: str) -> int:
        """How far down its field's labels a label stands; a large number for an unknown one."""
        key = self.key_in(block, text)
        return len(self.ranks[block]) if key is None else self.ranks[block][key]

    def holds(self, block: str, field: str, text: str) -> bool:
        """Whether a text is a piece of some label of a field: what is left of a label that a page has cut."""
        key = label_key(text)
        return bool(key) and any(key in label for label, name in self.blocks[block].items() if name == field)

    def is_label(self, text: str, blocks: Iterable[str] | None = None) -> bool:
        """Whether a text is a label in any of the given blocks (all of them by default)."""
        known = self._keys(text)
        return bool(known) and (blocks is None or any(block in known for block in blocks))


@cache
def _without_brackets(text: str) -> str:
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return label_key(_BRACKETED.sub("", folded))


def build_lexicon(source: Mapping[str, Mapping[str, list[str]]], families: Iterable[Family] = ()) -> Lexicon:
    """A lexicon from parsed TOML, block → field → labels, and the labels of the layouts, which rank after them.

    Raises:
        ValueError: a label stands under two fields of one block, or a layout names a field that its block has not; the
            message names them.
    """
    blocks: dict[str, dict[str, str]] = {block: {} for block in source}
    ranks: dict[str, dict[str, int]] = {block: {} for block in source}
    for block, field, label in _words(source):
        key = "*" + label_key(label) if label.startswith("*") else label_key(label)
        _enter(blocks[block], key, field, where=f"[{block}]")
        ranks[block].setdefault(key, len(ranks[block]))
    for name, block, field, label in _family_words(families):
        key = label_key(label)
        if source[block] and field not in source[block] and field != "extra":
            raise _unknown_field(f"families/{name}.toml [{block}]", label, field, source[block])
        if field == "extra" and key in blocks[block]:
            continue  # a second label of a field: the layout has a preferred one, and this one's values are extras
        _enter(blocks[block], key, field, where=f"families/{name}.toml [{block}]")
        ranks[block].setdefault(key, len(ranks[block]))
    return Lexicon(
        MappingProxyType({block: MappingProxyType(keys) for block, keys in blocks.items()}),
        MappingProxyType({block: MappingProxyType(keys) for block, keys in ranks.items()}),
        MappingProxyType({block: _endings(keys) for block, keys in blocks.items()}),
    )


def _unknown_field(where: str, label: str, field: str, known: Iterable[str]) -> ValueError:
    listed = ", ".join(known)
    return ValueError(
        f"{where}: label {label!r} names the field {field!r}, which there is not; fields of this block: {listed} / "
        f"{where}：标签 {label} 的字段 {field} 不存在；此处可用的字段：{listed}"
    )


def _endings(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((key for key in keys if key.startswith("*")), key=len, reverse=True))


def _words(source: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str, str]]:
    for block, fields in source.items():
        for field, labels in fields.items():
            for label in labels:
                yield block, field, label


def _family_words(families: Iterable[Family]) -> Iterator[tuple[str, str, str, str]]:
    for family in families:
        for block, labels in family.labels().items():
            for label in labels:
                yield family.id, block, label.field, label.label
        for field, side in family.sides().items():
            yield family.id, "section", field, side


def _enter(known: dict[str, str], key: str, field: str, *, where: str) -> None:
    if known.setdefault(key, field) != field:
        raise ValueError(
            f"lexicon: label {key!r} in {where} stands under both {known[key]!r} and {field!r}; keep one / "
            f"词表：{where} 中标签 {key} 同时属于 {known[key]} 与 {field}，请只留一处"
        )


@cache
def load_lexicon(*, cells: bool = True) -> Lexicon:
    """The lexicon shipped with the package, with the labels of every layout beside it; read once.

    Args:
        cells: whether labels are looked up cell by cell; without it, the words of `cells.toml` are left out, which in
            running text are no labels.
    """
    source = _shipped("lexicon.toml")
    if cells:
        source = _joined(source, _shipped("cells.toml"))
    return build_lexicon(source, load_families())


def _shipped(name: str) -> dict[str, dict[str, list[str]]]:
    text = files("jixiao.layout").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def _joined(
    first: Mapping[str, Mapping[str, list[str]]], more: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, dict[str, list[str]]]:
    """The labels of both, block by block and field by field, those of the first before the others."""
    return {
        block: {
            field: [*first.get(block, {}).get(field, ()), *more.get(block, {}).get(field, ())]
            for field in {**first.get(block, {}), **more.get(block, {})}
        }
        for block in {**first, **more}
    }
