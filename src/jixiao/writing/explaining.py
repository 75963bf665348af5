"""What is told of an entry of a rulebook: value, since when, clause, evidence, what uses it, where it is otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

import msgspec
from msgspec import Struct

from jixiao.review import Check
from jixiao.rulebook import Book
from jixiao.scoring.sheet import Text
from jixiao.writing.book_entries import COMPUTED_BY, KINDS, Entry, entries, named_in, shown, uses
from jixiao.writing.words import EVIDENCE, EVIDENCE_MEANS
from jixiao.writing.wrapping import fold_lines

Language = Literal["zh", "en"]
WIDTH = 100
_INDENT = "    "


class Explanation(Struct, frozen=True):
    """An entry with its surroundings.

    Attributes:
        book, on: the rulebook and the day it was resolved for.
        entry: what the book says.
        checks: codes of the checks that use it.
        formulas: names of the named values that use it.
        rests_on: ids of the entries that its own rule text uses.
        elsewhere: what the rulebooks say that say something else under this id, by id of the book; `None` for nothing.
    """

    book: str
    on: str
    entry: Entry
    checks: tuple[str, ...]
    formulas: tuple[str, ...]
    rests_on: tuple[str, ...]
    elsewhere: Mapping[str, Text | None]


class Indexed:
    """A book with its entries, and what it says by their ids."""

    def __init__(self, book: Book) -> None:
        """List the entries once."""
        self.book = book
        self.entries = tuple(entries(book))
        self.lets = tuple(entry for entry in self.entries if entry.kind == "let")
        self.said: dict[str, Text] = {}
        for entry in self.entries:
            before = self.said.get(entry.id)
            zh, en = entry.said.zh, entry.said.en
            self.said[entry.id] = Text(f"{before.zh}、{zh}", f"{before.en}, {en}") if before else entry.said


def explained(entry: Entry, index: Indexed, checks: Mapping[str, Check], others: Iterable[Indexed]) -> Explanation:
    """An entry of a book, with the checks and named values that use it and the books that say otherwise."""
    book = index.book
    used = tuple(let.id for let in index.lets if let.id != entry.id and uses(let.text, entry))
    direct = {entry.id, *COMPUTED_BY.get(entry.kind, ())}
    rests = tuple(
        other.id
        for other in index.entries
        if entry.text and other.id != entry.id and other.kind in ("p", "let") and uses(entry.text, other)
    )
    return Explanation(
        book.id, book.on, entry,
        tuple(code for code, check in checks.items() if _asks(check, entry, direct)),
        tuple(dict.fromkeys([*used, *(name for name in COMPUTED_BY.get(entry.kind, ()) if name in index.said)])),
        rests, dict(_elsewhere(entry, index, others)),
    )  # fmt: skip


def explanation_text(told: Explanation, language: Language) -> str:
    """An explanation in paragraphs no wider than `WIDTH` columns."""
    entry = told.entry
    kind = getattr(KINDS[entry.kind], language)
    lines = [f"{entry.id}  {getattr(entry.title, language)}", f"{kind} · {told.book} {told.on}", ""]
    for label, text in explanation_parts(told):
        lines += [getattr(label, language), *_folded(getattr(text, language)), ""]
    return "\n".join(lines).rstrip()


def explanation_wire(told: Explanation) -> dict[str, Any]:
    """An explanation as plain JSON values."""
    wire: dict[str, Any] = msgspec.to_builtins(told)
    return wire


def explanation_parts(told: Explanation) -> Iterator[tuple[Text, Text]]:
    """What is said of an entry, each under its label."""
    entry, clause = told.entry, told.entry.clause
    yield Text(zh="内容", en="What it says"), entry.said
    if entry.since:
        yield Text(zh="自何时起", en="Since"), Text(entry.since, entry.since)
    source = f"{clause.document} {clause.article}"
    yield Text(zh="条款", en="Clause"), Text(source, source)
    yield Text(zh="来源", en="Source"), Text(clause.source, clause.source)
    mark, means = EVIDENCE[clause.evidence], EVIDENCE_MEANS[clause.evidence]
    yield Text(zh="证据", en="Evidence"), Text(zh=f"{mark.zh}。{means.zh}", en=f"{mark.en}. {means.en}")
    for label, ids in (
        (Text(zh="它用到", en="It uses"), told.rests_on),
        (Text(zh="用到它的算式", en="Formulas that use it"), told.formulas),
        (Text(zh="用到它的检查", en="Checks that use it"), told.checks),
    ):
        if ids:
            yield label, shown(ids)
    yield Text(zh="各地不同", en="Where it is otherwise"), _told_elsewhere(told)


def _told_elsewhere(told: Explanation) -> Text:
    if not told.elsewhere:
        return Text(zh="现有规则集都与此相同。", en="Every rulebook there is says the same.")
    nothing = Text(zh="没有这一项", en="has none")
    said = [(book, text or nothing) for book, text in told.elsewhere.items()]
    zh = "；".join(f"{book}：{text.zh}" for book, text in said)
    return Text(zh=zh, en="; ".join(f"{book}: {text.en}" for book, text in said))


def _asks(check: Check, entry: Entry, direct: set[str]) -> bool:
    """Whether a check's condition, scope, named values, messages or clause use an entry."""
    messages = (text for said in (check.read, check.expected, check.ask) for text in (said.zh, said.en))
    texts = (check.when, check.applies, *check.lets.values(), *messages)
    return check.clause_of in direct or not _named_in_any(texts).isdisjoint(COMPUTED_BY.get(entry.kind, (entry.id,)))


@lru_cache(maxsize=1024)
def _named_in_any(texts: tuple[str, ...]) -> frozenset[str]:
    """The names that stand in some of a check's texts."""
    return frozenset().union(*map(named_in, texts))


def _elsewhere(entry: Entry, index: Indexed, others: Iterable[Indexed]) -> Iterator[tuple[str, Text | None]]:
    """What other books say under the id; the words of all tables of labels of a band count as one."""
    own = index.said[entry.id]
    for other in others:
        said = other.said.get(entry.id)
        if other.book.id != index.book.id and said != own:
            yield other.book.id, said


def _folded(text: str) -> list[str]:
    return [_INDENT + line for line in fold_lines(" ".join(text.split()), WIDTH - len(_INDENT))]
