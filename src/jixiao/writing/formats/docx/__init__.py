"""Documents as Word and WPS take them (DOCX: ECMA-376, transitional): native tables, real headings, a footer."""

from jixiao.writing.formats.docx.settings import About, Fonts
from jixiao.writing.formats.docx.write import write_docx

__all__ = ["About", "Fonts", "write_docx"]
