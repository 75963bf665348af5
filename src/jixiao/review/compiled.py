"""Check pages joined to a book's program: the names of a page kept apart from others', faults told by file and key."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from jixiao.language import RuleError, Schema
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES
from jixiao.review.message import names_in
from jixiao.review.page import Check, Checks
from jixiao.review.refusal import PageRefusedError
from jixiao.rulebook import SCHEMA, Book
from jixiao.scoring import Clause, Extension, Scorer, Text, clause_of

APPLIES: Final = ".applies"
"""What is added to a check's code for the condition of its applicability."""

_UNPRINTED: Final = frozenset({"f.currency_unit"})
_POINTING: Final = frozenset({"label", "cell", "k"})
_COLUMN: Final = re.compile(r"(?<![\w.])([fi])\.(\w+)")
_STRINGS: Final = re.compile(r'("[^"]*")')


@dataclass(frozen=True, slots=True)
class Compiled:
    """The checks in a book's program.

    Attributes:
        scorer: the book with the features, named values and conditions of all checks.
        names: check code → name on the page → name in the program, of the page's own named values.
        reads: check code → the columns (("f", "adjusted")) its page names, features left out.
        clauses: check code → the clause its findings cite: the page's own, or the book's for what the page names.
    """

    scorer: Scorer
    names: Mapping[str, Mapping[str, str]]
    reads: Mapping[str, tuple[tuple[str, str], ...]]
    clauses: Mapping[str, Clause | None]


def compile_checks(book: Book, checks: Checks) -> Compiled:
    """Compile all checks under a book.

    Raises:
        PageRefusedError: a text is not of the rule language, or a message names what does not exist.
    """
    names = {code: {name: f"{code}_{name}" for name in check.lets} for code, check in checks.items()}
    lets: dict[str, str] = {}
    conditions: dict[str, str] = {}
    for code, check in checks.items():
        own = names[code]
        lets |= {own[name]: _renamed(text, own) for name, text in check.lets.items()}
        conditions[code] = _renamed(check.when, own)
        if check.applies:
            conditions[code + APPLIES] = _renamed(check.applies, own)
    try:
        scorer = Scorer(book, Extension(FORM_FEATURES, INDICATOR_FEATURES, lets, conditions))
    except RuleError as fault:
        raise _refused(checks, fault) from fault
    schema = SCHEMA.extended(FORM_FEATURES, INDICATOR_FEATURES)
    for check in checks.values():
        _check_levels(check, scorer)
        _check_messages(check, scorer, names[check.code], schema)
    reads = {code: tuple(_reads(check)) for code, check in checks.items()}
    return Compiled(scorer, names, reads, {code: _cited(check, book) for code, check in checks.items()})


def _cited(check: Check, book: Book) -> Clause | None:
    """The clause a check's findings cite under a book."""
    name = check.clause_of
    if not name:
        return check.clause
    parameter = name.removeprefix("p.")
    if name != parameter and parameter in book.values:
        return clause_of(book.values[parameter].clause)
    if name == parameter and name in {let.name for let in book.lets}:
        return clause_of(book.let(name).clause)
    zh = f"规则集 {book.id} 没有“{name}”；应为 p.参数名 或规则集的命名值。"
    en = f"the rulebook {book.id} has no {name!r}; write p.parameter or a named value of the book."
    raise PageRefusedError(check.file, "clause_of", zh, en)


def _renamed(text: str, own: Mapping[str, str]) -> str:
    """The text with the page's own names made unique; texts in quotes and names after a dot stay as they are."""
    if not own:
        return text
    name = re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, own)) + r")(?!\w)")
    parts = _STRINGS.split(text)
    return "".join(part if part.startswith('"') else name.sub(lambda match: own[match[1]], part) for part in parts)


def _reads(check: Check) -> Iterable[tuple[str, str]]:
    found = (match for text in (check.when, check.applies, *check.lets.values()) for match in _COLUMN.finditer(text))
    return dict.fromkeys((match[1], match[2]) for match in found if SCHEMA.column(match[1], match[2]))


def _refused(checks: Checks, fault: RuleError) -> PageRefusedError:
    code, _, rest = fault.where.replace(APPLIES, "_applies").partition("_")
    if code not in checks:
        raise fault
    check = checks[code]
    key = rest if rest == "applies" else f"let.{rest}" if rest else "when"
    segment, zh, en = (text.replace(f"{code}_", "") for text in (fault.segment, fault.zh, fault.en))
    return PageRefusedError(check.file, key, f"“{segment}”{zh}。", f"at {segment!r}: {en}.")


def _check_levels(check: Check, scorer: Scorer) -> None:
    """A condition on the form cannot depend on whether it applies to a line."""
    level = scorer.closure.level
    if check.applies and level(check.code) == "form" and level(check.code + APPLIES) == "indicator":
        zh, en = "条件针对全表，适用范围却逐行判断。", "the condition is on the form, so this cannot be on its lines."
        raise PageRefusedError(check.file, "applies", zh, en)


def _check_messages(check: Check, scorer: Scorer, own: Mapping[str, str], schema: Schema) -> None:
    known = (
        _POINTING
        | _UNPRINTED
        | ({"mended"} if "gap" in own else set())
        | set(own)
        | {let.name for let in scorer.book.lets}
    )
    known |= {f"p.{name}" for name in scorer.book.values}
    for key, template in _messages(check):
        for name in sorted(names_in(template)):
            namespace, _, column = name.partition(".")
            if name not in known and not (namespace in {"f", "i"} and schema.column(namespace, column)):
                zh, en = f"没有 {{{name}}} 可填。", f"there is no {{{name}}} to fill in."
                raise PageRefusedError(check.file, key, zh, en)


def _messages(check: Check) -> Iterable[tuple[str, Text]]:
    pointer = Text(check.pointer, check.pointer)
    yield from (("read", check.read), ("expected", check.expected), ("ask", check.ask), ("needs", check.needs))
    yield "pointer", pointer
