"""What may stand in a cell: from approved targets, the unit's own past, published forms, a library of indicators."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from jixiao.form import TAXONOMY, Form, Indicator, parents
from jixiao.office.filing.cells import KEY, Record
from jixiao.office.filing.judging import approved, form_of
from jixiao.office.filing.mined import is_vague, names, targets
from jixiao.office.filing.models import Filing
from jixiao.office.filing.typed import shown
from jixiao.office.look.words import say
from jixiao.review.wording import bare

MOST: Final = 20
_PAST: Final = 40
"""Forms of the unit, and published ones, that are looked at."""
_FIELDS: Final = frozenset({"level1", "level2", "name", "target", "deviation"})


class Suggestion(Struct, frozen=True):
    """A text for a cell, and where it comes from, in words."""

    text: str
    note: str


class Common(Struct, frozen=True, forbid_unknown_fields=True):
    """Common indicators under one heading, each with the shape of its target, and how well they are evidenced."""

    level1: str
    level2: str
    evidence: str
    names: tuple[tuple[str, str], ...]


@cache
def library() -> tuple[Common, ...]:
    """The library of indicators that comes with the program."""
    text = (files("jixiao.office.filing") / "indicators.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text, parse_float=Decimal)["indicator"], tuple[Common, ...])


def suggestions(filing: Filing, held: Record, cell: str, typed: str) -> list[Suggestion]:
    """What may stand in a cell of an indicator's row, what fits the typed text first; none for other cells."""
    row, _, name = cell.partition("/")
    if not KEY.fullmatch(row) or name not in _FIELDS:
        return []
    here = held.form.indicators[held.keys.index(row)] if row in held.keys else Indicator()
    found: dict[str, Suggestion] = {}
    offered = (*_of_mined(here, name, typed), *_of_forms(filing, here, name), *_of_library(filing, here, name))
    for suggestion in offered:
        if suggestion.text and suggestion.text != typed:
            found.setdefault(suggestion.text, suggestion)
    wanted = bare(typed)
    ranked = sorted(found.values(), key=lambda each: wanted not in bare(each.text))
    if name == "name" and is_vague(typed):
        return [each for each in found.values() if not is_vague(each.text)][:MOST]
    fitting = [each for each in ranked if not wanted or wanted in bare(each.text)]
    return (fitting or ([] if name == "name" else ranked))[:MOST]


def _of_forms(filing: Filing, here: Indicator, name: str) -> Iterator[Suggestion]:
    targets = approved(filing)
    if targets:
        yield from _of_form(targets, here, name, say("批复的绩效目标", "the approved targets"))
    own = Filing.objects.filter(unit_id=filing.unit_id).exclude(pk=filing.pk)
    public = Filing.objects.filter(state="published").exclude(unit_id=filing.unit_id)
    mine, theirs = ("本单位 {} 年的表", "the unit's form of {}"), ("已公开的 {} 年的表", "a published form of {}")
    for forms, (zh, en) in ((own, mine), (public, theirs)):
        for text, year in forms.order_by("-pk").values_list("form", "round__fiscal_year")[:_PAST]:
            yield from _of_form(form_of(text), here, name, say(zh.format(year), en.format(year)))


def _of_form(form: Form, here: Indicator, name: str, note: str) -> Iterator[Suggestion]:
    for row in form.indicators:
        if _fits(row.level1, row.level2, row.name, here, name):
            yield Suggestion(shown(getattr(row, name)), note)


def _fits(level1: str, level2: str, title: str, here: Indicator, name: str) -> bool:
    """Whether another row may lend its text: of the same headings for a name, of the same name for what follows it."""
    if name in ("target", "deviation"):
        return bool(here.name) and bare(title) == bare(here.name)
    if name == "name":
        return here.level2 in ("", level2) and here.level1 in ("", level1)
    return name == "level1" or here.level1 in ("", level1)


def _of_mined(here: Indicator, name: str, typed: str) -> Iterator[Suggestion]:
    """From a library mined from forms: what is measurable, with what others promise and where it stands."""
    offered = names(here, typed) if name == "name" else targets(here) if name == "target" else ()
    yield from (Suggestion(text, note) for text, note in offered)


def _of_library(filing: Filing, here: Indicator, name: str) -> Iterator[Suggestion]:
    if name == "level1":
        yield from (Suggestion(level, say("指标体系", "the taxonomy")) for level in TAXONOMY)
    if name == "level2":
        below = TAXONOMY.get(here.level1) or tuple(level for found in TAXONOMY.values() for level in found)
        yield from (Suggestion(level, "、".join(parents(level))) for level in below)
    marks = {
        "text-seen": say("公开的表", "published forms"),
        "practice": say("常用指标", "common"),
        "recalled": say("常用，未核", "common, not checked"),
    }
    for common in library():
        for title, shape in common.names:
            text = {"name": title, "target": shape}.get(name, "")
            if text and _fits(common.level1, common.level2, title, here, name):
                year = str(filing.round.fiscal_year)
                yield Suggestion(text.replace("{n}", "").replace("{year}", year), marks[common.evidence])
