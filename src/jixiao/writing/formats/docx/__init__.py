"""Documents as Word and WPS take them (DOCX: ECMA-376, transitional): native tables, real headings, a footer."""

from jixiao.writing.formats.docx.settings import Fonts
from jixiao.writing.formats.docx.write import write_docx

__all__ = ["Fonts", "write_docx"]
