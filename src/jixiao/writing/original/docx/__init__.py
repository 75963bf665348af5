"""The original as a document: comments at its cells, numbers put right as tracked changes, a summary at its end."""

from jixiao.writing.original.docx.marking import mark_docx

__all__ = ["mark_docx"]
