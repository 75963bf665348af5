"""How two rulebooks differ, told as sentences a finance officer understands; as text or plain values."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.rulebook import Book, Labels, Provenance
from jixiao.rulebook.tables import band_lets, cap_lets, grade_lets, profile_lets, step_lets
from jixiao.scoring.sheet import Text
from jixiao.writing.book_entries import KINDS, Entry, Kind, entries, shown
from jixiao.writing.words import EVIDENCE
from jixiao.writing.wrapping import fold_lines

Language = Literal["zh", "en"]
Way = Literal["changed", "only_first", "only_second", "ground"]

WIDTH: Final = 100


class Difference(Struct, frozen=True):
    """One entry in which two books differ.

    Attributes:
        way: `changed` (they say different things), `only_first`, `only_second`, or `ground` (they say the same, on
            different clauses).
        first, second: what each says; `None` where it says nothing.
        first_clause, second_clause: on which clause.
    """

    id: str
    kind: Kind
    way: Way
    title: Text
    first: Text | None
    second: Text | None
    first_clause: Provenance | None
    second_clause: Provenance | None


def differences(first: Book, second: Book) -> tuple[Difference, ...]:
    """Everything in which two books differ, kind by kind; words of results are compared word by word."""
    tabled = _tabled(first) | _tabled(second)
    one, other = _by_id(first, tabled), _by_id(second, tabled)
    compared = (_compared(one.get(name), other.get(name)) for name in dict.fromkeys([*one, *other]))
    found = [each for each in compared if each is not None]
    found += _labels(first, second)
    order = list(KINDS)
    return tuple(sorted(found, key=lambda each: order.index(each.kind)))


def difference_text(first: Book, second: Book, language: Language) -> str:
    """The differences as sentences, no wider than `WIDTH` columns; that there are none is said."""
    found = differences(first, second)
    head = [f"A  {_name(first, language)}", f"B  {_name(second, language)}"]
    lines = [line for part in head for line in fold_lines(part, WIDTH)]
    telling = [each for each in found if each.way != "ground"]
    if not telling:
        said = Text(
            zh="没有不同：取值、分值分配、档次、用语、等级、封顶、算式和计分方法都一样。",
            en="No difference: parameters, points, bands, words, grades, caps, formulas and ways of scoring agree.",
        )
        lines += ["", *fold_lines(_of(said, language), WIDTH)]
    for kind, name in KINDS.items():
        mine = [each for each in telling if each.kind == kind]
        if mine:
            lines += ["", f"{_of(name, language)} {len(mine)}"]
            lines += [line for each in mine for line in _folded(_of(sentence(each), language))]
    lines += _grounds([each for each in found if each.way == "ground"], language)
    return "\n".join(lines)


def difference_wire(first: Book, second: Book) -> dict[str, Any]:
    """The differences as plain JSON values, each with its sentence."""
    told = [msgspec.to_builtins(each) | {"sentence": msgspec.to_builtins(sentence(each))} for each in
            differences(first, second)]  # fmt: skip
    books = [{"id": book.id, "on": book.on, "since": book.since, "zh": book.zh, "en": book.en,
              "fingerprint": book.fingerprint} for book in (first, second)]  # fmt: skip
    return {"first": books[0], "second": books[1], "same": not told, "differences": told}


def sentence(each: Difference) -> Text:
    """One difference in a sentence: "预算执行分值：10 → 20（A 依据 …；B 依据 …）"."""
    name = Text(zh=f"{each.title.zh}（{each.id}）", en=f"{each.title.en} ({each.id})")
    if each.first is None or each.second is None:
        side, said, clause = (
            ("B", each.second, each.second_clause) if each.first is None else ("A", each.first, each.first_clause)
        )
        said = said or Text(zh="", en="")
        ground = _ground(clause)
        return Text(
            zh=f"{name.zh}：只有 {side} 有，{said.zh}（{ground.zh}）",
            en=f"{name.en}: only {side} has it, {said.en} ({ground.en})",
        )
    one, other = _ground(each.first_clause), _ground(each.second_clause)
    if each.way == "ground":
        return Text(
            zh=f"{name.zh}：同为 {each.first.zh}；A {one.zh}；B {other.zh}",
            en=f"{name.en}: {each.first.en} in both; A {one.en}; B {other.en}",
        )
    return Text(
        zh=f"{name.zh}：{each.first.zh} → {each.second.zh}（A {one.zh}；B {other.zh}）",
        en=f"{name.en}: {each.first.en} → {each.second.en} (A {one.en}; B {other.en})",
    )


def _by_id(book: Book, left_out: set[str]) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries(book) if entry.kind != "label" and entry.id not in left_out}


def _tabled(book: Book) -> set[str]:
    """The named values that only repeat a table, which is told itself."""
    made = (*band_lets(book.bands), *grade_lets(book.grades), *cap_lets(book.caps), *profile_lets(book.profiles))
    made += tuple(step_lets(book.execution_steps))
    return {let.name for let in made}


def _compared(one: Entry | None, other: Entry | None) -> Difference | None:
    entry = one or other
    if entry is None:
        return None
    way: Way = "only_second" if one is None else "only_first" if other is None else "changed"
    if one is not None and other is not None and one.said == other.said:
        if one.clause == other.clause:
            return None
        way = "ground"
    return Difference(
        entry.id, entry.kind, way, entry.title,
        one.said if one else None, other.said if other else None,
        one.clause if one else None, other.clause if other else None,
    )  # fmt: skip


def _labels(first: Book, second: Book) -> Iterator[Difference]:
    """Words that only one book puts in a band."""
    one, other = _words(first.labels), _words(second.labels)
    for band in dict.fromkeys(band for band, _ in (*one, *other)):
        title = Text(zh=f"结果用语（{band}）", en=f"words of a result ({band})")
        gone = [word for at, word in one if at == band and (at, word) not in other]
        come = [word for at, word in other if at == band and (at, word) not in one]
        if gone:
            clause = one[band, gone[0]]
            yield Difference(f"label.{band}", "label", "only_first", title, shown(gone), None, clause, None)
        if come:
            clause = other[band, come[0]]
            yield Difference(f"label.{band}", "label", "only_second", title, None, shown(come), None, clause)


def _words(every: Iterable[Labels]) -> dict[tuple[str, str], Provenance]:
    return {
        (labels.band, word): labels.clause
        for labels in every
        for word in (*labels.whole, *(f"…{within}…" for within in labels.within))
    }


def _ground(clause: Provenance | None) -> Text:
    if clause is None:
        return Text(zh="", en="")
    mark, source = EVIDENCE[clause.evidence], f"{clause.document} {clause.article}"
    return Text(zh=f"依据：{source}，证据：{mark.zh}", en=f"clause: {source}, evidence: {mark.en}")


def _grounds(same: list[Difference], language: Language) -> list[str]:
    if not same:
        return []
    heading = Text(zh=f"说的一样、依据不同 {len(same)}", en=f"The same, on other clauses {len(same)}")
    return ["", _of(heading, language), *(line for each in same for line in _folded(_of(sentence(each), language)))]


def _name(book: Book, language: Language) -> str:
    since = Text(zh=f"自 {book.since}，按 {book.on}", en=f"since {book.since}, as of {book.on}")
    return f"{book.id}  {book.zh if language == 'zh' else book.en} ({_of(since, language)})"


def _folded(text: str) -> list[str]:
    first, *rest = fold_lines(" ".join(text.split()), WIDTH - 6)
    return [f"  · {first}", *(f"    {line}" for line in rest)]


def _of(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en
