"""Pages to read in a terminal: a check (what it asks, why, on which clause) and a rulebook, value by value."""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from jixiao.review import Check
from jixiao.rulebook import Book, Provenance
from jixiao.scoring.sheet import Text
from jixiao.writing.book_entries import entries
from jixiao.writing.words import (
    EVIDENCE,
    FAMILY,
    FAMILY_MEANS,
    SEVERITY,
    TRIAL,
    TRIAL_MEANS,
    clause_source,
    fairness_text,
)
from jixiao.writing.wrapping import fold_lines

Language = Literal["zh", "en"]
WIDTH = 100
_INDENT = "    "


def check_parts(check: Check) -> tuple[tuple[Text, Text], ...]:
    """What is said of a check, each under its label."""
    family = f"{FAMILY[check.family].zh}：{FAMILY_MEANS[check.family].zh}；{SEVERITY[check.severity].zh}"
    family_en = f"{FAMILY[check.family].en}: {FAMILY_MEANS[check.family].en}; {SEVERITY[check.severity].en}"
    return (
        (Text(zh="类别", en="Family"), Text(zh=family, en=family_en)),
        (Text(zh="问题", en="What is wrong"), check.wrong),
        (Text(zh="为什么重要", en="Why it matters"), check.why),
        (Text(zh="怎么办", en="What to do"), check.do),
        (Text(zh="条款", en="Clause"), _clause(check)),
        (Text(zh="条件", en="Condition"), Text(zh=check.when, en=check.when)),
        (Text(zh="公道", en="Fairness"), fairness_text(check.fairness)),
    )


def check_text(check: Check, language: Language) -> str:
    """A check's page in paragraphs no wider than `WIDTH` columns."""
    trial = f" [{getattr(TRIAL, language)}]" if check.trial else ""
    lines = [f"{check.code} {getattr(check.title, language)}{trial}", f"{check.name} · {check.since}", ""]
    lines += [getattr(TRIAL_MEANS, language), ""] if check.trial else []
    for label, text in check_parts(check):
        lines += [getattr(label, language), *_folded(getattr(text, language)), ""]
    return "\n".join(lines).rstrip()


def check_list_text(checks: Iterable[Check], language: Language) -> str:
    """Code and title of every check, family by family, no wider than `WIDTH` columns."""
    known = list(checks)
    lines: list[str] = []
    for family, name in FAMILY.items():
        mine = [check for check in known if check.family == family]
        heading, means = getattr(name, language), getattr(FAMILY_MEANS[family], language)
        lines += [f"{heading} {len(mine)} · {means}"]
        lines += [line for check in mine for line in _folded(f"{check.code} {getattr(check.title, language)}")]
    return "\n".join(lines)


def check_wire(check: Check) -> dict[str, Any]:
    """A check's page as plain JSON values, without its examples."""
    wire: dict[str, Any] = {"code": check.code, "name": check.name, "family": check.family}
    wire |= {"severity": check.severity, "since": check.since, "pointer": check.pointer, "when": check.when}
    wire |= {"trial": check.trial, "fairness": msgspec.to_builtins(check.fairness)}
    texts = {name: getattr(check, name) for name in ("title", "wrong", "why", "do", "expected", "ask", "needs")}
    said: dict[str, Any] = msgspec.to_builtins(texts | {"clause": check.clause})
    return wire | said | ({"clause_of": check.clause_of} if check.clause_of else {})


def book_list_text(books: Iterable[Book], language: Language) -> str:
    """One line a book: id, name, since when, how many values, and how they are evidenced."""
    return "\n".join(_book_line(book, language) for book in books)


def book_text(book: Book, language: Language) -> str:
    """Every value of a book with clause and evidence mark, no wider than `WIDTH` columns."""
    lines = [_book_line(book, language), f"fingerprint {book.fingerprint}", ""]
    for entry in entries(book):
        lines += [
            f"{getattr(entry.title, language)}  [{entry.id}]",
            *_folded(getattr(entry.said, language) + (f"  ({entry.since})" if entry.since else "")),
            *_folded(_source(entry.clause, language)),
            "",
        ]
    return "\n".join(lines).rstrip()


def _clause(check: Check) -> Text:
    if check.clause_of:
        zh, en = f"随规则集：所用规则集中 {check.clause_of} 的条款。", "Of the rulebook in use: the clause of"
        return Text(zh=zh, en=f"{en} its {check.clause_of}.")
    if check.clause is None:
        return Text(
            zh="不依据条款：表内自相矛盾，或只是一问。", en="None: the form contradicts itself, or it is a question."
        )
    mark, source = EVIDENCE[check.clause.evidence], clause_source(check.clause)
    return Text(zh=f"{source}（{mark.zh}）", en=f"{source} ({mark.en})")


def _book_line(book: Book, language: Language) -> str:
    marks = [entry.clause.evidence for entry in entries(book)]
    known = [mark for mark in EVIDENCE if mark != "changed" or mark in marks]
    counted = "，".join(f"{EVIDENCE[mark].zh} {marks.count(mark)}" for mark in known)
    counted_en = ", ".join(f"{EVIDENCE[mark].en} {marks.count(mark)}" for mark in known)
    if language == "zh":
        early = "（其时尚未施行）" if book.on < book.since else ""
        return f"{book.id}  {book.zh}  自 {book.since}；按 {book.on}{early} 共 {len(marks)} 项（{counted}）"
    early = " (not yet in force)" if book.on < book.since else ""
    return f"{book.id}  {book.en}  since {book.since}; as of {book.on}{early} {len(marks)} entries ({counted_en})"


def _source(provenance: Provenance, language: Language) -> str:
    mark = getattr(EVIDENCE[provenance.evidence], language)
    return f"{provenance.document} {provenance.article} · {mark} · {provenance.source}"


def _folded(text: str) -> list[str]:
    return [_INDENT + line for line in fold_lines(" ".join(text.split()), WIDTH - len(_INDENT))]
