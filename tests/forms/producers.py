"""All producers of generated documents by name: the format each makes, its ending, and what it needs to be there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from forms import office
from forms.docx_word import docx_word
from forms.fpdf_pdf import fpdf_pdf
from forms.html_pages import clean_html, site_html
from forms.html_saved import excel_html, word_html
from forms.ofd_file import ofd, some_dialect
from forms.openpyxl_xlsx import openpyxl_xlsx
from forms.pdf_changes import lying, text_of, turned, without_letters
from forms.plain_text import csv_table, plain_text
from forms.sheet import Sheet
from forms.typst_pdf import Style, typst_pdf
from forms.xlsx import xlsx
from forms.xlwt_xls import xlwt_xls

Format = Literal["PDF", "XLSX", "XLS", "DOCX", "DOC", "HTML", "OFD", "text", "CSV"]
FORMATS: tuple[Format, ...] = ("PDF", "XLSX", "XLS", "DOCX", "DOC", "HTML", "OFD", "text", "CSV")


@dataclass(frozen=True, slots=True)
class Job:
    """What a producer is given: forms laid out, the look, and the seed of its own habits."""

    sheets: tuple[Sheet, ...]
    style: Style
    seed: int


def _nothing() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Producer:
    """A producer.

    Attributes:
        name: of the program, with what it was given.
        format: of what it makes.
        ending: of its files.
        make: jobs → files; many at once, for some programs are slow to start.
        missing: what it needs and this machine lacks; empty for nothing.
        fast: whether it runs in the everyday tests.
    """

    name: str
    format: Format
    ending: str
    make: Callable[[Sequence[Job]], list[bytes]]
    missing: Callable[[], str] = field(default=_nothing)
    fast: bool = False


def _each(make: Callable[[Job], bytes]) -> Callable[[Sequence[Job]], list[bytes]]:
    return lambda jobs: [make(job) for job in jobs]


def _html(write: Callable[[Sequence[Sheet], Style, int], bytes]) -> Callable[[Job], bytes]:
    return lambda job: write(job.sheets, job.style, job.seed)


def _docx(job: Job) -> bytes:
    return docx_word(job.sheets, job.style, job.seed)


def _typst(job: Job) -> bytes:
    return typst_pdf(job.sheets, job.style)


def _fpdf(job: Job) -> bytes:
    return fpdf_pdf(job.sheets, job.style, "lines" if job.seed % 2 else "rows")


def _office(make: Callable[[Job], bytes], source: str, target: str) -> Callable[[Sequence[Job]], list[bytes]]:
    return lambda jobs: office.convert([make(job) for job in jobs], source, target)


def _doc_and_back(jobs: Sequence[Job]) -> list[bytes]:
    """DOCX that LibreOffice wrote, from an old DOC it wrote."""
    old = office.convert([_docx(job) for job in jobs], "docx", "doc")
    return office.convert(old, "doc", "docx")


def _openpyxl(job: Job) -> bytes:
    return openpyxl_xlsx(job.sheets, job.seed)


def _xls(job: Job) -> bytes:
    return xlwt_xls(job.sheets, job.seed)


def _ofd(job: Job) -> bytes:
    return ofd(job.sheets, job.style, some_dialect(job.seed))


def _turned(job: Job) -> bytes:
    return turned(_typst(job), 90 + 180 * (job.seed % 2))


def _lying(job: Job) -> bytes:
    return lying(_typst(job), 90 * (1 + job.seed % 3))


def _poppler(jobs: Sequence[Job]) -> list[bytes]:
    return office.pdftotext([_typst(job) for job in jobs])


def _xlsx(job: Job) -> bytes:
    return xlsx(job.sheets, job.seed)


def _pages(print_: Callable[[Sequence[bytes]], list[bytes]]) -> Callable[[Sequence[Job]], list[bytes]]:
    return lambda jobs: print_([_html(clean_html)(job) for job in jobs])


def _all() -> tuple[Producer, ...]:
    soffice, chromium, weasyprint = office.missing_soffice, office.missing_chromium, office.missing_weasyprint
    return (
        Producer("typst", "PDF", "pdf", _each(_typst), fast=True),
        Producer("fpdf2", "PDF", "pdf", _each(_fpdf)),
        Producer("typst, turned pages", "PDF", "pdf", _each(_turned)),
        Producer("typst, pages lying", "PDF", "pdf", _each(_lying)),
        Producer("fpdf2, no ToUnicode", "PDF", "pdf", _each(lambda job: without_letters(_fpdf(job)))),
        Producer("LibreOffice of DOCX", "PDF", "pdf", _office(_docx, "docx", "pdf"), soffice),
        Producer("LibreOffice of XLSX", "PDF", "pdf", _office(_openpyxl, "xlsx", "pdf"), soffice),
        Producer("LibreOffice of HTML", "PDF", "pdf", _office(_html(clean_html), "html", "pdf"), soffice),
        Producer("Chromium", "PDF", "pdf", _pages(office.chromium_pdf), chromium),
        Producer("WeasyPrint", "PDF", "pdf", _pages(office.weasyprint_pdf), weasyprint),
        Producer("xlsxwriter", "XLSX", "xlsx", _each(_xlsx), fast=True),
        Producer("openpyxl", "XLSX", "xlsx", _each(_openpyxl), fast=True),
        Producer("LibreOffice of XLS", "XLSX", "xlsx", _office(_xls, "xls", "xlsx"), soffice),
        Producer("xlwt", "XLS", "xls", _each(_xls), fast=True),
        Producer("LibreOffice of XLSX", "XLS", "xls", _office(_openpyxl, "xlsx", "xls"), soffice),
        Producer("python-docx", "DOCX", "docx", _each(_docx), fast=True),
        Producer("LibreOffice of DOC", "DOCX", "docx", _doc_and_back, soffice),
        Producer("LibreOffice of HTML", "DOCX", "docx", _office(_html(clean_html), "html", "docx"), soffice),
        Producer("LibreOffice of DOCX", "DOC", "doc", _office(_docx, "docx", "doc"), soffice),
        Producer("clean", "HTML", "html", _each(_html(clean_html)), fast=True),
        Producer("as Word saves", "HTML", "html", _each(_html(word_html)), fast=True),
        Producer("as Excel saves", "HTML", "html", _each(_html(excel_html)), fast=True),
        Producer("site's page", "HTML", "html", _each(_html(site_html)), fast=True),
        Producer("LibreOffice of XLSX", "HTML", "html", _office(_openpyxl, "xlsx", "html"), soffice),
        Producer("own writer", "OFD", "ofd", _each(_ofd), fast=True),
        Producer("content order", "text", "txt", _each(lambda job: plain_text(job.sheets, job.seed)), fast=True),
        Producer("PDFium of typst", "text", "txt", _each(lambda job: text_of(_typst(job)))),
        Producer("pdftotext -raw of typst", "text", "txt", _poppler, office.missing_pdftotext),
        Producer("csv", "CSV", "csv", _each(lambda job: csv_table(job.sheets, job.seed)), fast=True),
    )  # fmt: skip


PRODUCERS: dict[tuple[str, str], Producer] = {(producer.format, producer.name): producer for producer in _all()}
"""The producers by format and name."""
