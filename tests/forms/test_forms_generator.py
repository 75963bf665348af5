"""The generator: one description makes one document, each habit shows in print and in truth, wear is no chance."""

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from forms.content import make
from forms.dice import Dice
from forms.documents import FAMILIES
from forms.habits import HABITS, adopt
from forms.making import made
from forms.pdf_changes import lying, text_of, turned, without_letters
from forms.pictures import page_pictures
from forms.producers import PRODUCERS
from forms.sheet import lay_out
from forms.specimens import Specimen
from forms.truth import truth_of
from forms.wear import WEARS, Wear, worn
from jixiao.form import Form

FAST = [name for name, producer in PRODUCERS.items() if producer.fast]


@pytest.mark.parametrize("producer", FAST)
def test_one_description_makes_one_document(producer: tuple[str, str]) -> None:
    """A producer of the everyday tests makes a document of any family; the truth is the same each time."""
    one, again = (Specimen("chongqing", 5, producer, habits=("goals", "ticks")) for _ in range(2))
    assert one.truth == again.truth
    assert made([one])[0]


@pytest.mark.parametrize("name", HABITS)
@pytest.mark.parametrize("family", ["ministry", "yunnan", "hubei"])
def test_each_habit_makes_a_form_that_can_be_laid_out(name: str, family: str) -> None:
    """With any habit a form has a truth with indicators, and prints no cell over another."""
    layout = FAMILIES[family]
    printed = make(8, layout)
    adopt(printed, layout, (name,), Dice(name))
    assert truth_of(printed, layout).indicators
    sheet = lay_out(printed, layout, 180)
    taken = [
        (row, edge)
        for cell in sheet.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for edge in sheet.edges
        if cell.left <= edge < cell.right
    ]
    assert len(taken) == len(set(taken))


def truth_with(habit: str) -> Form:
    """The truth of a form with a habit."""
    return Specimen("ministry", 3, ("XLSX", "xlsxwriter"), habits=(habit,)).truth[0]


def test_filler_and_prefixes_are_printed_and_are_not_true() -> None:
    """Rows of …… and 指标1： stand on the sheet; the truth knows neither."""
    specimen = Specimen("yunnan", 3, ("XLSX", "xlsxwriter"), habits=("filler", "prefixed"))
    texts = [cell.text for cell in specimen.job.sheets[0].cells]
    assert any(text == "……" for text in texts)
    assert any(text.startswith("指标1") for text in texts)
    assert not any("……" in row.name or row.name.startswith("指标") for row in specimen.truth[0].indicators)


def test_a_wrong_sum_is_true_as_printed() -> None:
    """The truth of a form that does not add up is what it prints."""
    right, wrong = truth_with("starred").total.score, truth_with("wrong_sum").total.score
    assert right is not None
    assert wrong is not None
    assert wrong < right


def test_wear_is_the_same_for_one_seed_and_another_for_another() -> None:
    """Every wear changes a page in one way for one seed; black and white has two values only."""
    page = np.full((300, 220, 3), 255, np.uint8)
    page[100:102, 20:200] = 0
    page[50:250, 60:62] = 0
    for wear in (*WEARS.values(), Wear(60, seals=2)):
        small = Wear(60, wear.skew, wear.blur, wear.noise, wear.dust, wear.breaks, wear.light, wear.seals, wear.photo)
        assert np.array_equal(worn(page, small, 4), worn(page, small, 4))
    assert not np.array_equal(worn(page, WEARS["noisy150"], 4), worn(page, WEARS["noisy150"], 5))
    assert set(np.unique(worn(page, WEARS["fax200"], 4))) <= {0, 255}


def test_pictures_have_every_page_and_their_resolution() -> None:
    """A scan PDF has a picture a page and no letters; TIFF has its pages; a fax is black and white."""
    specimen = Specimen("shanghai", 9, ("PDF", "typst"), habits=("few",), picture="TIFF", wear="fax200")
    scan = Specimen("shanghai", 9, ("PDF", "typst"), habits=("few",), picture="scan PDF", wear="clean150")
    fax = Specimen("shanghai", 9, ("PDF", "typst"), habits=("few",), picture="scan PDF", wear="fax200")
    tiff, pdf, faxed = made([specimen, scan, fax])
    assert len(pypdfium2.PdfDocument(faxed)) == len(pypdfium2.PdfDocument(pdf))
    image = Image.open(io.BytesIO(tiff))
    assert (image.mode, image.info["compression"], round(float(image.info["dpi"][0]))) == ("1", "group4", 200)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == getattr(image, "n_frames", 0)
    assert document[0].get_textpage().count_chars() == 0


def test_changed_pdfs_look_as_before() -> None:
    """Pages drawn sideways and turned back look the same; pages without letters look the same and copy as none."""
    (plain,) = made([Specimen("shanghai", 9, ("PDF", "typst"), habits=("few",))])
    wear = Wear(40)
    before = page_pictures(plain, wear, 1)[0]
    for degrees in (90, 180, 270):
        after = page_pictures(turned(plain, degrees), wear, 1)[0]
        assert after.shape == before.shape
        assert np.mean(np.abs(after.astype(int) - before)) < 3
    assert page_pictures(lying(plain, 90), wear, 1)[0].shape[0] == before.shape[1]
    assert "自评表" in text_of(plain).decode()
    with pytest.raises(ValueError, match="ToUnicode"):
        without_letters(b"%PDF-1.4 nothing")
