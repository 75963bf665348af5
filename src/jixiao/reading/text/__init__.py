"""Plain text as pulled out of a PDF (no geometry) to forms."""

from jixiao.reading.text.reader import read_text

__all__ = ["read_text"]
