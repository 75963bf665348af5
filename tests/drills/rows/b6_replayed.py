"""B6: every form the test suite has is sealed, and worked out anew from the seal to the same bytes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, count, groupby, islice
from pathlib import Path
from typing import Final

from drills.row import Drill, Outcome, Row
from fairness.labelled_set import labelled_forms
from jixiao.desk.library import shelf
from jixiao.desk.reviewing import review_files, review_form
from jixiao.desk.sealing import sealed, verify_sealed
from jixiao.form import Form
from jixiao.journal.words import Unreadable
from jixiao.writing.report import FileReport
from journal.logs import KEY, dice_of
from oracle.adversary import form_number
from oracle.right_forms import right_form
from oracle.truth import truth_forms
from rulebook.golden_forms import form_of

HOUSE: Final = Path(__file__).resolve().parents[3]
DOCUMENTS: Final = (
    HOUSE / "examples" / "shanghai-2024.txt",
    *sorted((HOUSE / "tests" / "data").glob("forms7.*")),
    *sorted((HOUSE / "tests" / "data" / "published").glob("*.pdf")),
)
"""Documents in the repository that are read in a moment; scans are not."""
_TOGETHER: Final = 25
_EACH: Final = 8
"""A byte is changed in every eighth seal."""
_AT: Final = datetime(2026, 11, 27, tzinfo=UTC)
Case = tuple[str | None, Form]


def run(drill: Drill) -> Outcome:
    """Seal as many forms as asked for, and verify each seal; change one byte of every eighth, which must be named."""
    faults: list[str] = []
    done, flips = 0, 0
    books: set[str] = set()
    for number, (rulebook, forms) in enumerate(_batches(drill)):
        reports = tuple(review_form(form, rulebook=rulebook) for form in forms)
        books |= {report.sheet.rulebook for report in reports}
        data = sealed(FileReport("forms.json", "", None, reports), KEY, override=rulebook, at=_AT)
        verdict = verify_sealed(data, "seal", [KEY.public])
        faults += [f"batch {number}: {fault.text('en')}" for fault in verdict.faults[:2]]
        done += verdict.forms
        if number % _EACH == 0:
            flips += 1
            faults += _flipped(data, f"{drill.seed} {number}")
    told = (
        f"{done:,} forms under {len(books)} rulebooks, byte-equal",
        f"{flips} changed bytes, each named by its line",
    )
    return Outcome(done, tuple(faults), told)


def _flipped(data: bytes, seed: str) -> Iterator[str]:
    """What was not seen of one bit changed somewhere in a seal."""
    dice = dice_of(seed)
    at = dice.randrange(len(data))
    changed = bytearray(data)
    changed[at] ^= 1 << dice.randrange(8)
    line = data.count(b"\n", 0, at) + 1
    try:
        faults = verify_sealed(bytes(changed), "seal", [KEY.public]).faults
    except Unreadable:
        faults = []
    told = {fault.line for fault in faults}
    if line not in told:
        yield f"seed {seed}: byte {at} on line {line} changed, told were lines {sorted(told)}"


def _batches(drill: Drill) -> Iterator[tuple[str | None, list[Form]]]:
    """Forms to be sealed together: neighbours under the same rulebook, at most twenty-five."""
    for rulebook, cases in groupby(islice(_cases(drill.seed), drill.count), key=lambda case: case[0]):
        forms = (form for _, form in cases)
        while together := list(islice(forms, _TOGETHER)):
            yield rulebook, together


def _cases(seed: int) -> Iterator[Case]:
    """Every form there is, then generated ones without end; a rulebook where it is not to be recognised."""
    yield from ((None, form) for form in chain(truth_forms(), _golden(), _read(), _labelled()))
    names = shelf().ids()
    for number in count():
        yield from ((name, form_number(number * 5 + at, seed)) for name in names for at in range(4))
        yield from ((None, right_form(number * 10 + at)) for at in range(4))


def _golden() -> Iterator[Form]:
    """The golden cases of every rulebook."""
    for name in shelf().ids():
        for day in shelf().versions(name):
            yield from map(form_of, shelf().on(name, day).golden)


def _read() -> Iterator[Form]:
    """The forms of the documents in the repository."""
    for file in review_files(DOCUMENTS):
        yield from (report.form for report in file.forms)


def _labelled() -> Iterator[Form]:
    """The forms that fairness is measured on."""
    yield from (each.form for each in labelled_forms())


ROW = Row(
    id="B6", zh="测试中的每一张表封存之后，按封存的规则集重算，得分与疑点逐字节相同",
    en="every form of the test suite is sealed and replayed with its own book: scores and findings byte-equal",
    ci=2_300, full=100_000, unit="forms", run=run,
)  # fmt: skip
