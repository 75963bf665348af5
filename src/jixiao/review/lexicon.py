"""Lexicons 词表: the words that features look for, as data; a shape over word lists becomes one compiled pattern."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jixiao.review.refusal import PageRefusedError, missing

_LIST = re.compile(r"\{([a-z][a-z_]*)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One pattern of wording; compared by identity, as `Lexicons` are.

    Attributes:
        pattern: the compiled shapes.
        whole: whether the text as a whole must match; otherwise a place in it is enough.
        least: how many different hits make the wording what the lexicon is about (1 unless told).
    """

    pattern: re.Pattern[str]
    whole: bool
    least: int

    def matches(self, text: str) -> bool:
        """Whether a text (folded, without white space) is worded so."""
        if self.whole:
            return self.pattern.fullmatch(text) is not None
        if self.least == 1:
            return self.pattern.search(text) is not None
        return len({hit[0] for hit in self.pattern.finditer(text)}) >= self.least


@dataclass(frozen=True, slots=True)
class Misfit:
    """Wording that belongs under another second-level heading.

    Attributes:
        belongs: the headings under one of which it belongs; the first is the one proposed.
        under: the headings where it is out of place; empty means every other heading.
        pattern: the wording.
        unless: wording that makes it fit after all; `None` where there is none.
    """

    belongs: tuple[str, ...]
    under: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A concrete topic.

    Attributes:
        words: words of an indicator that speaks of it.
        mention: words of a goal or a project's name that mention it, wider ones (林 of 苗木) included.
    """

    words: re.Pattern[str]
    mention: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Words that stand for one thing: a field of work, ways to say the same, things that exclude each other.

    Attributes:
        name: what they stand for.
        pattern: the words.
    """

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicons:
    """All lexicons: patterns by name, the topics, the misfits of headings, and groups of words by file.

    Loaded once and compared by identity, so that what is computed with them can be remembered.
    """

    patterns: Mapping[str, Lexicon]
    topics: tuple[Topic, ...]
    misfits: tuple[Misfit, ...]
    groups: Mapping[str, tuple[Group, ...]]

    def grouped(self, name: str) -> tuple[Group, ...]:
        """The groups of the lexicon of that name.

        Raises:
            PageRefusedError: no file of that name was handed in.
        """
        if name not in self.groups:
            raise missing(f"{name}.toml", "groups")
        return self.groups[name]

    def __getitem__(self, name: str) -> Lexicon:
        """The lexicon of that name.

        Raises:
            PageRefusedError: no file of that name was handed in.
        """
        if name not in self.patterns:
            raise missing(f"{name}.toml", "")
        return self.patterns[name]


def load_lexicons(texts: Mapping[str, str]) -> Lexicons:
    """The lexicons of the given texts, file name to TOML.

    Raises:
        PageRefusedError: a file is no TOML, lacks a part, or names a list it does not hold.
    """
    patterns: dict[str, Lexicon] = {}
    topics: list[Topic] = []
    misfits: list[Misfit] = []
    groups: dict[str, tuple[Group, ...]] = {}
    for file in sorted(texts):
        page = _parse(file, texts[file])
        for key in ("zh", "en"):
            if not page.get(key):
                raise missing(file, key)
        topics += [_topic(file, topic) for topic in page.get("topics", ())]
        misfits += [_misfit(file, rule) for rule in page.get("misfits", ())]
        if "shapes" in page:
            patterns[file.removesuffix(".toml")] = _lexicon(file, page)
        elif page.get("groups"):
            groups[file.removesuffix(".toml")] = tuple(_group(file, group) for group in page["groups"])
        elif not (page.get("topics") or page.get("misfits")):
            raise missing(file, "shapes")
    return Lexicons(patterns, tuple(topics), tuple(misfits), groups)


def _parse(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        raise PageRefusedError(file, "", f"不是有效的 TOML（{fault}）。", f"this is no TOML ({fault}).") from fault


def _lexicon(file: str, page: dict[str, Any]) -> Lexicon:
    lists: dict[str, list[str]] = page.get("lists", {})
    shapes = [_shape(file, shape, lists) for shape in page["shapes"]]
    return Lexicon(re.compile("|".join(shapes)), bool(page.get("whole", False)), int(page.get("least", 1)))


def _shape(file: str, shape: str, lists: dict[str, list[str]]) -> str:
    def group(match: re.Match[str]) -> str:
        if not lists.get(match[1]):
            raise missing(file, f"lists.{match[1]}")
        return _any_of(lists[match[1]])

    return _LIST.sub(group, shape)


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _words(file: str, key: str, words: list[str] | None) -> re.Pattern[str]:
    if not words:
        raise missing(file, key)
    return re.compile(_any_of(words))


def _topic(file: str, entry: dict[str, Any]) -> Topic:
    words = entry.get("words")
    pattern = _words(file, "topics.words", words)
    return Topic(pattern, _words(file, "topics.also", [*(words or ()), *entry.get("also", ())]))


def _group(file: str, group: dict[str, Any]) -> Group:
    if not group.get("name"):
        raise missing(file, "groups.name")
    return Group(group["name"], _words(file, "groups.words", group.get("words")))


def _misfit(file: str, rule: dict[str, Any]) -> Misfit:
    if not rule.get("belongs"):
        raise missing(file, "misfits.belongs")
    unless = rule.get("unless")
    return Misfit(
        belongs=tuple(rule["belongs"]),
        under=tuple(rule.get("under", ())),
        pattern=_misplaced(file, rule),
        unless=re.compile(_any_of(unless)) if unless else None,
    )


def _misplaced(file: str, rule: dict[str, Any]) -> re.Pattern[str]:
    """The wording of a misfit: words anywhere in the name, or `ends` of it."""
    if rule.get("ends"):
        return re.compile(_any_of(rule["ends"]) + "$")
    return _words(file, "misfits.words", rule.get("words"))
