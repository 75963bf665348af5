"""The corrected copy of an original: made in a limited child, read back, given only where it is what it should be."""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Final

from msgspec import to_builtins
from msgspec.json import decode
from msgspec.structs import replace

from jixiao.desk.crafts import is_pdf
from jixiao.desk.originals import changed_original, with_room
from jixiao.form import Form
from jixiao.reading import Limits, Unreadable, label_of, load, read_bytes, rework_file
from jixiao.scoring.sheet import Text
from jixiao.writing.fixing.report import Fixed
from jixiao.writing.naming import field_name
from jixiao.writing.original.job import Job
from jixiao.writing.report import ReportError

_NOTES_OF_PDF: Final = "jixiao.writing.original.pdf.replaced:replaced"


def corrected_copy(fixed: Fixed, forms: Sequence[Form], job: Job, limits: Limits) -> bytes | ReportError:
    """A copy of an original with its corrections, or why there is none.

    A workbook and a DOCX hold the new numbers, so they are read back as the forms put right; a PDF keeps its pages,
    with the old number struck out and the new one in a note, so it is read back as it was.

    Args:
        fixed: what came of correcting its forms.
        forms: every form of the file, put right.
        job: what goes into it.
        limits: what it may cost.
    """
    nowhere = [change for change in job.changes if not change.places]
    if nowhere:
        return _without_place(nowhere[0].heading)
    label = label_of(fixed.file)
    try:
        data = load(fixed.file, label, limits)
        if sha256(data).hexdigest() != fixed.sha256:
            return _CHANGED_MEANWHILE
        copy = changed_original(data, label, job, limits)
        again = read_bytes(copy, label, limits=with_room(limits))
        keeps_pages = is_pdf(data)
        lost = _not_shown(copy, label, job, with_room(limits)) if keeps_pages else None
    except Unreadable as error:
        return ReportError(error.code, Text(error.zh, error.en), Text(error.advice_zh, error.advice_en))
    other = lost or difference(as_read(fixed, forms) if keeps_pages else forms, again)
    return copy if other is None else _another_form(other)


def _not_shown(copy: bytes, label: str, job: Job, limits: Limits) -> Text | None:
    """The first change of which a corrected PDF has no note: its pages are as they were, the notes are all there is."""
    words = decode(rework_file(copy, _NOTES_OF_PDF, b"", limits=limits, label=label), type=list[str])
    for change in job.changes:
        if not any(each.startswith(f"{change.written}\n{change.heading}\n") for each in words):
            return Text(f"没有“{change.heading}”的批注", f"there is no note of “{change.heading}”")
    return None


def as_read(fixed: Fixed, forms: Sequence[Form]) -> list[Form]:
    """The forms as they were read: those that were put right as they were before."""
    before = {each.number: each.form for each in fixed.forms}
    return [before.get(number, form) for number, form in enumerate(forms, 1)]


def difference(expected: Sequence[Form], found: Sequence[Form]) -> Text | None:
    """The first field in which forms differ, wherever they stand and whatever is told of how they were read."""
    if len(expected) != len(found):
        return Text(f"表数为 {len(found)}，应为 {len(expected)}", f"{len(found)} forms, {len(expected)} expected")
    for number, (one, other) in enumerate(zip(expected, found, strict=True), 1):
        at = _first(_parts(one), _parts(other), "")
        if at is not None:
            pointer, right, read = at
            name = field_name(one, pointer)
            return Text(
                f"第 {number} 张表“{name.zh}”读到 {read}，应为 {right}",
                f"form {number}, {name.en}: read {read}, expected {right}",
            )
    return None


def _parts(form: Form) -> object:
    """All that a form says, numbers by their value: 9.5 is 9.50."""
    return to_builtins(replace(form, places={}, problems=()), builtin_types=(Decimal,))


def _first(one: object, other: object, pointer: str) -> tuple[str, object, object] | None:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(f"{pointer}/{name}", one[name], other[name]) for name in one]
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        pairs = [(f"{pointer}/{at}", *pair) for at, pair in enumerate(zip(one, other, strict=True))]
    else:
        return None if one == other else (pointer, one, other)
    return next((found for at, left, right in pairs if (found := _first(left, right, at))), None)


_AS_DATA: Final = Text(
    "请用 --out FILE.json 得到改正后的数据，再用 jixiao write 写成所需的文件。",
    "Use --out FILE.json for the corrected forms as data, then jixiao write for the file you need.",
)
_CHANGED_MEANWHILE: Final = ReportError(
    "cannot_be_changed",
    Text("处理期间文件被改动过。", "The file was changed meanwhile."),
    Text("请再试一次。", "Try again."),
)


def _without_place(heading: str) -> ReportError:
    said = Text(
        f"“{heading}”在文件中的位置没有读到，不能改在格子上。",
        f"It is not known where in the file “{heading}” stands, so it cannot be changed there.",
    )
    return ReportError("cannot_be_changed", said, _AS_DATA)


def _another_form(other: Text) -> ReportError:
    said = Text(
        f"副本再读与应有的不同：{other.zh}。",
        f"Read back, the copy was not what it should be: {other.en}.",
    )
    return ReportError("cannot_be_changed", said, _AS_DATA)
