"""What may be debugged on, and what only measures: tuned and held-out, by producer and by layout, never by page.

Whoever mends a reader looks at tuned documents alone. A held-out document that fails shows as a number; the cause is
looked for on tuned documents of the same kind. Moving an entry out of these tables is a decision, with a reason.
"""

from typing import Final

HELD_OUT_PRODUCERS: Final = {
    ("PDF", "Chromium"): "a browser's pages: spans that pages cut, borders as boxes",
    ("PDF", "WeasyPrint"): "another browser engine, unlike any producer a reader was written against",
    ("PDF", "LibreOffice of XLSX"): "workbooks printed to PDF are the commonest published form, and clip their texts",
    ("XLSX", "openpyxl"): "the commonest library; indents its tables, writes every border",
    ("XLSX", "LibreOffice of XLS"): "an office suite's own XLSX, with styles and shared strings of its own",
    ("XLS", "LibreOffice of XLSX"): "an office suite's own BIFF records; xlwt's are a library's",
    ("DOCX", "LibreOffice of DOC"): "documents that went through the old format, as offices keep them",
    ("DOCX", "LibreOffice of HTML"): "pages pasted into a word processor",
    ("HTML", "as Excel saves"): "lines, forms and notes in one table",
    ("HTML", "LibreOffice of XLSX"): "an office suite's own HTML",
    ("text", "pdftotext -raw of typst"): "a real extractor; the printer of our own only imitates some",
}  # fmt: skip
"""Producers that are held out, each with the reason."""

FIRST_HELD_OUT_VARIANT: Final = 100
"""Layouts made of a family and a seed are held out from this seed on: nobody has published them, no test reads them.

The families A to K themselves are all tuned: each has tests in every format, so none can be held out."""

HELD_OUT_LOOKS: Final = {
    "rows": "only horizontal rules: a table whose columns no rule parts, beside `open` and `none` to tune on",
    "dashed": "rules of dashes; `dotted` is there to tune on",
}  # fmt: skip
"""Looks of a page that are held out."""

HELD_OUT_WEARS: Final = {
    "seals300": "two seals; `seal200` is there to tune on",
    "light200": "uneven light and two degrees; `noisy200`, `photo200` are there to tune on",
    "upside200": "on its head; `turned200` is there to tune on",
    "photo150": "a worse photo; `photo200` is there to tune on",
}  # fmt: skip
"""What scanning did, held out."""

SCANNED_HELD_OUT: Final = ("Chromium", "LibreOffice of DOCX")
"""Pages of these are scanned for the held-out side, pages of typst and fpdf2 for the tuned side."""


def reasons(producer: tuple[str, str], variant: int, look: str, wear: str) -> tuple[str, ...]:
    """Why a document is held out; nothing for a tuned one."""
    found = [HELD_OUT_PRODUCERS.get(producer, ""), HELD_OUT_LOOKS.get(look, ""), HELD_OUT_WEARS.get(wear, "")]
    found += ["a layout nobody has seen"] if variant >= FIRST_HELD_OUT_VARIANT else []
    found += ["scanned pages of a producer of its own"] if wear and producer[1] in SCANNED_HELD_OUT else []
    return tuple(reason for reason in found if reason)
