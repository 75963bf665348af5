"""OFD (GB/T 33190-2016): set pages as an OFD document, drawn exactly, its fonts embedded."""

from jixiao.writing.formats.ofd.document import write_ofd

__all__ = ["write_ofd"]
