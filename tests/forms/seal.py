"""The red round seal of an office, inked unevenly over whatever stands on the page."""

import math
from functools import cache

import numpy as np
import numpy.typing as npt
import pylopdf_fonts_zh_cn as fonts
from PIL import Image, ImageDraw, ImageFont

_NAME = "临江市财政专项资金管理办公室"
_RED = (200, 25, 30)
_SCALE = 2


def stamp(
    picture: npt.NDArray[np.uint8], center: tuple[int, int], radius: int, seed: int
) -> npt.NDArray[np.uint8]:  # fmt: skip
    """The picture (RGB) with a seal of that radius, in pixels; what was under it stays to be seen."""
    chance = np.random.default_rng(seed)
    turned = Image.fromarray(_ink(radius)).rotate(float(chance.uniform(-25, 25)))
    ink = np.asarray(turned, np.float32) / 255
    ink *= chance.uniform(0.55, 0.95, ink.shape).astype(np.float32)
    made = picture.astype(np.float32)
    height, width = picture.shape[:2]
    left, top = center[0] - radius, center[1] - radius
    rows, columns = slice(max(top, 0), min(top + len(ink), height)), slice(max(left, 0), min(left + len(ink), width))
    part = ink[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left, None]
    red = np.array(_RED, np.float32) / 255
    made[rows, columns] *= 1 - part * (1 - red)
    return np.clip(made, 0, 255).astype(np.uint8)


@cache
def _ink(radius: int) -> npt.NDArray[np.uint8]:
    """Where a seal of that radius has ink: ring, star, and the office's name along the ring."""
    r = radius * _SCALE
    image = Image.new("L", (2 * r, 2 * r), 0)
    draw = ImageDraw.Draw(image)
    draw.ellipse((2, 2, 2 * r - 3, 2 * r - 3), outline=255, width=max(3, r // 22))
    star = [
        (r + size * math.sin(step * math.pi / 5), r - size * math.cos(step * math.pi / 5))
        for step in range(10)
        for size in (r * 0.3 if step % 2 == 0 else r * 0.115,)
    ]
    draw.polygon(star, fill=255)
    font = ImageFont.truetype(str(fonts.serif_path()), r // 4)
    for index, letter in enumerate(_NAME):
        angle = -130 + 260 * index / (len(_NAME) - 1)
        glyph = Image.new("L", (2 * r, 2 * r), 0)
        ImageDraw.Draw(glyph).text((r, r * 0.1), letter, font=font, fill=255, anchor="mt")
        image.paste(255, (0, 0), glyph.rotate(-angle, center=(r, r)))
    return np.asarray(image.resize((2 * radius, 2 * radius), Image.Resampling.LANCZOS), np.uint8)
