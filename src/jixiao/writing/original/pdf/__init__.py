"""A PDF with marks: the uploaded file is the exact beginning of what comes back, everything new stands behind it."""

from jixiao.writing.original.pdf.craft import mark_pdf

__all__ = ["mark_pdf"]
