"""Bytes of pictures become pages: turned as displayed, sized as the file says, refused before they are unpacked."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from jixiao.reading.errors import Unreadable
from jixiao.reading.scan.picture import of_pixels, pictures_of

GREY = Image.fromarray(np.tile(np.arange(200, dtype=np.uint8), (300, 1)))


def saved(kind: str, image: Image.Image = GREY, **more: object) -> bytes:
    """An image as a file."""
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces a size and holds next to nothing."""
    parts = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = [struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in (parts, data)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def refused(data: bytes) -> str:
    """The code with which a file is refused."""
    with pytest.raises(Unreadable) as caught:
        list(pictures_of(data, "x"))
    return caught.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_has_the_size_its_file_says(kind: str) -> None:
    """Dots per inch of each format become pixels per point."""
    large = GREY.resize((1654, 2339))
    (picture,) = pictures_of(saved(kind, large, dpi=(200, 200)), "x")
    assert picture.pixels.shape == (2339, 1654)
    assert picture.across == pytest.approx(200 / 72, rel=0.01)
    assert picture.down == pytest.approx(200 / 72, rel=0.01)


def test_a_size_that_no_page_has_is_taken_for_a4() -> None:
    """A camera that says 72 dots an inch is not believed: the long side is that of A4."""
    picture = of_pixels(np.zeros((4000, 3000), np.uint8), 1, (72, 72))
    assert picture.down == pytest.approx(4000 / 841.89)


def test_a_camera_that_was_turned_is_turned_back() -> None:
    """The orientation a camera notes is followed."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (picture,) = pictures_of(saved("JPEG", exif=exif), "x")
    assert picture.pixels.shape[:2] == (200, 300)
    assert int(picture.pixels[5, 150]) < int(picture.pixels[195, 150])


def test_a_tiff_has_pages() -> None:
    """Each picture of a TIFF is a page, in order."""
    data = saved("TIFF", save_all=True, append_images=[Image.new("L", (150, 250), 77)])
    pages = list(pictures_of(data, "x"))
    assert [page.number for page in pages] == [1, 2]
    assert pages[1].pixels.shape[:2] == (250, 150)
    assert int(pages[1].pixels[9, 9]) == 77


def test_what_is_clear_lies_on_white_paper() -> None:
    """A clear background is paper, not black."""
    (picture,) = pictures_of(saved("PNG", Image.new("RGBA", (100, 100), (0, 0, 0, 0))), "x")
    assert int(picture.pixels.min()) == 255


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """One pixel row over the limit is too large by the header alone; at the limit it is tried, and found damaged."""
    assert refused(png_header(10_000, 50_000_000 // 10_000 + 1)) == "too_large"
    assert refused(png_header(10_000, 100)) == "truncated_or_damaged"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_that_breaks_off_is_damaged(kind: str) -> None:
    """A file cut off in its header is refused with a sentence."""
    assert refused(saved(kind)[:20]) == "truncated_or_damaged"


def test_a_tiff_whose_directories_run_in_a_circle_is_damaged() -> None:
    """A directory that names itself as the next is refused."""
    assert refused(b"II*\0" + struct.pack("<IHI", 8, 0, 8)) == "truncated_or_damaged"
