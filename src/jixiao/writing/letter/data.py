"""What stands in a letter or a report: every number and name that its text will hold is a field here, in digits.

Amounts, points and rates are digit strings as they are printed, so that text and data cannot differ.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from jixiao.form import plain
from jixiao.review.verdict import Family, Severity
from jixiao.scoring.sheet import Evidence, Text

_WAN_DIGITS = 4
_CENTS = 2
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Day(Struct, frozen=True):
    """A day: ISO, and in words."""

    iso: str
    text: Text


def day_of(day: date) -> Day:
    """A day in both languages: 2025年6月1日, 1 June 2025."""
    zh = f"{day.year}年{day.month}月{day.day}日"
    return Day(day.isoformat(), Text(zh, f"{day.day} {_MONTHS[day.month - 1]} {day.year}"))


class Amount(Struct, frozen=True):
    """An amount of money in 元 and, as letters print it, in 万元; both exact."""

    yuan: str
    wan: str


def amount_of(yuan: Decimal | None) -> Amount | None:
    """An amount of 元; in 万元 it has at least two decimals, and as many more as it needs."""
    if yuan is None:
        return None
    sign, digits, exponent = yuan.as_tuple()
    places = exponent if isinstance(exponent, int) else 0
    whole, _, part = plain(Decimal((sign, digits, places - _WAN_DIGITS))).partition(".")
    return Amount(plain(yuan), f"{whole}.{part.rstrip('0').ljust(_CENTS, '0')}")


class Money(Struct, frozen=True):
    """年初预算数, 全年预算数, 全年执行数 of the total row; `None` where none is printed in a known unit."""

    initial_amount: Amount | None
    adjusted_amount: Amount | None
    executed_amount: Amount | None

    @property
    def columns(self) -> dict[str, Amount | None]:
        """The three by the name of their column, in the order of print."""
        return {"initial": self.initial_amount, "adjusted": self.adjusted_amount, "executed": self.executed_amount}


def money_of(amounts: Iterable[Decimal | None]) -> Money:
    """The three amounts of 元."""
    return Money(*map(amount_of, amounts))


class Sending(Struct, frozen=True):
    """What the sender says of a letter or a report; what is `None` or empty stands as a blank to be filled in.

    Attributes:
        day: of the letter.
        number: 发文字号.
        sender: who sends it.
        reply_by: until when an answer is asked for.
    """

    day: date
    number: str = ""
    sender: str = ""
    reply_by: date | None = None


class Source(Struct, frozen=True):
    """The clause that a finding rests on, and how well it is evidenced."""

    document: str
    article: str
    evidence: Evidence
    mark: Text


class Item(Struct, frozen=True):
    """One finding to be answered.

    Attributes:
        id: "3.2": the second of the third form.
        code, title: of the check.
        family: arithmetic is to be corrected, clause departs from a rule, doubt is asked.
        severity: of the check.
        pointer: JSON pointer of the field.
        field: what people call it.
        where: where it stands in the source.
        read, expected, ask: what was read, what was expected, what is asked.
        clause: what it rests on; `None` for none.
        trial: whether its check is on trial.
    """

    id: str
    code: str
    title: Text
    family: Family
    severity: Severity
    pointer: str
    field: Text
    where: Text
    read: Text
    expected: Text
    ask: Text
    clause: Source | None
    trial: bool


class Waived(Struct, frozen=True):
    """A finding that a person has explained: its check, its field, who explained it, and why."""

    code: str
    title: Text
    field: Text
    who: str
    reason: str


class Unread(Struct, frozen=True):
    """A field that could not be read, and why; its id goes on where the findings of its form end."""

    id: str
    field: Text
    message: str


class Needed(Struct, frozen=True):
    """What would decide checks that could not: the codes of the checks, and what they need."""

    codes: tuple[str, ...]
    needs: Text


class Differing(Struct, frozen=True):
    """A line whose claimed score is not the recomputed one; digits as printed, `None` where there is none."""

    field: Text
    claimed: str | None
    computed: str | None
    low: str | None


class Tally(Struct, frozen=True):
    """How many findings of each family a form has to answer, and how many fields of it could not be read."""

    correct: int
    departs: int
    ask: int
    unread: int

    @property
    def columns(self) -> tuple[int, int, int, int]:
        """The four in the order of print."""
        return self.correct, self.departs, self.ask, self.unread


class LetterForm(Struct, frozen=True):
    """One form of a letter.

    Attributes:
        number: in the letter, from 1.
        file, place: the file and which form of it, from 1.
        title, project, code, unit, department, year: as the form prints them; year 0 for none.
        money: of its total row.
        claimed, computed, low: total claimed, recomputed, and with qualitative lines at the lower end of their band.
        claimed_grade, grade: as printed, and recomputed.
        supported: the total that attached evidence bears out, in words.
        rulebook, rulebook_id, why: the book it was scored under, id and day, and why that one.
        differing: lines that do not agree with their claim.
        correct, departs, ask: findings of arithmetic, clause, doubt; never mixed.
        waived: findings that a waiver lets go.
        unread: fields that could not be read.
        needed: what checks that could not decide would need.
        remarks: what else must be said of it.
        tally: how many of what.
    """

    number: int
    file: str
    place: int
    title: str
    project: str
    code: str
    unit: str
    department: str
    year: int
    money: Money
    claimed: str | None
    computed: str | None
    low: str | None
    claimed_grade: str
    grade: str
    supported: Text | None
    rulebook: Text
    rulebook_id: str
    why: Text
    differing: tuple[Differing, ...]
    correct: tuple[Item, ...]
    departs: tuple[Item, ...]
    ask: tuple[Item, ...]
    waived: tuple[Waived, ...]
    unread: tuple[Unread, ...]
    needed: tuple[Needed, ...]
    remarks: tuple[Text, ...]
    tally: Tally

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is to be answered, the certain first."""
        return (*self.correct, *self.departs, *self.ask)


class At(Struct, frozen=True):
    """The findings of one check in one form: number and project of the form, ids of the findings."""

    form: int
    project: str
    ids: tuple[str, ...]


class Group(Struct, frozen=True):
    """The findings of one check in all forms.

    Attributes:
        number: among the groups of its family, from 1.
        code, title: of the check.
        count: how many findings.
        forms: in how many forms.
        at: form by form.
    """

    number: int
    code: str
    title: Text
    count: int
    forms: int
    at: tuple[At, ...]


class Counts(Struct, frozen=True):
    """How many there are.

    Attributes:
        forms: of all.
        clear: forms with nothing to answer.
        items, correct, departs, ask: findings to answer, in all and by family.
        waived: findings let go.
        unread: fields that could not be read.
        undecided: checks that could not decide.
        agree, differ, open: forms whose claimed and recomputed totals are equal, differ, or of which one is missing.
        without_money: forms without an amount of the whole year in a known unit.
        recalled: findings to answer whose clause is known by heart only, its text not seen.
        files_unread: files, or forms of files, that could not be read.
    """

    forms: int
    clear: int
    items: int
    correct: int
    departs: int
    ask: int
    waived: int
    unread: int
    undecided: int
    agree: int
    differ: int
    open: int
    without_money: int
    recalled: int
    files_unread: int


class Means(Struct, frozen=True):
    """Means of claimed, recomputed and low totals, rounded half up to hundredths; `None` of nothing."""

    claimed: str | None
    computed: str | None
    low: str | None


class Lacking(Struct, frozen=True):
    """A document that would decide what is open: for how many answers of checks, in how many forms."""

    number: int
    needs: Text
    checks: int
    forms: int


class Book(Struct, frozen=True):
    """A rulebook that forms were scored under: name, id and day, how many forms."""

    title: Text
    id: str
    forms: int


class Attachment(Struct, frozen=True):
    """An attachment: its number and title."""

    number: int
    title: Text


class FileFault(Struct, frozen=True):
    """A file, or a form of it, that could not be read: why, and what to do."""

    file: str
    message: Text
    advice: Text
