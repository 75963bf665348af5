"""What is kept of a reviewed form for the reports of a folder: who, how much, what was claimed, what was asked."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Final

from msgspec import Struct

from jixiao.form import Form, Money, encode, to_wire
from jixiao.form.values import is_money_unit
from jixiao.review.lookup import row_of
from jixiao.review.verdict import Finding, Review
from jixiao.review.wording import squeeze
from jixiao.scoring.sheet import ScoreSheet

_WHOLE: Final = Decimal(1)


class FormKey(Struct, frozen=True, order=True):
    """Which form it is, whatever file it stands in: year, unit, project code where one is printed, project name."""

    year: int
    unit: str
    code: str
    project: str


class Amounts(Struct, frozen=True):
    """The total row of the funds in 元; `None` where nothing is printed or the unit is not known."""

    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None

    @property
    def greatest(self) -> Decimal:
        """The greatest of the three; 0 where there is none."""
        return max(
            (amount for amount in (self.initial, self.adjusted, self.executed) if amount is not None),
            default=Decimal(0),
        )


class Brief(Struct, frozen=True):
    """A reviewed form in brief.

    Attributes:
        file: the file as the caller named it.
        number: which form of the file, from 0.
        digest: SHA-256 of its content, places left out: the same form in another file has the same.
        key: which form it is.
        department: 主管部门.
        money: the total row of the funds, in 元.
        claimed, computed, low: the totals of the score sheet.
        claimed_grade, grade: as printed, and recomputed.
        asked: code of a check → how many findings are open.
        waived: code of a check → how many findings are waived.
        undecided: how many checks could not decide.
        points: the points of the rows in which a finding is open.
        trust: the lowest confidence of a place; 1 where no place is given.
        unread: how many fields could not be read.
        exact: in how many lines the actual value equals its bound to the digit.
        compared: in how many lines both are numbers.
        rulebook: id and day of the book.
    """

    file: str
    number: int
    digest: str
    key: FormKey
    department: str
    money: Amounts
    claimed: Decimal | None
    computed: Decimal | None
    low: Decimal | None
    claimed_grade: str
    grade: str
    asked: dict[str, int]
    waived: dict[str, int]
    undecided: int
    points: Decimal
    trust: Decimal
    unread: int
    exact: int
    compared: int
    rulebook: str

    @property
    def identity(self) -> tuple[str, str, int]:
        """What no two forms of a run have in common."""
        return self.digest, self.file, self.number


def brief_of(
    form: Form,
    sheet: ScoreSheet,
    review: Review,
    *,
    source: tuple[str, int],
    stamps: "Stamps",
    waived: Iterable[Finding],
) -> Brief:
    """A form in brief.

    Args:
        form: the form.
        sheet: its score sheet.
        review: its findings, waived or not.
        source: the file it stands in, and which form of it, from 0.
        stamps: digests of what the form says.
        waived: those of the findings that are waived.
    """
    let_go = {id(finding) for finding in waived}
    open_ones = [finding for finding in review.findings if id(finding) not in let_go]
    exact = [
        line.actual.value == line.target.number
        for line in form.indicators
        if _both(line.actual.value, line.target.number)
    ]
    return Brief(
        file=source[0],
        number=source[1],
        digest=stamps.whole,
        key=key_of(form),
        department=form.department,
        money=amounts_of(form),
        claimed=sheet.claimed_score,
        computed=sheet.score,
        low=sheet.low,
        claimed_grade=sheet.claimed_grade or "",
        grade=sheet.grade or "",
        asked=dict(Counter(finding.code for finding in open_ones)),
        waived=dict(Counter(finding.code for finding in review.findings if id(finding) in let_go)),
        undecided=len(review.undecided),
        points=points_at_stake(form, open_ones),
        trust=min((place.confidence for places in form.places.values() for place in places), default=_WHOLE),
        unread=sum(not problem.is_of_the_file for problem in form.problems),
        exact=sum(exact),
        compared=len(exact),
        rulebook=f"{sheet.rulebook} {sheet.on}",
    )  # fmt: skip


def key_of(form: Form) -> FormKey:
    """Which form it is, its texts folded and without white space."""
    code = squeeze(form.project.code or "")
    return FormKey(form.fiscal_year or 0, squeeze(form.unit or form.department), code, squeeze(form.project.name))


def amounts_of(form: Form) -> Amounts:
    """The total row of the funds in 元; nothing where the form names no unit of money."""
    unit = form.currency_unit or ""
    if not is_money_unit(unit):
        return Amounts()
    row = form.funds.total
    return Amounts(
        *(None if held is None else Money(held, unit).yuan for held in (row.initial, row.adjusted, row.executed))
    )


class Stamps:
    """Digests of what a form says: of the whole, and of what is printed in one row."""

    def __init__(self, form: Form) -> None:
        """Lay out the form as the contract prints it; where it was read, and from which file, does not count."""
        self._wire = to_wire(form)
        del self._wire["places"]
        self.whole = _sha256(self._wire)

    def of(self, pointer: str) -> str:
        """Sixteen hex digits of the SHA-256 of the printed row that a pointer stands in, as compact JSON.

        The row of the total funds holds the execution, too; a pointer to the form as a whole stands for all of it.
        """
        row = row_of(pointer)
        if not row:
            return self.whole[:16]
        held = self._at(row)
        return _sha256([held, self._wire["execution"]] if row == "/funds/total" else held)[:16]

    def _at(self, pointer: str) -> object:
        value: object = self._wire
        for step in pointer.split("/")[1:]:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list):
                value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
            else:
                return None
        return value


def _sha256(value: object) -> str:
    return sha256(encode(value)).hexdigest()


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """The sum to the last digit, however many there are."""
    held = list(amounts)
    digits = max((-exponent for amount in held if isinstance(exponent := amount.as_tuple().exponent, int)), default=0)
    digits = max(digits, 0)
    whole = int(sum(map(Fraction, held), Fraction(0)) * 10**digits)
    return Decimal((whole < 0, tuple(map(int, str(abs(whole)))), -digits))


def points_at_stake(form: Form, findings: Iterable[Finding]) -> Decimal:
    """The points of the indicator rows, and of the execution row, that findings are about, each once."""
    rows = {row_of(finding.pointer) for finding in findings}
    points = [line.weight for at, line in enumerate(form.indicators) if f"/indicators/{at}" in rows]
    points += [form.execution.weight] if "/funds/total" in rows else []
    return exact_sum(point for point in points if point is not None)


def _both(*values: object) -> bool:
    return None not in values
