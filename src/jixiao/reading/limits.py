"""What reading one file may cost. Every number is a setting; each refusal names the number that was passed."""

import re
from dataclasses import dataclass, fields, replace

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        file_megabytes: the largest file.
        unpacked_megabytes: all parts of a container together, unpacked.
        ratio: how many times larger than the file its parts may be (from 4 MB on).
        parts: parts of a container, members of a zip.
        pages: pages of a document, pictures of a file of several.
        pixels: pixels of one picture.
        sheets: sheets of a workbook.
        cells: cells of a sheet or a table.
        lines: lines of a document outside its tables.
        answer_megabytes: the largest answer of a child; 200 forms need about a tenth.
        memory_megabytes: memory a file may take in a child, beyond what the child needs for itself.
        cpu_seconds: processor time of a child for a file.
        seconds: time on the clock for a file.
        files_per_child: after so many files a child is replaced.
        eyes: children that read pictures, at most.
        eyes_memory_megabytes: as `memory_megabytes`, in a child that reads pictures.
        page_cpu_seconds: processor time for one page that is a picture.
        page_seconds: time on the clock for one page that is a picture.
        scan_seconds: time on the clock for a file whose pages are pictures.
    """

    file_megabytes: int = 25
    unpacked_megabytes: int = 64
    ratio: int = 100
    parts: int = 2_000
    pages: int = 300
    pixels: int = 50_000_000
    sheets: int = 200
    cells: int = 200_000
    lines: int = 50_000
    answer_megabytes: int = 64
    memory_megabytes: int = 512
    cpu_seconds: int = 20
    seconds: int = 30
    files_per_child: int = 50
    eyes: int = 2
    eyes_memory_megabytes: int = 1_024
    page_cpu_seconds: int = 20
    page_seconds: int = 30
    scan_seconds: int = 900

    @property
    def of_eyes(self) -> "Limits":
        """The same for a child with eyes, whose processor time and clock begin anew with each page."""
        return replace(
            self, memory_megabytes=self.eyes_memory_megabytes, cpu_seconds=self.page_cpu_seconds,
            seconds=self.page_seconds,
        )  # fmt: skip

    @property
    def file_bytes(self) -> int:
        """The largest file, in bytes."""
        return self.file_megabytes * MEGABYTE

    @property
    def unpacked_bytes(self) -> int:
        """All parts of a container together, in bytes."""
        return self.unpacked_megabytes * MEGABYTE

    @property
    def answer_bytes(self) -> int:
        """The largest answer of a child, in bytes."""
        return self.answer_megabytes * MEGABYTE


DEFAULT_LIMITS = Limits()
_COUNT = re.compile("[1-9][0-9]{0,9}")
LIMIT_NAMES = tuple(field.name for field in fields(Limits))
"""The settings by name."""


def changed_limits(settings: tuple[str, ...], limits: Limits = DEFAULT_LIMITS) -> Limits:
    """Limits with some changed.

    Args:
        settings: such as "pages=500".
        limits: those to change.

    Raises:
        ValueError: there is no such setting, or its value is no whole number from 1 on; the setting is in `args`.
    """
    changes = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if (
            name not in LIMIT_NAMES
            or not (value.isascii() and value.isdigit() and 0 < len(value) < 12)
            or not int(value)
        ):
            raise ValueError(setting)
        changes[name] = int(value)
    return replace(limits, **changes)
