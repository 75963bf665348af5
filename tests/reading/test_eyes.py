"""Files that need eyes: who reads them, what it may cost, and what is said where there are none."""

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao.form import Form
from jixiao.reading import Limits, Unreadable, eyes, read_file, read_many
from jixiao.reading.handover import EyesNeeded
from jixiao.reading.limits import changed_limits
from jixiao.reading.parse import parse_bytes
from jixiao.reading.png import png_of
from jixiao.reading.worker import Worker
from reading.docx_maker import docx_parts, pack
from reading.eyes_double import Double
from reading.pdf_maker import PdfPage, grid, make_pdf, text

DATA = Path(__file__).parents[1] / "data"
SCAN = DATA / "scan_clean200.pdf"
DOT = "q 400 0 0 600 90 90 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
ROWS = (("项目名称", "甲项目", "主管部门", "乙局"), ("三级指标", "年度指标值", "实际完成值", "得分"))

Look = Callable[[str], None]


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Look:
    """Takes the name of the eyes' opener in `eyes_double`."""

    def use(opener: str) -> None:
        monkeypatch.setattr(eyes, "OPENER", f"reading.eyes_double:{opener}")
        monkeypatch.setattr(eyes, "eyes_are_installed", lambda: True)

    return use


def mixed(tmp_path: Path) -> Path:
    """A PDF of a page with text and a page that is a picture."""
    words = "".join(
        text(52 + 110 * column, 740 - 30 * row, word)
        for row, line in enumerate(ROWS)
        for column, word in enumerate(line)
    )
    path = tmp_path / "mixed.pdf"
    path.write_bytes(make_pdf(PdfPage(grid([50, 160, 270, 380, 490], [700, 730, 760]) + words), PdfPage(DOT)))
    return path


def pages(forms: tuple[Form, ...]) -> set[int | None]:
    """The pages on which anything was found."""
    return {place.page for form in forms for places in form.places.values() for place in places}


def refusal(path: Path, limits: Limits) -> Unreadable:
    """Why a file cannot be read."""
    with pytest.raises(Unreadable) as caught:
        read_file(path, limits=limits)
    return caught.value


def test_a_scan_goes_to_eyes(look: Look) -> None:
    """Pages without text are drawn at 200 dots to the inch and read by the child with eyes, page for page."""
    look("open_double")
    forms = read_file(SCAN)
    assert [next(iter(form.places["/project/name"])).page for form in forms] == [1, 2, 3, 4]
    assert {form.unit for form in forms} == {"1654×2339"}


def test_text_never_goes_to_eyes(look: Look) -> None:
    """A file whose letters tell everything is read by the plain child; no eyes are opened for it."""
    look("open_broken")
    assert len(read_file(DATA / "lo_docx3.pdf")) == 3


def test_only_the_pages_that_need_it_are_looked_at(look: Look, tmp_path: Path) -> None:
    """Of a file of both kinds, the page with text keeps its letters, the other is read by eyes, in page order."""
    look("open_double")
    forms = read_file(mixed(tmp_path))
    assert [form.project.name for form in forms] == ["甲项目", "甲"]
    assert [form.unit for form in forms][1:] == ["1652×2338"]
    assert not [problem for form in forms for problem in form.problems if problem.code == "not_read"]


@pytest.mark.parametrize("opener", ["open_none", "open_broken"])
def test_without_eyes_the_rest_is_read(look: Look, tmp_path: Path, opener: str) -> None:
    """Where eyes cannot be opened after all, pages with text are read and the others said to be missing."""
    look(opener)
    (form,) = read_file(mixed(tmp_path))
    assert form.project.name == "甲项目"
    assert "第 2 页" in "".join(problem.message for problem in form.problems)


def test_without_the_extra_the_advice_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A scan and a picture are refused with a sentence that names the extra, where it is not installed."""
    found = importlib.util.find_spec
    monkeypatch.setattr(eyes, "find_spec", lambda name: None if name == "onnxruntime" else found(name))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    for path in (SCAN, tmp_path / "a.png"):
        told = refusal(path, Limits())
        assert told.code == "scan_without_text"
        assert 'pip install "jixiao[ocr]"' in told.advice_zh
        assert 'pip install "jixiao[ocr]"' in told.advice_en


def test_the_clock_starts_anew_with_each_page(look: Look) -> None:
    """Four slow pages may together take longer than one page may, but not longer than a whole scan may."""
    look("open_slow")
    assert len(read_file(SCAN, limits=Limits(page_seconds=1))) == 4
    assert refusal(SCAN, Limits(page_seconds=1, scan_seconds=1)).code == "time_out"


def test_eyes_that_never_end_are_stopped(look: Look) -> None:
    """A page that takes too long, on the clock or of the processor, is a sentence with the seconds it had."""
    look("open_busy")
    for limits in (Limits(page_seconds=1), Limits(page_cpu_seconds=1)):
        start = time.monotonic_ns()
        told = refusal(SCAN, limits)
        assert told.code == "time_out"
        assert "1 seconds" in told.en
        assert time.monotonic_ns() - start < 25 * 10**9


def test_eyes_are_confined_like_any_child(look: Look) -> None:
    """Code that takes over the eyes can open nothing and start nothing."""
    look("open_evil")
    assert len(read_file(SCAN)) == 4


def test_a_long_scan_holds_up_no_other_file(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one plain child, files with text are read while eyes are still at the scan before them."""
    look("open_slow")
    read, done = Worker.read, []

    def spied(worker: Worker, data: bytes, label: str, *, asking: bool = False) -> tuple[Form, ...]:
        forms = read(worker, data, label, asking=asking)
        done.append(Path(label))
        return forms

    monkeypatch.setattr(Worker, "read", spied)
    paths = [SCAN, *[DATA / "lo_docx3.pdf"] * 3]
    assert [path for path, _ in read_many(paths, workers=1)] == paths
    assert done == [*paths[1:], SCAN]


def test_limits_are_changed_by_name() -> None:
    """A setting is a name of a limit and a whole number from 1 on; anything else is refused, and none is forgotten."""
    assert changed_limits(("pages=500", "cells=7")) == Limits(pages=500, cells=7)
    for wrong in ("pages", "pages=", "pages=0", "pages=-1", "pages=1e3", "pages=٣", "leaves=3", "=3", "of_eyes=1"):
        with pytest.raises(ValueError, match=wrong.partition("=")[0] or "=3"):
            changed_limits((wrong,))


def picture_file(kind: str, pages: int = 1) -> bytes:
    """A file of white pictures, each 400 by 300 pixels."""
    import io

    from PIL import Image

    out = io.BytesIO()
    first, *more = [Image.new("L", (400, 300), 255) for _ in range(pages)]
    first.save(out, kind, **({"save_all": True, "append_images": more} if more else {}))
    return out.getvalue()


@pytest.mark.parametrize(("kind", "pages"), [("PNG", 1), ("JPEG", 1), ("TIFF", 3)])
def test_picture_files_are_read_page_by_page(look: Look, tmp_path: Path, kind: str, pages: int) -> None:
    """A PNG, a JPEG and each picture of a TIFF is unpacked in the child with eyes and read."""
    look("open_double")
    path = tmp_path / "表"
    path.write_bytes(picture_file(kind, pages))
    forms = read_file(path)
    assert [next(iter(form.places["/project/name"])).page for form in forms] == list(range(1, pages + 1))
    assert {form.unit for form in forms} == {"400×300"}


def test_pictures_have_their_limits(look: Look, tmp_path: Path) -> None:
    """One picture more, one pixel more than allowed is refused with the limit in the sentence; up to it, it is read."""
    look("open_double")
    path = tmp_path / "表"
    path.write_bytes(picture_file("TIFF", 3))
    assert len(read_file(path, limits=Limits(pages=3, pixels=120_000))) == 3
    for limits, said in ((Limits(pages=2), "limit of 2"), (Limits(pixels=119_999), "119,999 pixels")):
        told = refusal(path, limits)
        assert told.code == "too_large"
        assert said in told.en


@pytest.mark.parametrize("head", [b"GIF89a", b"RIFF\x00\x00\x00\x00WEBP", b"BM\x00\x00"])
def test_other_pictures_are_told(look: Look, tmp_path: Path, head: bytes) -> None:
    """A picture of a kind that is not unpacked is said to be one, with or without eyes."""
    look("open_double")
    path = tmp_path / "a.gif"
    path.write_bytes(head + bytes(99))
    assert refusal(path, Limits()).code == "unsupported_format"


def test_an_ofd_scan_goes_to_eyes(look: Look, tmp_path: Path) -> None:
    """A page of an OFD document that is a picture is read from it, with white where the page has a margin."""
    from reading.ofd_maker import page, parts_of, zipped

    look("open_double")
    image = '<ofd:ImageObject ResourceID="4" Boundary="20 30 100 75" CTM="100 0 0 75 0 0"/>'
    media = '<ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
    parts = parts_of(page(image), common="<ofd:DocumentRes>D.xml</ofd:DocumentRes>")
    resources = f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
    path = tmp_path / "表"
    path.write_bytes(zipped(parts | {"Doc_0/D.xml": resources, "Doc_0/a.png": picture_file("PNG")}))
    (form,) = read_file(path)
    assert form.unit == "480×420"


def test_a_document_of_pictures_is_looked_at_picture_by_picture() -> None:
    """A scan pasted into Word is read page by page, each picture once; one that is broken costs no other."""
    shown = '<w:p><w:r><w:drawing><a:blip r:embed="{0}"/><v:imagedata r:id="{0}"/></w:drawing></w:r></w:p>'
    parts = docx_parts("".join(map(shown.format, ("a", "b", "c"))))
    links = "".join(
        f'<Relationship Id="{name}" Type="http://a/image" Target="media/{name}.png"/>' for name in ("a", "b", "c")
    )
    parts["word/_rels/document.xml.rels"] = f"<Relationships>{links}</Relationships>"
    for name in ("a", "c"):
        parts[f"word/media/{name}.png"] = png_of(bytes(300 * 400), 300, 400)
    parts["word/media/b.png"] = b"\x89PNG\r\n\x1a\n"
    data = pack(parts)
    with pytest.raises(EyesNeeded):
        parse_bytes(data, "a.docx", asking=True)
    first, second = parse_bytes(data, "a.docx", Double())
    assert [form.places["/project/name"][0].page for form in (first, second)] == [1, 3]
    assert [problem.code for problem in first.problems if problem.code == "not_read"] == ["not_read"]
