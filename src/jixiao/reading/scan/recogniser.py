"""Strips to readings: scaled to the height a model knows, sorted into few widths, run in batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from jixiao.reading.scan.engines import Net, load_net
from jixiao.reading.scan.letters import Reading, decode
from jixiao.reading.scan.models import ModelFile
from jixiao.reading.scan.picture import Pixels

HIGH = 48
_WIDTHS = (48, 80, 128, 192, 288, 416, 576, 768, 1024, 1344, 1792, 2400)
"""Strips are widened to one of these: an engine prepares itself anew for every shape it meets."""
_BATCHES = ((192, (8, 4, 1)), (416, (4, 1)), (_WIDTHS[-1], (1,)))
"""Up to a width, how many strips go at once."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A model that reads strips."""

    net: Net
    classes: tuple[str, ...]

    @classmethod
    def load(cls, model: ModelFile, engine: str | None = None) -> "Recogniser":
        """A model of a wheel, ready to read."""
        return cls(load_net(model.data, engine), model.letters)

    def read(self, strips: Sequence[Pixels]) -> list[Reading]:
        """What each strip says, in the order given."""
        scaled = [_scaled(strip) for strip in strips]
        readings: dict[int, Reading] = {}
        for width, size, numbers in _buckets(scaled):
            batch = np.zeros((size, 3, HIGH, width), np.float32)
            for row, number in enumerate(numbers):
                line = scaled[number]
                batch[row, :, :, : line.shape[1]] = line.astype(np.float32) / 127.5 - 1
            answers = self.net(batch)
            for row, number in enumerate(numbers):
                readings[number] = decode(answers[row], self.classes)
        return [readings[number] for number in range(len(strips))]


def width_of(strip: Pixels) -> int:
    """How many columns a strip has when a model sees it; a line of more than 60 letters is squeezed."""
    return min(max(16, round(HIGH * int(strip.shape[1]) / int(strip.shape[0]))), _WIDTHS[-1])


def _scaled(strip: Pixels) -> Pixels:
    way = cv2.INTER_AREA if strip.shape[0] > HIGH else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(strip, (width_of(strip), HIGH), interpolation=way), np.uint8)


def _buckets(scaled: Sequence[Pixels]) -> Iterator[tuple[int, int, list[int]]]:
    """The batches: a width, how many strips go at once, and the numbers of those that do."""
    waiting: dict[int, list[int]] = {}
    for number, strip in enumerate(scaled):
        width = next(width for width in _WIDTHS if width >= strip.shape[1])
        waiting.setdefault(width, []).append(number)
    for width, numbers in waiting.items():
        sizes = next(sizes for most, sizes in _BATCHES if width <= most)
        at = 0
        while at < len(numbers):
            size = next(size for size in sizes if size * 3 <= (len(numbers) - at) * 4)  # a quarter may be empty
            yield width, size, numbers[at : at + size]
            at += size
