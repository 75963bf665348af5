"""Pictures as they are shown: each page of a picture file as PNG, with its size on paper."""

import cv2

from jixiao.layout.shown import Sheet
from jixiao.reading.scan.picture import Picture, pictures_of

_WIDEST = 1400


def sheets_of_pictures(data: bytes, file: str) -> tuple[Sheet, ...]:
    """One sheet for every picture of a file.

    Raises:
        Unreadable: it cannot be unpacked, or is too large.
    """
    return tuple(map(_sheet, pictures_of(data, file)))


def _sheet(picture: Picture) -> Sheet:
    height, width = picture.pixels.shape[:2]
    across, down = round(width * 100 / picture.across), round(height * 100 / picture.down)
    size = (min(width, _WIDEST), height * min(width, _WIDEST) // width)
    shown = cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA)
    return Sheet(picture.number, across, down, cv2.imencode(".png", shown)[1].tobytes(), ())
