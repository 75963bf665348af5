"""Eyes: what reads a page from its picture. They are opened in the child, before it is locked; see `child`."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from jixiao.reading.page import PageBlocks
    from jixiao.reading.scan.picture import Picture

OPENER = "jixiao.reading.scan:open_eyes"
"""Module and function that opens the eyes, or gives `None` where they cannot be had."""

_NEEDED = ("numpy", "cv2", "onnxruntime", "rapidocr")


class Eyes(Protocol):
    """Reads pages from their pictures."""

    def read(self, picture: "Picture", file: str) -> "PageBlocks":
        """The tables and lines of a page.

        Args:
            picture: the page.
            file: the file's label, for places.
        """


def eyes_are_installed() -> bool:
    """Whether the extra for scans is there; nothing of it is imported."""
    return all(find_spec(name) for name in _NEEDED) and find_spec(OPENER.partition(":")[0]) is not None
