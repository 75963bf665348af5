"""A compiled review: every check of a form answered in the pass that scores it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cache, lru_cache
from operator import is_
from typing import Literal, Self

from jixiao.form import Form
from jixiao.language import Named, Result, Verdict
from jixiao.review.compiled import APPLIES, compile_checks
from jixiao.review.context import NOTHING, Context
from jixiao.review.features import demanded, form_features, indicator_features
from jixiao.review.lexicon import Lexicons
from jixiao.review.locate import LOCATORS
from jixiao.review.lookup import places_of, row_of
from jixiao.review.message import Facts, fill, names_in
from jixiao.review.page import Check, Checks
from jixiao.review.verdict import Family, Finding, Review, Undecided
from jixiao.rulebook import SCHEMA, Book
from jixiao.scoring import Features, ScoreSheet, Text

Fired = tuple[Check, int | None, str]
"""A check that fired, the line it fired on, and the pointer of the cell."""

Answer = Literal["pass", "finding", "not applicable", "cannot decide"]


class Reviewer:
    """Scores and questions forms under one book. Make it once, use it for many forms.

    Attributes:
        asked: the checks that a review asks.
        names: check code → name on its page → name in the program, of the page's own named values.
    """

    def __init__(self, book: Book, checks: Checks, lexicons: Lexicons, *, trial: bool = False) -> None:
        """Compile the checks with the book.

        Args:
            book: the rulebook in force.
            checks: all checks; those on trial are compiled, too.
            lexicons: the words that features look for.
            trial: whether a review asks what checks on trial ask, too.

        Raises:
            PageRefusedError: a check's text or message does not fit the language, the columns or the book.
        """
        compiled = compile_checks(book, checks)
        self.scorer = compiled.scorer
        self.checks = checks
        self.asked = tuple(check for check in checks.values() if trial or not check.trial)
        self.names = compiled.names
        self._panel = self.scorer.closure.panel(check.code for check in self.asked)
        self._reads = compiled.reads
        self.clauses = compiled.clauses
        self._lexicons = lexicons
        self._demanded = demanded(book)
        self._kept: tuple[tuple[object, ...], Features] | None = None
        self._told_by_row = {code for code, check in checks.items() if names_in(check.needs)}
        self._parameters = {name: value.value for name, value in book.values.items()}

    def family(self, check: Check) -> Family:
        """The family that a finding of a check is told in: a rule that was not in force yet only gives a doubt."""
        return check.family if check.family != "clause" or self.scorer.book.in_force else "doubt"

    def dated(self, book: Book) -> Self:
        """The same review under a book that differs in nothing but the day it was resolved for."""
        twin = copy(self)
        twin.scorer = copy(self.scorer)
        twin.scorer.book = book
        return twin

    def review(self, form: Form, context: Context = NOTHING) -> tuple[ScoreSheet, Review]:
        """The score sheet of a form, and what is to be asked about it.

        Args:
            form: the form.
            context: what is known beside it; a check that needs what is not given cannot decide.
        """
        return self.reviewed(form, self.features(form, context), context)

    def reviewed(self, form: Form, features: Features, context: Context = NOTHING) -> tuple[ScoreSheet, Review]:
        """The same for a form whose feature columns are known.

        Args:
            form: the form.
            features: what `features` gives for this form and context.
            context: what is known beside it.
        """
        sheet, result = self.scorer.run(form, features, context.evidence)
        return sheet, self.questions(form, features, result, lambda: sheet)

    def questions(self, form: Form, features: Features, result: Result, sheet: Callable[[], ScoreSheet]) -> Review:
        """What is to be asked about a form whose result is known.

        Args:
            form: the form.
            features: what `features` gives for it.
            result: what the scorer's program says of its cells.
            sheet: gives the score sheet, for the few findings that look for their cell in it.
        """
        fired: list[Fired] = []
        undecided: list[Undecided] = []
        subject = _Subject(self, form, cache(sheet), result, features)
        for at in self._panel.open(result):
            check = self.asked[at]
            answers = self._open_answers(check, result)
            for row, answer in answers:
                if answer == "finding":
                    fired += subject.fired(check, row)
            open_rows = [row for row, answer in answers if answer == "cannot decide"]
            if open_rows and check.code in self._told_by_row:
                undecided += (subject.undecided(check, row) for row in open_rows)
            elif open_rows:
                undecided.append(self._undecided(check, result, open_rows))
        asked = tuple(subject.finding(*one) for one in _without_doubles(fired))
        return Review(asked, tuple(undecided))

    def features(self, form: Form, context: Context = NOTHING) -> Features:
        """The feature columns of a form; those of the last one are kept, for whoever reviews it asks for them, too."""
        asked = (form, context.last_year, context.approved, context.peers)
        kept = self._kept
        if kept is not None and all(map(is_, kept[0], asked)):
            return kept[1]
        made = self._features(form, context)
        self._kept = (asked, made)
        return made

    def _features(self, form: Form, context: Context) -> Features:
        cells = form_features(form, self._lexicons, context) | self._demanded
        return Features(cells, indicator_features(form, self._lexicons, context))

    def answers(self, form: Form, context: Context = NOTHING) -> Mapping[str, tuple[Answer, ...]]:
        """What every check answers: one answer for a check on the form, one an indicator for a check on indicators.

        Checks on trial answer here, whether they are asked or not.
        """
        result = self.scorer.evaluate(form, self.features(form, context), context.evidence)
        return {
            code: tuple(answer for _, answer in self._answers(check, result)) for code, check in self.checks.items()
        }

    def finds(self, code: str, result: Result) -> bool:
        """Whether a check answers with a finding, on the form or on any line, in a result of this reviewer's scorer.

        Raises:
            KeyError: there is no such check.
        """
        return any(answer == "finding" for _, answer in self._answers(self.checks[code], result))

    def _answers(self, check: Check, result: Result) -> Iterable[tuple[int | None, Answer]]:
        fires, applies = result.verdict(check.code), self._applies(check, result)
        if not isinstance(fires, list):
            return [(None, _answer(None if isinstance(applies, list) else applies, fires))]
        each = applies if isinstance(applies, list) else [applies] * len(fires)
        return [(row, _answer(*pair)) for row, pair in enumerate(zip(each, fires, strict=True))]

    def _open_answers(self, check: Check, result: Result) -> list[tuple[int | None, Answer]]:
        """The answers of a check without the lines where its condition is false."""
        fires, applies = result.verdict(check.code), self._applies(check, result)
        if not isinstance(fires, list):
            return [(None, _answer(None if isinstance(applies, list) else applies, fires))]
        each = applies if isinstance(applies, list) else [applies] * len(fires)
        return [(row, _answer(each[row], fire)) for row, fire in enumerate(fires) if fire is not False]

    def _applies(self, check: Check, result: Result) -> Verdict | list[Verdict]:
        return result.verdict(check.code + APPLIES) if check.applies else True

    def _undecided(self, check: Check, result: Result, rows: list[int | None]) -> Undecided:
        return _told(check.code, _pointer(check, rows[0]), _empty(result, rows, self._reads[check.code]), check.needs)

    def lets(self, check: Check, result: Result, row: int | None) -> "_Lets":
        """The named values that a message of a check may show."""
        return _Lets(self.names[check.code], result, row)

    @property
    def parameters(self) -> Mapping[str, object]:
        """The book's parameters by name."""
        return self._parameters


class _Subject:
    """One form with all that findings are made of."""

    def __init__(
        self, reviewer: Reviewer, form: Form, sheet: Callable[[], ScoreSheet], result: Result, features: Features
    ) -> None:
        self._reviewer = reviewer
        self._form, self._sheet, self._result, self._features = form, sheet, result, features

    def fired(self, check: Check, row: int | None) -> Iterator[Fired]:
        """Where one check fired: at its cell, or at each cell that its locator names."""
        pointers: tuple[str, ...] = ()
        if check.locate:
            pointers = LOCATORS[check.locate](self._form, self._sheet())
        return ((check, row, pointer) for pointer in pointers or (_pointer(check, row),))

    def finding(self, check: Check, row: int | None, pointer: str) -> Finding:
        """The finding of a check at a cell, its messages filled."""
        facts = self._facts(check, row, pointer)
        return Finding(
            code=check.code,
            name=check.name,
            family=self._reviewer.family(check),
            severity=check.severity,
            pointer=pointer,
            places=places_of(self._form, pointer),
            read=fill(check.read, facts),
            expected=fill(check.expected, facts),
            ask=fill(check.ask, facts),
            clause=self._reviewer.clauses[check.code],
            trial=check.trial,
        )

    def undecided(self, check: Check, row: int | None) -> Undecided:
        """One line that a check cannot decide, told with what is printed there."""
        pointer = _pointer(check, row)
        return Undecided(check.code, pointer, fill(check.needs, self._facts(check, row, pointer)))

    def _facts(self, check: Check, row: int | None, pointer: str) -> Facts:
        lets = self._reviewer.lets(check, self._result, row)
        return Facts(self._form, pointer, row, self._features, self._reviewer.parameters, lets)


class _Lets(Mapping[str, Named]):
    """Named values of a page under the names the page gives them, and those of the book."""

    def __init__(self, own: Mapping[str, str], result: Result, row: int | None) -> None:
        self._own = own
        self._values = result.form if row is None else result.rows[row]

    def __getitem__(self, name: str) -> Named:
        return self._values[self._own.get(name, name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _answer(applies: Verdict, fires: Verdict) -> Answer:
    if applies is False:
        return "not applicable"
    if fires is False:
        return "pass"
    return "finding" if applies and fires else "cannot decide"


def _empty(result: Result, rows: list[int | None], names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those of the columns that are empty: on the form, on one of the rows, or, for all rows, on any."""
    lines = result.rows_read
    looked_at = lines if None in rows else [lines[row] for row in rows if row is not None]
    of_form = (result.form_row,)
    return tuple(
        (namespace, column)
        for namespace, column in names
        if any(row[column] is None for row in (looked_at if namespace == "i" else of_form))
    )


def _pointer(check: Check, row: int | None) -> str:
    return check.pointer.replace("{k}", str(row or 0))


@lru_cache(maxsize=4096)
def _told(code: str, pointer: str, empty: tuple[tuple[str, str], ...], needs: Text) -> Undecided:
    """What a check needs: the names of the empty columns; the page's own words where something else is missing."""
    known = [column for namespace, name in empty if (column := SCHEMA.column(namespace, name))]
    if not known:
        return Undecided(code, pointer, needs)
    zh, en = ([getattr(column, language) for column in known] for language in ("zh", "en"))
    return Undecided(code, pointer, Text("、".join(dict.fromkeys(zh)), ", ".join(dict.fromkeys(en))))


def _without_doubles(fired: list[Fired]) -> Iterator[Fired]:
    """All but those that yield to another one in the same row of the form: one fault, one question."""
    rows = [row_of(pointer) for _, _, pointer in fired]
    asked = {(check.code, row) for (check, _, _), row in zip(fired, rows, strict=True)}
    for one, row in zip(fired, rows, strict=True):
        if not any((code, row) in asked for code in one[0].yields):
            yield one
