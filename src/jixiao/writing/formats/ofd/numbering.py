"""The identifiers of a document's objects: whole numbers from 1, each given once."""


class Numbering:
    """Gives identifiers (ST_ID).

    Attributes:
        last: the highest one given; what the document calls MaxUnitID.
    """

    def __init__(self) -> None:
        """Begin with none given."""
        self.last = 0

    def next(self) -> int:
        """A new one."""
        self.last += 1
        return self.last
