"""Documents as one page of HTML that needs nothing else: read on any screen, printed on A4, taken apart by tools."""

from jixiao.writing.formats.html.write import write_html_document

__all__ = ["write_html_document"]
