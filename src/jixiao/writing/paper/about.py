"""What a written file says of itself, whatever its format."""

from datetime import datetime
from typing import Final

from msgspec import Struct

PROGRAM: Final = "Jixiao"
"""What files name as the program that wrote them."""


class About(Struct, frozen=True):
    """The properties of a file; what is not said is not written, so that the same documents give the same bytes.

    Attributes:
        title: what it is; where a format needs one, the name of the first document stands in for it.
        author: who answers for it.
        created: when, with a time zone; the writers look at no clock.
    """

    title: str = ""
    author: str = ""
    created: datetime | None = None
