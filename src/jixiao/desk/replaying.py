"""A sealed verdict worked out anew from what is in the seal: rulebook texts, checks, forms. No shelf, no network."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import zip_longest
from typing import Final

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from jixiao.form import Form, decode_form
from jixiao.journal.pointers import pointer_at
from jixiao.journal.verdict import Fault
from jixiao.journal.words import Unreadable, Words
from jixiao.review import Context, Reviewer, load_checks, load_lexicons
from jixiao.review.refusal import PageRefusedError
from jixiao.rulebook.errors import RulebookError
from jixiao.rulebook.loader import load_part
from jixiao.rulebook.resolve import resolve
from jixiao.scoring import Attached, Item
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FormReport
from jixiao.writing.sealed import Body, SealedBook, body_bytes, unpacked, verdict_of

_SHOWN: Final = 160
_MOST: Final = 20
_ACT: Final = Words(
    "按封存的表和规则重算，不是这个结果：不要采信，向出具方要求说明。",
    "Form and rules in the seal do not give this: do not rely on it; ask whoever gave it.",
)


class Chosen(Struct, frozen=True):
    """The rulebook of a form as a seal tells it: its id, its day, how it was chosen."""

    id: str
    on: str
    why: Text


class _Supported(Struct, frozen=True):
    evidence: tuple[Item, ...]


class _Computed(Struct, frozen=True):
    supported: _Supported | UnsetType = UNSET


class _Entry(Struct, frozen=True):
    """The parts of a verdict that it follows from."""

    form: Raw
    rulebook: Chosen
    computed: _Computed


def replay(body: Body) -> Body:
    """The same document with every verdict worked out anew.

    Raises:
        Unreadable: the rulebooks, checks or forms in it cannot be used; the sentence says which.
    """
    try:
        unpacked(body.checks)
        return msgspec.structs.replace(body, verdicts=tuple(_verdict(body, raw) for raw in body.verdicts))
    except (RulebookError, PageRefusedError, msgspec.MsgspecError, ValueError, RecursionError) as error:
        en = f"what was sealed cannot be worked out anew ({error})"
        raise Unreadable(f"封存的内容无法重算（{error}）", en) from error


def chosen(body: Body) -> Iterator[tuple[Form, Chosen]]:
    """Each form of a seal that was replayed, and the rulebook that it was scored under."""
    for raw in body.verdicts:
        entry = msgspec.json.decode(raw, type=_Entry)
        yield decode_form(bytes(entry.form)), entry.rulebook


def _verdict(body: Body, raw: Raw) -> Raw:
    entry = msgspec.json.decode(raw, type=_Entry)
    asked = entry.rulebook
    book = next((each for each in body.rulebooks if (each.id, each.on) == (asked.id, asked.on)), None)
    if book is None:
        raise ValueError(f"rulebooks: {asked.id} {asked.on}")
    supported = entry.computed.supported
    evidence = None if isinstance(supported, UnsetType) else Attached(supported.evidence)
    reviewer = _reviewer(_Law(body, book), trial=body.trial)
    return verdict_of(reported(reviewer, decode_form(bytes(entry.form)), evidence, asked.why))


def reported(reviewer: Reviewer, form: Form, evidence: Attached | None, why: Text) -> FormReport:
    """A form scored and questioned by a reviewer, as the report of it."""
    sheet, review = reviewer.review(form, Context(evidence=evidence))
    book = reviewer.scorer.book
    return FormReport(form, sheet, review, Text(book.zh, book.en), why, {})


class _Law:
    """Rulebook and checks of a seal, the same for the same texts."""

    def __init__(self, body: Body, book: SealedBook) -> None:
        texts = {each.file: "\n".join(each.lines) for each in body.texts}
        for each in body.texts:
            if sha256(texts[each.file].encode()).hexdigest() != each.sha256:
                raise ValueError(f"texts: {each.file} sha256")
        self.chain = tuple((file, texts.get(file, "")) for file in book.files)
        self.day = date.fromisoformat(book.on)
        self.checks = body.checks

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Law) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.chain, self.day, self.checks.sha256


@lru_cache(64)
def _reviewer(law: _Law, *, trial: bool) -> Reviewer:
    pages, lexicons = unpacked(law.checks)
    book = resolve([load_part(file, text) for file, text in law.chain], law.day)
    return Reviewer(book, load_checks(pages), load_lexicons(lexicons), trial=trial)


def differences(sealed: bytes, replayed: Body, name: str) -> Iterator[Fault]:
    """The lines of a seal that are not what its form and rules give, the first twenty.

    Args:
        sealed: the document without its seal, as it was read.
        replayed: the same, worked out anew.
        name: the file, for the faults.
    """
    read, anew = sealed.split(b"\n"), body_bytes(replayed).split(b"\n")
    count = 0
    for number, (one, other) in enumerate(zip_longest(read, anew, fillvalue=b"")):
        if one != other and count < _MOST:
            count += 1
            pointer = pointer_at(read, min(number, len(read) - 1))
            words = (
                Words(f"{pointer}：{_shown(one)}", f"{pointer}: {_shown(one)}"),
                Words(_shown(other), _shown(other)),
            )
            yield Fault("replay_differs", name, number + 1, *words, _ACT)
        if one != other and len(read) != len(anew):
            return


def _shown(line: bytes) -> str:
    text = line.decode(errors="replace").strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
