"""PDF: our own writer of exactly what the pages say, archival (PDF/A-2a) and accessible (PDF/UA-1)."""

from jixiao.writing.formats.pdf.about import About
from jixiao.writing.formats.pdf.writer import write_pdf

__all__ = ["About", "write_pdf"]
