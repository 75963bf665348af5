"""What printing, stamping, scanning and photographing do to a page: pictures made worse, the same for one seed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
import numpy.typing as npt

from forms.seal import stamp

if TYPE_CHECKING:
    from collections.abc import Callable

Picture = npt.NDArray[np.uint8]
Chance = np.random.Generator
_WHITE = (250, 250, 250)


@dataclass(frozen=True, slots=True)
class Wear:
    """What happens to a page.

    Attributes:
        dpi: at which it is scanned.
        skew: most degrees by which it lies askew.
        blur: spread of the blur, in hundredths of an inch at 100 dpi.
        noise: spread of the noise, in grey levels.
        dust: specks on a page.
        breaks: gaps in each hundred long thin rules.
        light: by how many grey levels one side is darker.
        seals: red round seals on a page.
        photo: whether it is photographed: perspective, curl, shadow, warm light.
        quality: of JPEG; 0 for none.
        mode: colours, greys, or black and white only.
        turn: by how many degrees the page lies wrong.
    """

    dpi: int = 200
    skew: float = 0
    blur: float = 0
    noise: float = 0
    dust: int = 0
    breaks: int = 0
    light: int = 0
    seals: int = 0
    photo: bool = False
    quality: int = 0
    mode: Literal["colour", "grey", "bilevel"] = "colour"
    turn: Literal[0, 90, 180, 270] = 0


WEARS: dict[str, Wear] = {
    "clean300": Wear(300, quality=92),
    "clean200": Wear(200, quality=90),
    "office200": Wear(200, skew=0.6, blur=0.5, noise=4, quality=80, mode="grey"),
    "noisy200": Wear(200, skew=1.0, blur=0.7, noise=11, dust=60, quality=70),
    "noisy300": Wear(300, skew=1.5, blur=0.9, noise=12, dust=90, quality=75, mode="grey"),
    "seal200": Wear(200, skew=0.5, blur=0.5, noise=4, seals=1, quality=85),
    "seals300": Wear(300, skew=0.8, blur=0.6, noise=6, seals=2, quality=85),
    "worn200": Wear(200, skew=0.8, blur=0.5, noise=6, dust=120, breaks=45, quality=80, mode="grey"),
    "light200": Wear(200, skew=2.0, blur=0.6, noise=5, light=90, quality=80),
    "fax200": Wear(200, skew=0.7, blur=0.5, noise=8, dust=40, mode="bilevel"),
    "turned200": Wear(200, skew=0.5, blur=0.5, noise=4, quality=85, mode="grey", turn=90),
    "upside200": Wear(200, skew=0.4, blur=0.5, noise=4, quality=85, mode="grey", turn=180),
    "clean150": Wear(150, quality=90),
    "noisy150": Wear(150, skew=0.8, blur=0.4, noise=8, dust=30, quality=75, mode="grey"),
    "low100": Wear(100, skew=0.4, noise=4, quality=85, mode="grey"),
    "photo200": Wear(200, skew=1.0, blur=0.6, noise=5, light=60, photo=True, quality=85),
    "photo150": Wear(150, skew=1.5, blur=0.4, noise=6, light=70, photo=True, quality=80),
}  # fmt: skip
"""The named ways."""


def worn(page: Picture, wear: Wear, seed: int) -> Picture:
    """A page picture (RGB) as it looks after all that; in greys or black and white it has two axes."""
    chance = np.random.default_rng(seed)
    picture = page
    steps: tuple[tuple[object, Callable[[Picture, Wear, Chance], Picture]], ...] = (
        (wear.seals, _sealed), (wear.breaks, _broken), (wear.skew, _askew), (wear.photo, _photographed),
        (wear.blur, _blurred), (wear.light, _lit), (wear.dust, _dusty), (wear.noise, _noisy),
    )  # fmt: skip
    for asked, step in steps:
        if asked:
            picture = step(picture, wear, chance)
    if wear.turn:
        picture = np.ascontiguousarray(np.rot90(picture, wear.turn // 90))
    return _in_mode(picture, wear)


def _in_mode(picture: Picture, wear: Wear) -> Picture:
    if wear.mode == "colour":
        return picture
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    return np.where(grey > 150, 255, 0).astype(np.uint8) if wear.mode == "bilevel" else grey


def _sealed(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    """Seals stand on the table: one below the middle, any other anywhere."""
    height, width = picture.shape[:2]
    for number in range(wear.seals):
        x = chance.uniform(0.55, 0.8) if number == 0 else chance.uniform(0.2, 0.8)
        y = chance.uniform(0.35, 0.75) if number == 0 else chance.uniform(0.2, 0.8)
        picture = stamp(picture, (int(x * width), int(y * height)), int(0.8 * wear.dpi), int(chance.integers(1 << 30)))
    return picture


def _broken(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    """Rules that lost ink: short white gaps across long dark runs."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    ink = (grey < 140).astype(np.uint8)
    long = wear.dpi // 3
    made = picture.copy()
    for kernel in (np.ones((1, long), np.uint8), np.ones((long, 1), np.uint8)):
        rules = np.argwhere(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel) > 0)
        count = len(rules) * wear.breaks // 100 // long
        for row, column in rules[chance.integers(0, max(len(rules), 1), count)] if len(rules) else ():
            reach = int(chance.integers(1, max(2, wear.dpi // 40)))
            down, across = (2, reach) if kernel.shape[0] == 1 else (reach, 2)
            made[max(row - down, 0) : row + down, max(column - across, 0) : column + across] = 255
    return made


def _askew(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    angle = float(chance.uniform(0.3, 1.0) * wear.skew * chance.choice([-1, 1]))
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return _as_picture(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE))


def _photographed(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    """A sheet on a desk, from above and a little aside, curled, in warm light with a shadow."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    bend = float(chance.uniform(0.004, 0.009)) * height
    columns_map = columns
    rows_map = rows + bend * np.sin(columns / width * np.pi * float(chance.uniform(0.8, 1.3)))
    curled = cv2.remap(picture, columns_map, rows_map.astype(np.float32), cv2.INTER_CUBIC, borderValue=_WHITE)
    edge = 0.05
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moves = chance.uniform(0.008, 0.035, (4, 2)) * [width, height]
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    target = ((corners + inward * moves) * (1 - edge) + [width * edge / 2, height * edge / 2]).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    desk = tuple(int(chance.integers(60, 120)) for _ in range(3))
    seen = cv2.warpPerspective(curled, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=desk)
    at = float(chance.uniform(0.2, 0.8)) * width
    shade = 1 - 0.35 / (1 + np.exp((columns - at - 0.2 * rows) / (width * 0.08)))
    warm = seen.astype(np.float32) * shade[..., None] * np.array([1.0, 0.95, 0.85], np.float32)
    return _as_picture(warm)


def _blurred(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    return _as_picture(cv2.GaussianBlur(picture, (0, 0), wear.blur * wear.dpi / 200 + 0.2))


def _lit(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    height, width = picture.shape[:2]
    angle = float(chance.uniform(0, 2 * np.pi))
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = np.cos(angle) * (columns / width - 0.5) + np.sin(angle) * (rows / height - 0.5)
    dark = wear.light * (slope + 0.7) / 1.4
    return _as_picture(picture.astype(np.float32) * (1 - dark[..., None] / 255))


def _dusty(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    height, width = picture.shape[:2]
    made = picture.copy()
    for _ in range(wear.dust):
        center = (int(chance.integers(width)), int(chance.integers(height)))
        grey = int(chance.integers(30, 160))
        cv2.circle(made, center, int(chance.integers(1, max(2, wear.dpi // 90))), (grey, grey, grey), -1)
    return made


def _noisy(picture: Picture, wear: Wear, chance: Chance) -> Picture:
    grain = chance.standard_normal(picture.shape[:2], np.float32)[..., None] * wear.noise
    return _as_picture(picture.astype(np.float32) + grain)


def _as_picture(values: npt.NDArray[np.generic] | cv2.typing.MatLike) -> Picture:
    return np.clip(np.asarray(values), 0, 255).astype(np.uint8)
