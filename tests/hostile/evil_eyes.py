"""The evil reader as eyes: the file's label names the attempt, and the form's unit tells what came of it."""

import json

from hostile import evil
from jixiao.layout.grid import Cell, FreeText, Table
from jixiao.reading.page import PageBlocks, place_on
from jixiao.reading.scan.picture import Picture
from reading.eyes_double import Double


class Evil(Double):
    """Makes an attempt for every page."""

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """The double's form, with what came of the attempt."""
        asked = json.loads(file)
        told = json.dumps(evil.outcome(asked["name"], asked["aims"])).encode().hex()
        free, table = super().read(picture, file).blocks
        assert isinstance(table, Table)
        assert isinstance(free, FreeText)
        place = (place_on(file, picture.number, (0, 0, 100, 100)),)
        kept = tuple(cell for cell in table.cells if cell.row < 4)
        return PageBlocks(
            (free, Table((*kept, Cell(4, 0, 1, 1, "实施单位", place), Cell(4, 1, 1, 3, told, place)), picture.number)),
            (),
        )


def open_evil() -> Evil:
    """Eyes of an attacker."""
    return Evil()
