"""Eyes for tests: they see one line on every page, or do harm. Opened by name in a child, as the true ones are."""

import os
import time
from dataclasses import replace

from jixiao.layout.grid import Cell, FreeText, Table
from jixiao.reading.page import PageBlocks, place_on
from jixiao.reading.scan.picture import Picture

_ROWS = (
    ("项目名称", "甲", "主管部门", "乙局"),
    ("三级指标", "年度指标值", "实际完成值", "得分"),
    ("培训人次", "≥10.00(人)", "12.00(人)", "90.00"),
    ("总分", "100.00", "90.00", "优"),
)


class Double:
    """Sees the same small form on every page; its size in pixels is the unit's name."""

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """A form with the page's number in it."""
        place = (place_on(file, picture.number, (0, 0, 100, 100)),)
        height, width = picture.pixels.shape[:2]
        cells = tuple(
            Cell(row, column, 1, 1, words, place) for row, line in enumerate(_ROWS) for column, words in enumerate(line)
        )
        unit = Cell(len(_ROWS), 0, 1, 1, "实施单位", place), Cell(len(_ROWS), 1, 1, 3, f"{width}×{height}", place)
        return PageBlocks((FreeText("绩效自评表", place), Table((*cells, *unit), picture.number)), ())


class Wrong(Double):
    """Sees a total that is not the sum of the scores."""

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """As the double, with another total."""
        page = super().read(picture, file)
        free, table = page.blocks
        assert isinstance(table, Table)
        cells = tuple(
            replace(cell, text="80.00" if cell.text == "90.00" and cell.row == len(_ROWS) - 1 else cell.text)
            for cell in table.cells
        )
        return PageBlocks((free, replace(table, cells=cells)), ())


class Slow(Double):
    """Takes a good part of a second for every page."""

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """As the double."""
        time.sleep(0.4)
        return super().read(picture, file)


class Busy(Double):
    """Never ends."""

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """Never."""
        while picture.number or file:
            pass
        raise AssertionError("a page is numbered from 1")


class Evil(Double):
    """Tries what a reader taken over would try; the unit's name says what came of it."""

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """As the double, if it was stopped at everything."""
        for attempt in (lambda: open("/etc/hostname"), lambda: os.listdir("/"), os.pipe, os.fork):  # noqa: PTH123, PTH208, SIM115  # an attacker's
            try:
                attempt()
            except OSError:
                continue
            raise AssertionError("not stopped")
        return super().read(picture, file)


def open_double() -> Double:
    """Quick eyes."""
    return Double()


def open_wrong() -> Double:
    """Eyes that see a form with something to ask."""
    return Wrong()


def open_slow() -> Double:
    """Slow eyes."""
    return Slow()


def open_busy() -> Double:
    """Eyes that never end."""
    return Busy()


def open_evil() -> Double:
    """Eyes of an attacker."""
    return Evil()


class Hungry(Double):
    """Takes 300 MB for every page."""

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """As the double."""
        taken = bytearray(300 * 1024 * 1024)
        return super().read(picture, file) if taken else PageBlocks((), ())


def open_hungry() -> Double:
    """Hungry eyes."""
    return Hungry()


def open_none() -> None:
    """Eyes that cannot be had."""


def open_broken() -> Double:
    """Eyes whose models are broken."""
    raise OSError("no model")
