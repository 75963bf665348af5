"""PDF: our own writer of exactly what the pages say, archival (PDF/A-2a) and accessible (PDF/UA-1)."""

from jixiao.writing.formats.pdf.writer import write_pdf

__all__ = ["write_pdf"]
