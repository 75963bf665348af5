"""A book with other values, to see what would follow: what cites the change instead of the law."""

import re
from collections.abc import Collection, Iterable, Mapping

import msgspec

from jixiao.rulebook.domains import admitted
from jixiao.rulebook.entries import Let, Provenance, Value
from jixiao.rulebook.errors import RulebookError

_WORD = re.compile(r"(?<![\w.])(p\.)?([A-Za-z_]\w*)")


def changed(book_id: str, values: Mapping[str, Value], name: str, value: object) -> Value:
    """A parameter with another value, its provenance the change.

    Raises:
        RulebookError: there is no such parameter, or the value is not of its kind or outside its domain.
    """
    if name not in values:
        known = " ".join(sorted(values))
        raise RulebookError(
            book_id, f"values.{name}", zh=f"没有这个参数；现有：{known}", en=f"no such parameter; there are: {known}"
        )
    old = values[name]
    clause = by_the_user([f"{name} = {value}（原为 was {old.value}）"])
    return msgspec.structs.replace(old, value=admitted(book_id, old, value), clause=clause)


def told_with(lets: Iterable[Let], changes: Collection[str]) -> dict[str, Let]:
    """The named values that are told with a changed parameter, citing the change.

    A named value is told with the parameters in its text, and with those of values without a name for people, which
    are told as if written in its place.
    """
    through: dict[str, list[str]] = {}
    touched: dict[str, Let] = {}
    for let in lets:
        names = list(dict.fromkeys(_named(let.text, changes, through)))
        if names:
            touched[let.name] = msgspec.structs.replace(let, clause=by_the_user(names))
            if not let.zh:
                through[let.name] = names
    return touched


def by_the_user(names: Iterable[str]) -> Provenance:
    """The provenance of what a person set: no law."""
    what = "、".join(names)
    return Provenance(
        "试算（不是规定） a trial, no rule",
        what,
        "由使用者改动，以看结果 set by the user to see what follows",
        "changed",
    )


def _named(text: str, changes: Collection[str], through: Mapping[str, list[str]]) -> Iterable[str]:
    for parameter, word in _WORD.findall(text):
        if parameter and word in changes:
            yield word
        elif not parameter:
            yield from through.get(word, ())
