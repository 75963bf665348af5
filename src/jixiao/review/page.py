"""A check's page 检查页: one TOML file that says what is wrong, why, by which rule, what to do, and proves itself.

Keys: `code`, `name`, `family`, `severity`, `since`, `pointer`, `when` are texts; `title`, `wrong`, `why`, `do`, `read`,
`expected`, `ask`, `needs` have `zh` and `en`; `clause` has `document`, `article`, `evidence`; instead of it `clause_of`
names a parameter (`p.heavy_line`) or named value (`score`) of the book, whose own clause is cited. Optional: `applies`
(otherwise the check is not applicable), `let` (named values of the page), `locate` (the locator that finds the cell),
`yields` (codes of checks whose finding at the same line makes this one superfluous), `trial` (asked only where trial
checks are asked for; so is a doubt that was never measured), `fairness` (its figures, written by `./dev fairness`).
At least two `[[fires]]` and two `[[silent]]` examples: a form in the notation of `specimen`,
with `last_year` and `approved` (other forms), `peers`, `evidence` (pointers of the lines that have some), `book`,
`values` (parameters of the book changed), `profiles`, `caps` where they matter; `at` of the first kind names the
expected pointers.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, get_args

import msgspec

from jixiao.form import Form
from jixiao.review.context import Context
from jixiao.review.fairness import Fairness, fairness_of
from jixiao.review.locate import LOCATORS
from jixiao.review.refusal import PageRefusedError, missing
from jixiao.review.specimen import KEYS, peers_of, specimen
from jixiao.review.verdict import Family, Severity
from jixiao.rulebook.entries import Scalar
from jixiao.scoring import Attached, Item
from jixiao.scoring.sheet import Clause, Text

CODE: Final = re.compile(r"JX[1-9]\d\d")
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_MARKUP: Final = re.compile(r"</?[a-zA-Z]|\*\*|`|&[a-z]+;")
_TEXTS: Final = ("title", "wrong", "why", "do", "read", "expected", "ask", "needs")
_WORDS: Final = ("code", "name", "family", "severity", "since", "pointer", "when")
_MORE: Final = ("clause", "clause_of", "applies", "let", "locate", "yields", "trial", "fairness", "fires", "silent")
_LEAST_EXAMPLES: Final = 2
_SETTING: Final = frozenset({"book", "profiles", "caps", "last_year", "approved", "peers", "evidence", "values"})


@dataclass(frozen=True, slots=True)
class Example:
    """One form that a page shows.

    Attributes:
        key: where it stands in the page, "fires.0".
        at: pointers of the findings of this check; none where it must stay silent.
        differs: what differs from the sound form, in the notation of `specimen`.
        before: the form of the year before in the same notation; `None` where the example has none.
        approved: the approved targets in the same notation; `None` where the example has none.
        peers: rows of statistics of similar projects; `None` where the example has none.
        evidence: pointers of the lines to which evidence is attached; `None` where nobody was asked for evidence.
        book: id of the rulebook it runs under.
        values: parameter → value of the book's parameters that are changed for it.
        profiles: names of the book's weight profiles that are kept for it; all where there are none.
        caps: "rate from, rate to, total at most" of each cap the book has for it; the book's own where there are none.
    """

    key: str
    at: tuple[str, ...]
    differs: Mapping[str, Any]
    before: Mapping[str, Any] | None
    approved: Mapping[str, Any] | None
    peers: tuple[str, ...] | None
    evidence: tuple[str, ...] | None
    book: str
    values: Mapping[str, Scalar | int]
    profiles: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()

    def forms(self, file: str) -> tuple[Form, Context]:
        """The form, and what is known beside it.

        Raises:
            PageRefusedError: the example cannot be read.
        """
        try:
            before, approved = (None if form is None else specimen(form) for form in (self.before, self.approved))
            peers = None if self.peers is None else peers_of(self.peers)
            return specimen(self.differs), Context(before, approved, peers, _attached(self.evidence))
        except (ValueError, IndexError, TypeError) as fault:
            zh, en = f"示例读不出来（{fault}）。", f"the example cannot be read ({fault})."
            raise PageRefusedError(file, self.key, zh, en) from fault


@dataclass(frozen=True, slots=True)
class Check:
    """One check as its page states it; see the module for the keys."""

    code: str
    name: str
    family: Family
    severity: Severity
    since: str
    pointer: str
    when: str
    title: Text
    wrong: Text
    why: Text
    do: Text
    read: Text
    expected: Text
    ask: Text
    needs: Text
    clause: Clause | None
    clause_of: str
    applies: str
    lets: Mapping[str, str]
    locate: str
    yields: tuple[str, ...]
    trial: bool
    fairness: Fairness | None
    examples: tuple[Example, ...]

    @property
    def file(self) -> str:
        """The name of the page's file."""
        return f"{self.code}_{self.name}.toml"


class Checks(Mapping[str, Check]):
    """All checks by code, in the order of their codes."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        """Take the checks by code."""
        self._checks = dict(sorted(checks.items()))

    def __getitem__(self, code: str) -> Check:
        """The check of that code."""
        return self._checks[code]

    def __iter__(self) -> Iterator[str]:
        """The codes in order."""
        return iter(self._checks)

    def __len__(self) -> int:
        """How many checks there are."""
        return len(self._checks)

    @property
    def titles(self) -> Mapping[str, Text]:
        """The title of every check by its code."""
        return {code: check.title for code, check in self._checks.items()}

    @property
    def trials(self) -> tuple[str, ...]:
        """The codes of the checks on trial."""
        return tuple(code for code, check in self._checks.items() if check.trial)


def load_checks(texts: Mapping[str, str]) -> Checks:
    """The checks of the given pages, file name to TOML.

    Raises:
        PageRefusedError: a page is no TOML, lacks a part, has a part that is not of the format, or repeats a code or a
            name; the sentence names file and key.
    """
    checks: dict[str, Check] = {}
    names: dict[str, str] = {}
    for file in sorted(texts):
        check = load_check(file, texts[file])
        for key, taken in (("code", checks[check.code].file if check.code in checks else ""),
                           ("name", names.get(check.name, ""))):  # fmt: skip
            if taken:
                raise PageRefusedError(
                    file, key, f"与 {taken} 重复，请另取。", f"{taken} has it already; take another."
                )
        checks[check.code], names[check.name] = check, file
    for check in checks.values():
        for code in check.yields:
            if code not in checks:
                raise PageRefusedError(check.file, "yields", f"没有检查 {code}。", f"there is no check {code}.")
    return Checks(checks)


def load_check(file: str, text: str) -> Check:
    """One page as a check.

    Raises:
        PageRefusedError: as for `load_checks`.
    """
    page = _parsed(file, text)
    _check_keys(file, page)
    check = Check(
        code=page["code"].strip(),
        name=page["name"].strip(),
        family=page["family"],
        severity=page["severity"],
        since=page["since"],
        pointer=page["pointer"].strip(),
        when=page["when"].strip(),
        title=_text(file, page, "title"),
        wrong=_text(file, page, "wrong"),
        why=_text(file, page, "why"),
        do=_text(file, page, "do"),
        read=_text(file, page, "read"),
        expected=_text(file, page, "expected"),
        ask=_text(file, page, "ask"),
        needs=_text(file, page, "needs"),
        clause=_clause(file, page),
        clause_of=page.get("clause_of", ""),
        applies=page.get("applies", "").strip(),
        lets=page.get("let", {}),
        locate=page.get("locate", ""),
        yields=tuple(page.get("yields", ())),
        trial=_trial(file, page),
        fairness=fairness_of(file, page),
        examples=(*_examples(file, page, "fires"), *_examples(file, page, "silent")),
    )
    _check_words(file, check)
    return check


def _parsed(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        raise PageRefusedError(file, "", f"不是有效的 TOML（{fault}）。", f"this is no TOML ({fault}).") from fault


def _check_keys(file: str, page: dict[str, Any]) -> None:
    for key in (*_WORDS, *_TEXTS):
        if not page.get(key):
            raise missing(file, key)
    for key in _WORDS:
        if not isinstance(page[key], str):
            raise PageRefusedError(file, key, "应为文字。", "a text is expected.")
    known = {*_WORDS, *_TEXTS, *_MORE}
    for key in page:
        if key not in known:
            raise PageRefusedError(
                file,
                key,
                f"没有这一项；可用：{'、'.join(sorted(known))}。",
                f"no such key; known: {', '.join(sorted(known))}.",
            )


def _text(file: str, page: dict[str, Any], key: str) -> Text:
    for language in ("zh", "en"):
        words = page[key].get(language) if isinstance(page[key], dict) else None
        if not isinstance(words, str) or not words.strip():
            raise missing(file, f"{key}.{language}")
        if _MARKUP.search(words):
            raise PageRefusedError(file, f"{key}.{language}", "请去掉标记符号。", "take the markup out.")
    return Text(page[key]["zh"].strip(), page[key]["en"].strip())


def _clause(file: str, page: dict[str, Any]) -> Clause | None:
    if "clause" in page and "clause_of" in page:
        zh, en = "已有 clause，两者只写其一。", "there is a clause already; write one of the two."
        raise PageRefusedError(file, "clause_of", zh, en)
    if "clause" not in page:
        if page["family"] == "clause" and not page.get("clause_of"):
            raise missing(file, "clause")
        return None
    for key in ("document", "article", "evidence"):
        if not page["clause"].get(key):
            raise missing(file, f"clause.{key}")
    try:
        return msgspec.convert(page["clause"], Clause)
    except msgspec.ValidationError as fault:
        raise PageRefusedError(file, "clause", f"格式不符（{fault}）。", f"not of the format ({fault}).") from fault


def _trial(file: str, page: dict[str, Any]) -> bool:
    trial = page.get("trial", False)
    if not isinstance(trial, bool):
        raise PageRefusedError(file, "trial", "应为 true 或 false。", "true or false is expected.")
    return trial or (page["family"] == "doubt" and "fairness" not in page)


def _check_words(file: str, check: Check) -> None:
    if check.file != file:
        raise PageRefusedError(file, "code", f"文件名应为 {check.file}。", f"the file must be named {check.file}.")
    if not CODE.fullmatch(check.code) or not _NAME.fullmatch(check.name):
        raise PageRefusedError(
            file, "code", "编号应为 JX 加三位数，名称用小写字母。", "a code is JX and three digits, a name lower case."
        )
    _one_of(file, "family", check.family, get_args(Family))
    _one_of(file, "severity", check.severity, get_args(Severity))
    if (check.family == "arithmetic") is not check.code.startswith("JX1"):
        raise PageRefusedError(
            file, "family", "JX1 开头的编号属于且仅属于 arithmetic。", "codes JX1… are arithmetic, and only they."
        )
    if check.locate:
        _one_of(file, "locate", check.locate, tuple(LOCATORS))


def _one_of(file: str, key: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise PageRefusedError(
            file, key, f"“{value}”不在取值之列：{'、'.join(known)}。", f"{value!r} is none of: {', '.join(known)}."
        )


def _examples(file: str, page: dict[str, Any], kind: str) -> tuple[Example, ...]:
    examples = page.get(kind, ())
    if len(examples) < _LEAST_EXAMPLES:
        raise PageRefusedError(
            file,
            kind,
            f"至少要两个示例，现有 {len(examples)} 个。",
            f"two examples are the least; there are {len(examples)}.",
        )
    return tuple(_example(file, f"{kind}.{number}", dict(raw)) for number, raw in enumerate(examples))


def _attached(pointers: tuple[str, ...] | None) -> Attached | None:
    return None if pointers is None else Attached(tuple(Item(pointer, "样例.pdf") for pointer in pointers))


def _example(file: str, key: str, raw: dict[str, Any]) -> Example:
    at = raw.pop("at", ())
    pointers = (at,) if isinstance(at, str) else tuple(at)
    fires = key.startswith("fires")
    if fires and not pointers:
        raise missing(file, f"{key}.at")
    if pointers and not fires:
        raise PageRefusedError(file, f"{key}.at", "静默的示例没有指向。", "a silent example points nowhere.")
    unknown = sorted(set(raw) - KEYS - _SETTING)
    if unknown:
        zh, en = f"没有这一项；可用：{'、'.join(sorted(KEYS))}。", f"no such key; known: {', '.join(sorted(KEYS))}."
        raise PageRefusedError(file, f"{key}.{unknown[0]}", zh, en)
    given = {setting: raw.pop(setting) for setting in _SETTING if setting in raw}
    return Example(
        key=key,
        at=pointers,
        differs=raw,
        before=given.get("last_year"),
        approved=given.get("approved"),
        peers=tuple(given["peers"]) if "peers" in given else None,
        evidence=tuple(given["evidence"]) if "evidence" in given else None,
        book=given.get("book", "cn"),
        values=given.get("values", {}),
        profiles=tuple(given.get("profiles", ())),
        caps=tuple(given.get("caps", ())),
    )
