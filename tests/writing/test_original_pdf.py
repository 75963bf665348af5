"""A marked PDF is the original with notes behind it: nothing of the original changes, and every mark is at its cell."""

import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from itertools import product

import pikepdf
import pypdfium2
import pytest

from forms.pdf_changes import turned
from jixiao.layout.crafts import Refused
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.limits import Limits
from jixiao.writing.original.job import Change
from jixiao.writing.original.pdf import mark_pdf
from jixiao.writing.original.pdf.frame import Box, frame_of
from jixiao.writing.original.pdf.ink import Ink
from reading.pdf_maker import PdfPage, assemble, make_pdf
from writing.marked_pages import BOXES, job, mark, notes_of, original, place, saved, seen, wire

THREE = job(
    mark(1, place(BOXES[0]), place(BOXES[1]), kind="arithmetic"), mark(2, place(BOXES[1]), kind="clause"),
    mark(12, place(BOXES[2])),
)  # fmt: skip
NEAR = 14
"""How far from its box a mark may draw, in points: where a cell is full, the tag stands beside it."""


def near(dot: tuple[int, int], boxes: tuple[tuple[int, int, int, int], ...], by: int = NEAR) -> bool:
    """Whether a dot of the page lies in the neighbourhood of a box."""
    return any(l - by <= dot[0] <= r + by and t - by <= dot[1] <= b + by for l, t, r, b in boxes)  # noqa: E741 -- as named


def opened_well(data: bytes) -> None:
    """A strict reader has nothing to say about the file."""
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.get_warnings() == []
        assert pdf.check_pdf_syntax() == []


def test_the_original_is_the_beginning() -> None:
    """The original's bytes come first, unchanged; the same job gives the same bytes; a strict reader is content."""
    data = original(pages=2)
    marked = mark_pdf(data, wire(THREE))
    assert marked.startswith(data)
    assert marked == mark_pdf(data, wire(THREE))
    opened_well(marked)


TURNS = list(product((0, 90, 180, 270), ("", "/CropBox [40 300 400 780]", "/CropBox [-50 600 700 900]")))


@pytest.mark.parametrize(("degrees", "crop"), TURNS)
def test_marks_stand_at_their_cells(degrees: int, crop: str) -> None:
    """On pages turned and cropped, too, ink is added in every box as displayed and only around it; none is covered."""
    data = original(f"/MediaBox [0 0 595 842] /Rotate {degrees} {crop}")
    boxes = displayed(degrees, crop)
    order = job(*[mark(at, place(box), kind="arithmetic") for at, box in enumerate(boxes, 1)])
    marked = mark_pdf(data, wire(order))
    before, after = seen(marked, 0, notes=False), seen(marked, 0, notes=True)
    assert before == seen(data, 0, notes=True)
    dots = before.differing(after)
    assert all(near(dot, boxes) for dot in dots)
    assert all(any(near(dot, (box,), 0) for dot in dots) for box in boxes)
    assert not hidden(before.rows, after.rows)


def displayed(degrees: int, crop: str) -> tuple[tuple[int, int, int, int], ...]:
    """The cells of the original on the page as displayed."""
    left, bottom, right, top = {"": (0, 0, 595, 842), "/CropBox [40": (40, 300, 400, 780)}.get(
        crop[:12], (0, 600, 595, 842)
    )
    found = []
    for l, t, r, b in BOXES:  # noqa: E741 -- as named
        x0, x1, y0, y1 = l - left, r - left, 842 - b - bottom, 842 - t - bottom  # from the lower left corner
        width, height = right - left, top - bottom
        found.append({
            0: (x0, height - y1, x1, height - y0), 90: (y0, x0, y1, x1), 180: (width - x1, y0, width - x0, y1),
            270: (height - y1, width - x1, height - y0, width - x0),
        }[degrees])  # fmt: skip
    return tuple(found)


def hidden(before: tuple[bytes, ...], after: tuple[bytes, ...]) -> int:
    """How many dark dots have become light."""
    rows = ((old, new) for old, new in zip(before, after, strict=True) if old != new)
    return sum(dark < 90 and now > 200 for old, new in rows for dark, now in zip(old, new, strict=True))


def test_text_that_is_set_turned_gets_its_marks_too() -> None:
    """A page drawn sideways that says so is marked where it is read."""
    data = turned(original(), 90)
    marked = mark_pdf(data, wire(job(mark(1, place(BOXES[0])))))
    dots = seen(data, 0, notes=True).differing(seen(marked, 0, notes=True))
    assert dots
    assert all(near(dot, BOXES[:1]) for dot in dots)


def test_a_note_says_all() -> None:
    """A mark is a square with its words, author, day, a name of its own, a look and a window; it is printed."""
    notes = notes_of(mark_pdf(original(), wire(THREE)))
    squares = [note for note in notes if note.kind == "/Square"]
    assert squares[0].words == "疑问 第1条\n读到：93.00\n请答：为何？"
    assert {(note.author, note.day, note.flags, note.look) for note in squares} == {("复核人", "D:20260304", 4, True)}
    assert len({note.name for note in squares}) == len(squares) == 4
    assert [note.of for note in notes if note.kind == "/Popup"] == [squares[0].name, squares[2].name, squares[3].name]
    assert [note.of for note in squares] == ["", squares[0].name, "", ""]


def test_marks_of_one_cell_do_not_cover_each_other() -> None:
    """Two marks of the same cell have outlines and tags apart."""
    both = job(mark(1, place(BOXES[1])), mark(2, place(BOXES[1]), kind="clause"))
    one = seen(mark_pdf(original(), wire(job(mark(1, place(BOXES[1]))))), 0, notes=True)
    two = seen(mark_pdf(original(), wire(both)), 0, notes=True)
    assert not hidden(one.rows, two.rows)


def test_figures_of_a_full_cell_stay_legible() -> None:
    """A tag finds room where a cell is full of letters: nothing printed is covered."""
    content = "".join(
        f"BT /F1 9 Tf 101 {y} Td <{'满'.encode('utf-16-be').hex() * 11}> Tj ET\n" for y in (632, 642, 652, 662, 672)
    )
    data = make_pdf(PdfPage(content))
    marked = mark_pdf(data, wire(job(mark(7, place((100, 160, 200, 212)), kind="arithmetic"))))
    assert not hidden(seen(marked, 0, notes=False).rows, seen(marked, 0, notes=True).rows)


SAVED = {
    "as streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "for the web": {"linearize": True},
    "for the web, as streams": {"linearize": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate},
}


@pytest.mark.parametrize("how", SAVED)
def test_every_kind_of_table_is_continued(how: str) -> None:
    """Objects in streams, tables in streams and files for the web are continued in the kind they end with."""
    data = saved(original(pages=2), **SAVED[how])
    marked = mark_pdf(data, wire(THREE))
    assert marked.startswith(data)
    assert len(notes_of(marked)) == 7
    opened_well(marked)
    assert seen(marked, 0, notes=False) == seen(data, 0, notes=True)


def test_what_stands_before_the_header_shifts_the_table() -> None:
    """A file with a line before its header, whose offsets are counted from the header, is continued likewise."""
    data = b"\n\n" + original()
    marked = mark_pdf(data, wire(THREE))
    assert marked.startswith(data)
    assert len(notes_of(marked)) == 7
    with pypdfium2.PdfDocument(marked) as document:
        assert len(document) == 1


def test_notes_that_were_there_stay() -> None:
    """Notes of other people, bookmarks and a second round of marks are kept beside the new ones."""
    out = BytesIO()
    with pikepdf.open(BytesIO(original())) as pdf:
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[1, 1, 9, 9], F=4, Contents="甲的批注"
        )])  # fmt: skip
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("第一章", 0))
        pdf.save(out)
    once = mark_pdf(out.getvalue(), wire(THREE))
    twice = mark_pdf(once, wire(job(mark(1, place(BOXES[2])))))
    assert notes_of(twice)[0].words == "甲的批注"
    assert len(notes_of(twice)) == 1 + 7 + 2
    with pikepdf.open(BytesIO(twice)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["第一章", "自评表复核意见", "自评表复核意见"]
        assert [item.title for item in outline.root[1].children] == ["1 疑问 第1条", "2 疑问 第2条", "12 疑问 第12条"]
    opened_well(twice)


def test_the_summary_comes_as_pages_that_are_not_read() -> None:
    """Pages of the summary follow upright whatever the original's pages inherit, under a bookmark, and are no form."""
    out = BytesIO()
    with pikepdf.open(BytesIO(original())) as pdf:
        pdf.Root.Pages.Rotate = 90
        pdf.save(out)
    data = out.getvalue()
    summary = make_pdf(PdfPage("BT /F1 9 Tf 50 700 Td <60c589c1> Tj ET"), PdfPage("", "/MediaBox [0 0 300 400]"))
    marked = mark_pdf(data, wire(job(mark(1, place(BOXES[0])), pages=summary)))
    with pypdfium2.PdfDocument(marked) as document:
        assert [page.get_size() for page in document] == [(842, 595), (595, 842), (300, 400)]
        assert document[1].get_textpage().get_text_range() == "情见"
        assert next(iter(document.get_toc())).get_title() == "自评表复核意见"
    found = read_pdf(marked, "a.pdf")
    assert "情见" not in str(found.blocks)
    assert ["第 2-3 页是复核时附加的意见汇总" in loss for loss in found.attached].count(True) == 1
    opened_well(marked)


def test_the_summary_does_not_count_as_pages_of_the_original() -> None:
    """A document of as many pages as may be is read again with its summary, and no other one of more pages is."""
    summary = make_pdf(PdfPage(""), PdfPage(""))
    marked = mark_pdf(original(pages=2), wire(job(mark(1, place(BOXES[0])), pages=summary)))
    limits = Limits(pages=2)
    assert read_pdf(marked, "a.pdf", limits).blocks == read_pdf(original(pages=2), "a.pdf", limits).blocks
    for data in (original(pages=3), mark_pdf(original(pages=3), wire(job(pages=summary)))):
        with pytest.raises(Unreadable, match="more than the limit of 2 pages"):
            read_pdf(data, "a.pdf", limits)


def test_pages_keep_what_they_inherit() -> None:
    """Size and turn that pages have from the root of their tree stay, on pages that get no mark, too."""
    pages = "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 500 700] /Rotate 90 >>"
    data = assemble(
        ["<< /Type /Catalog /Pages 2 0 R >>", pages, *["<< /Type /Page /Parent 2 0 R /Resources << >> >>"] * 2]
    )
    marked = mark_pdf(data, wire(job(mark(1, place((10, 10, 50, 30))), pages=original())))
    with pypdfium2.PdfDocument(marked) as document:
        assert [page.get_size() for page in document] == [(700, 500), (700, 500), (595, 842)]
    opened_well(marked)


def test_places_that_are_none_are_in_the_summary_only() -> None:
    """A place without a page or a box, beyond the last page or off the page makes no note and does no harm."""
    nowhere = place(BOXES[0], None), place(BOXES[0], 9), place((5000, 5000, 5100, 5100))
    marked = mark_pdf(original(), wire(job(mark(1, *nowhere), mark(2, place(BOXES[0])))))
    assert [note.words[:6] for note in notes_of(marked) if note.kind == "/Square"] == ["疑问 第2条"]


def test_a_number_put_right_is_struck_out_and_stands_beside() -> None:
    """The old number stays under a line, the new one stands beside it, both are one replacement with its reason."""
    change = Change("/total/score", (place(BOXES[1]),), "93.00", "良 94.00", "得分合计 93.00 → 94.00", "各行相加。")
    data = original()
    marked = mark_pdf(data, wire(job(changes=(change,))))
    caret, _, struck = notes_of(marked)
    assert (caret.kind, struck.kind, struck.of) == ("/Caret", "/StrikeOut", caret.name)
    assert caret.words == "良 94.00\n得分合计 93.00 → 94.00\n各行相加。"
    before, after = seen(marked, 0, notes=False), seen(marked, 0, notes=True)
    assert before == seen(data, 0, notes=True)
    assert not hidden(before.rows, after.rows)
    left, bottom, right, top = (int(value) for value in caret.rect)
    dots = [dot for dot in before.differing(after) if left <= dot[0] <= right and bottom <= 842 - dot[1] <= top]
    assert len(dots) > 100
    assert read_pdf(marked, "a.pdf") == read_pdf(data, "a.pdf")


@pytest.mark.parametrize("user", ["", "geheim"])
def test_an_encrypted_file_is_refused(user: str) -> None:
    """A file with a password, or with rights that its owner has limited, is not added to."""
    data = saved(original(), encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(Refused) as caught:
        mark_pdf(data, wire(THREE))
    assert caught.value.code == "encrypted"


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "no table there": lambda data: data.replace(b"startxref\n", b"startxref\n1"),
    "no PDF": lambda _: b"%PDF-1.7\nnothing",
    "a page listed twice": lambda _: assemble(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
        ]
    ),
    "cut off": lambda data: data[:700],
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_file_is_refused(how: str) -> None:
    """What could not be opened with certainty after an addition is told, and left alone."""
    with pytest.raises(Refused) as caught:
        mark_pdf(DAMAGED[how](original()), wire(job(mark(1, place(BOXES[0])), mark(2, place(BOXES[0], 2)))))
    assert caught.value.code == "truncated_or_damaged"


@pytest.mark.parametrize("certificate", ["5", "<< /Reference [5 << /TransformParams 5 >>] >>"])
def test_a_certificate_that_is_none_is_taken_as_one(certificate: str) -> None:
    """Where numbers stand for what an author allows nobody knows what is allowed, so nothing is put in."""
    with pytest.raises(Refused) as caught:
        mark_pdf(make_pdf(PdfPage(""), catalog=f"/Perms << /DocMDP {certificate} >>"), wire(THREE))
    assert caught.value.code == "cannot_be_changed"


@pytest.mark.parametrize("entry", ["/Outlines", "/Pages"])
def test_a_count_that_is_none_is_counted_anew(entry: str) -> None:
    """A catalogue whose counts are no numbers gets its summary and its bookmark all the same."""
    out = BytesIO()
    with pikepdf.open(BytesIO(original())) as pdf:
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
        pdf.Root[entry].Count = pikepdf.Name.Many
        pdf.save(out)
    marked = mark_pdf(out.getvalue(), wire(job(mark(1, place(BOXES[0])), pages=original())))
    with pikepdf.open(BytesIO(marked)) as pdf:
        assert len(pdf.pages) == 2
        assert isinstance(pdf.Root[entry].Count, int)


def signed(permission: int | None) -> bytes:
    """A file that looks signed, certified by its author with a permission where one is given."""
    certified = "" if permission is None else (
        "/Perms << /DocMDP << /Type /Sig /ByteRange [0 1 2 3] /Reference [<< /TransformMethod /DocMDP"
        f" /TransformParams << /P {permission} >> >>] >> >>"
    )  # fmt: skip
    return make_pdf(PdfPage(""), catalog=f"{certified} /AcroForm << /Fields [<< /V << /ByteRange [0 1 2 3] >> >>] >>")


@pytest.mark.parametrize("permission", [None, 3])
def test_a_signed_file_gets_notes_only(permission: int | None) -> None:
    """No page and no bookmark is added to a signed file: the summary is a note at the edge of its first page."""
    marked = mark_pdf(signed(permission), wire(job(mark(1, place(BOXES[0])), pages=original())))
    notes = notes_of(marked)
    assert [note.kind for note in notes] == ["/Square", "/Popup", "/Text", "/Popup"]
    assert notes[2].words.startswith("自评表复核意见\n原件甲。")
    with pikepdf.open(BytesIO(marked)) as pdf:
        assert len(pdf.pages) == 1
        assert "/Outlines" not in pdf.Root


@pytest.mark.parametrize("permission", [1, 2])
def test_a_file_certified_against_notes_is_refused(permission: int) -> None:
    """Where the author's signature allows no notes, none are put in."""
    with pytest.raises(Refused) as caught:
        mark_pdf(signed(permission), wire(THREE))
    assert caught.value.code == "cannot_be_changed"
    assert "签名" in caught.value.message[0]


def test_many_pages_take_little_memory() -> None:
    """What is known of the ink of pages that are done is folded: twenty pages do not take twenty pictures."""
    picture = 595 * 842 * 4
    marks = [mark(number, place(BOXES[0], number)) for number in range(1, 21)]
    data = original(pages=20)
    tracemalloc.start()
    marked = mark_pdf(data, wire(job(*marks)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * picture
    assert sum(len(notes_of(marked, page)) for page in range(20)) == 40


def test_ink_that_was_folded_is_the_same() -> None:
    """A page that is turned to again, after another, has the ink that it had."""
    with pypdfium2.PdfDocument(original()) as shown:
        frame = frame_of(shown[0])
        ink, box = Ink(shown[0], frame.shown), Box(10_000, 14_200, 20_000, 17_200)
        before = ink.count(box), ink.bounds(box)
        ink.fold()
        assert before[0] > 0
        assert (ink.count(box), ink.bounds(box)) == before


def test_a_huge_page_is_not_drawn() -> None:
    """A page of two hundred inches is marked without being looked at."""
    data = make_pdf(PdfPage("", "/MediaBox [0 0 14400 14400]"))
    box = (100, 142, 200, 172)
    (square, _) = notes_of(mark_pdf(data, wire(job(mark(1, place(box))))))
    assert square.rect[0] >= Decimal(100)


def test_a_job_that_is_none_is_told() -> None:
    """Bytes that are no job are a sentence, not a crash."""
    with pytest.raises(Refused) as caught:
        mark_pdf(original(), b"{}")
    assert caught.value.code == "cannot_be_changed"
