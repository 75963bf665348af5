"""The rule lab 规则试算 at the desk: read forms, and score each under the rules in force and under changed ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from jixiao.desk.errors import WrongUse
from jixiao.desk.library import checks, known_rulebook, reviewer, shelf
from jixiao.desk.reviewing import stream_files
from jixiao.form import Form, plain
from jixiao.reading import DEFAULT_LIMITS, Limits
from jixiao.review.context import NOTHING, Context
from jixiao.review.whatif import Move, Outcome, Shift, outcome_of, shift_of
from jixiao.rulebook import Book, RulebookError, Scalar
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FileReport, FileStream
from jixiao.writing.whatif.report import Change, WhatIfReport

_WORDS: Mapping[str, bool] = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


class Scenario(Struct, frozen=True):
    """The change that is tried.

    Attributes:
        rulebook: id of the book that scores every form instead of its own; `None` leaves each form its own.
        values: parameters changed on top, by name.
        baseline: id of the book that stands for "in force"; `None` recognises the place and the year.
    """

    rulebook: str | None = None
    values: Mapping[str, Scalar] = {}
    baseline: str | None = None


def scenario_of(
    rulebook: str | None, base: str | None, settings: Iterable[str], baseline: str | None = None
) -> Scenario:
    """The scenario that a command line describes.

    Args:
        rulebook: id of the other book.
        base: "initial" or "adjusted", the budget over which execution is computed.
        settings: parameters, such as "over_completion=120".
        baseline: id of the book to compare with.

    Raises:
        WrongUse: nothing is changed, there is no such book, or a setting is not NAME=VALUE of the book.
    """
    values = dict(_setting(text) for text in settings)
    if base is not None:
        values["execution_base"] = base
    if rulebook is None and not values:
        zh = "没有要试的改动。请给出 --rulebook、--base 或 --set 中的至少一项。"
        raise WrongUse(zh, "There is nothing to try. Give at least one of --rulebook, --base and --set.")
    for identifier in filter(None, (rulebook, baseline)):
        known_rulebook(identifier)
    scenario = Scenario(rulebook, values, baseline)
    changed(_book(Form(), rulebook or baseline), values)
    return scenario


def try_rules(
    paths: Iterable[Path], scenario: Scenario, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[FileStream[Move], tuple[Move, ...]]]:
    """Read every file and score its forms twice; a file that cannot be read comes with no moves.

    Raises:
        WrongUse: a parameter of the scenario is none of the book that a form falls under.
    """
    for result in stream_files(paths, partial(_move, scenario=scenario), limits=limits):
        moves = tuple(result.forms)
        numbers = result.numbers or range(len(moves))
        numbered = zip(numbers, moves, strict=True)
        yield result, tuple(replace(move, file=result.file, number=number + 1) for number, move in numbered)


def whatif_report(
    results: Iterable[tuple[FileStream[Move], tuple[Move, ...]]], scenario: Scenario, program: str
) -> WhatIfReport:
    """The moves of all files put together, with the scenario in words."""
    moves: list[Move] = []
    unread: list[FileReport] = []
    for result, found in results:
        moves += found
        if result.error is not None:
            unread.append(FileReport(result.file, result.sha256, result.error))
    return moved_report(moves, scenario, program, unread)


def try_form(form: Form, scenario: Scenario, file: str, context: Context = NOTHING) -> Move:
    """One form under the rules in force and under the scenario's.

    Args:
        form: the form.
        scenario: the change that is tried.
        file: what the form is called in the report.
        context: what is known beside the form.

    Raises:
        WrongUse: a parameter of the scenario is none of the book that the form falls under.
    """
    return replace(_moved(form, context, scenario), file=file, number=1)


def moved_report(
    moves: Sequence[Move], scenario: Scenario, program: str, unread: Sequence[FileReport] = ()
) -> WhatIfReport:
    """Moves put together, with the scenario in words."""
    met = dict.fromkeys(outcome.rulebook for move in moves for outcome in (move.before, move.after))
    return told_report(shift_of(moves), met, scenario, program, unread)


def told_report(
    shift: Shift, met: Iterable[str], scenario: Scenario, program: str, unread: Sequence[FileReport] = ()
) -> WhatIfReport:
    """What moves, with the scenario in words.

    Args:
        shift: what moves.
        met: ids of the books that forms fell under.
        scenario: the change.
        program: the program's version.
        unread: files that could not be read.
    """
    books = [_newest(identifier) for identifier in met] or [_book(Form(), scenario.rulebook)]
    return WhatIfReport(
        program=program,
        baseline=_named(scenario.baseline, _EACH_OWN),
        scenario=_named(scenario.rulebook, _named(scenario.baseline, _EACH_OWN)),
        changes=tuple(_change(name, value, books) for name, value in scenario.values.items()),
        shift=shift,
        titles=checks().titles,
        grades=tuple(dict.fromkeys(grade.name for book in books for grade in book.grades)),
        unread=tuple(unread),
    )


_EACH_OWN = Text("每张表所在地、当年的规则集", "each form's own rulebook, by place and year")


def _named(identifier: str | None, otherwise: Text) -> Text:
    if identifier is None:
        return otherwise
    book = _newest(identifier)
    return Text(f"{book.zh}（{identifier}）", f"{book.en} ({identifier})")


def _newest(identifier: str) -> Book:
    return shelf().on(identifier, max(shelf().versions(identifier)))


def _change(name: str, value: Scalar, books: Sequence[Book]) -> Change:
    """A parameter with its values in the books that were met, and the one that is tried."""
    known = books[-1].values[name]
    before = dict.fromkeys(_shown(book.values[name].value) for book in books)
    return Change(Text(known.zh, known.en), " / ".join(before), _shown(value))


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return plain(value) if isinstance(value, Decimal) else value


def _move(form: Form, _context: Context = NOTHING, *, scenario: Scenario) -> Move:
    """One form of a file, as a worker of the stream makes it."""
    return _moved(form, NOTHING, scenario)


def _moved(form: Form, context: Context, scenario: Scenario) -> Move:
    before = _book(form, scenario.baseline)
    after = before if scenario.rulebook is None else _book(form, scenario.rulebook)
    return Move(
        file="",
        number=0,
        unit=form.unit or form.department,
        project=form.project.name,
        claimed_score=form.total.score,
        claimed_grade=form.grade,
        before=_outcome(form, before, context),
        after=_outcome(form, changed(after, scenario.values), context),
    )


def _book(form: Form, override: str | None) -> Book:
    choice = shelf().choose(
        title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year, override=override
    )
    return choice.book


def _outcome(form: Form, book: Book, context: Context) -> Outcome:
    return outcome_of(*reviewer(book).review(form, context))


_made_books: dict[tuple[str, str, tuple[tuple[str, Scalar], ...]], Book] = {}


def changed(book: Book, values: Mapping[str, Scalar]) -> Book:
    """A book with other values of some parameters, the same object for the same question.

    Raises:
        WrongUse: a parameter is none of the book, or the value is not one it may have.
    """
    key = (book.id, book.on, tuple(values.items()))
    if key not in _made_books:
        try:
            _made_books[key] = book.with_values(values) if values else book
        except RulebookError as error:
            name = error.key.removeprefix("values.")
            raise WrongUse(f"{name}：{error.zh}", f"{name}: {error.en}") from error
    return _made_books[key]


def _setting(text: str) -> tuple[str, Scalar]:
    name, sign, value = (part.strip() for part in text.partition("="))
    if not (name and sign and value):
        zh = f"“{text}”不是参数设置。请写成“名称=值”，如 over_completion=120。"
        raise WrongUse(zh, f"{text!r} sets no parameter. Write NAME=VALUE, like over_completion=120.")
    return name, _scalar(value)


def _scalar(value: str) -> Scalar:
    if value.lower() in _WORDS:
        return _WORDS[value.lower()]
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value
