"""A folder of two units for letters: forms at fault in all three families, one that is right, one that names nobody."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from jixiao.desk.folder import Asked, review_folder
from jixiao.form import Form, Problem, Project, encode_forms
from jixiao.writing.folder.report import FolderReport
from jixiao.writing.letter.data import Sending
from jixiao.writing.paper.model import Document, Table
from oracle.right_forms import right_form
from oracle.truth import truth_forms

DAY = date(2025, 6, 1)
SENDING = Sending(DAY, number="沪财绩〔2025〕9号", sender="某某财政局", reply_by=date(2025, 6, 30))
LONG_WAY = "第一中心（本级）"


def forms() -> list[Form]:
    """Six forms: of one unit broken sums, too much spent, doubts and a blank; a right one of another; one of nobody."""
    first, second, third = truth_forms()[:3]
    total = first.funds.total
    broken = replace(first, funds=replace(first.funds, total=replace(total, initial=Decimal("131.00"))))
    spent = replace(second.funds.total, executed=Decimal("3.72"))
    over = replace(second, funds=replace(second.funds, total=spent, current_year=spent))
    low = replace(third.indicators[0], score=Decimal("1.00"), deviation="设备到货推迟=2个月")
    below = replace(third, indicators=(low, *third.indicators[1:]))
    blank = replace(
        right_form(0), project=Project("无法读出的项目"), problems=(Problem("/goal/actual", "unclear", "字迹不清"),)
    )
    mine = [replace(form, unit=LONG_WAY, department="某某局") for form in (broken, over, below, blank)]
    right = replace(right_form(1), unit="第二中心", department="某某局", project=Project("街道图书馆开放"))
    nobody = replace(right_form(2), unit="", department="", project=Project("无主项目"))
    return [mine[0], right, *mine[1:], nobody]


@contextmanager
def reviewed(given: Sequence[Form], unreadable: Iterable[str] = (), **asked: object) -> Iterator[FolderReport]:
    """The review of forms, and of files that hold none."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "2024.json"
        path.write_bytes(encode_forms(given))
        broken = [Path(folder) / name for name in unreadable]
        for each in broken:
            each.write_bytes(b"[1]")
        with review_folder([path, *broken], Asked(day=DAY, **asked)) as report:  # type: ignore[arg-type]  # a test's
            yield report


def texts(documents: Iterable[Document]) -> list[str]:
    """Every text of documents, cell by cell."""
    held = []
    for document in documents:
        held.append(document.name)
        for block in document.blocks:
            held += [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
    return held


def tables(documents: Iterable[Document]) -> list[Table]:
    """Every table of documents."""
    return [block for document in documents for block in document.blocks if isinstance(block, Table)]
