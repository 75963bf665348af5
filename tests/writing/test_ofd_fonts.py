"""Fonts in an OFD document: TrueType with just the letters printed, drawn as in the font they are from."""

import io
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from lxml import etree

from jixiao.writing.formats.ofd.document import write_pages
from jixiao.writing.formats.ofd.shapes import shapes_of
from jixiao.writing.paper.about import About
from jixiao.writing.paper.faces import JOINER, faces
from writing.ofd_parts import NAMESPACE, objects, parts, written
from writing.set_pages import COMMON, FACES, HARD, RARE, one_line, one_table

LETTERS = "".join(dict.fromkeys("绩效自评≥7.00(次)“①”" + RARE))


def embedded(data: bytes) -> list[TTFont]:
    """The fonts of a document."""
    return [TTFont(io.BytesIO(part)) for name, part in parts(data).items() if name.endswith(".ttf")]


def inked(font: TTFont, letter: str) -> tuple[int, int, int, int] | None:
    """The box of a letter's ink in thousandths of its size; `None` for a blank."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(letter)]].draw(pen)
    em = font["head"].unitsPerEm
    return None if pen.bounds is None else tuple(round(side * 1000 / em) for side in pen.bounds)


def test_the_letters_printed_and_no_others_are_embedded() -> None:
    """An embedded font knows the letters of the document; without a rare one it has no table for rare ones."""
    (font,) = embedded(written([one_line("绩效"), one_line("自评 100%")]))
    assert set(map(chr, font.getBestCmap())) == set("绩效自评 100%")
    assert [table.format for table in font["cmap"].tables] == [4]
    (rare,) = embedded(written([one_line("甲\U00020676")]))
    assert [table.format for table in rare["cmap"].tables] == [4, 12]


def test_letters_look_as_in_their_font() -> None:
    """Each letter has the advance of the font it is from, and its ink to a thousandth of the size or two."""
    (font,) = embedded(written([one_line(LETTERS)]))
    typeface = FACES.main("body")
    with TTFont(typeface.file, fontNumber=typeface.number, lazy=True) as source:
        for letter in LETTERS:
            name, there = font.getBestCmap()[ord(letter)], source.getBestCmap()[ord(letter)]
            assert font["hmtx"][name][0] == source["hmtx"][there][0]
            ours, theirs = inked(font, letter), inked(source, letter)
            assert ours is not None
            assert theirs is not None
            assert max(abs(one - other) for one, other in zip(ours, theirs, strict=True)) <= 2


def test_a_font_of_a_document_is_embedded_once() -> None:
    """Titles and values in one font share its file; labels in another have theirs."""
    page = one_table("甲", "乙")
    assert len(embedded(written([page, page, one_line("丙")]))) == 1


def test_a_blank_the_font_lacks_is_a_plain_one() -> None:
    """A thin blank that no font has is as wide as a plain one, and no box stands for it."""
    (thin,) = embedded(written([one_line("a\u2006b")]))
    (plain,) = embedded(written([one_line("a b")]))
    assert not FACES.main("body").covers("\u2006")
    assert inked(thin, "\u2006") is None
    assert thin["hmtx"][thin.getBestCmap()[0x2006]] == plain["hmtx"][plain.getBestCmap()[0x20]]


def test_titles_are_heavier() -> None:
    """Titles in a font without a bold have thicker strokes, and stand as far from letter to letter."""
    (title,) = embedded(written([one_line("绩效", face="title")]))
    (body,) = embedded(written([one_line("绩效")]))
    for letter in "绩效":
        thick, thin = inked(title, letter), inked(body, letter)
        assert thick is not None
        assert thin is not None
        grown = [one - other for one, other in zip(thick, thin, strict=True)]
        assert all(-25 <= side < 0 for side in grown[:2])
        assert all(0 < side <= 25 for side in grown[2:])
        names = title.getBestCmap()[ord(letter)], body.getBestCmap()[ord(letter)]
        assert title["hmtx"][names[0]][0] == body["hmtx"][names[1]][0]
    (listed,) = objects(written([one_line("绩效", face="title")]), "Font")
    assert (listed.get("FontName"), listed.get("FamilyName")) == ("Noto Serif SC Bold", "Noto Serif SC")


def test_fonts_say_whose_they_are() -> None:
    """Family, copyright and licence go with the letters."""
    (font,) = embedded(written([one_line("甲")]))
    told = {record.nameID: str(record) for record in font["name"].names}
    assert told[1] == "Noto Serif SC"
    assert "Adobe" in told[0]
    assert "Open Font License" in told[13]
    (listed,) = objects(written([one_line("甲")]), "Font")
    assert (listed.get("FontName"), listed.get("Charset")) == ("Noto Serif SC", "unicode")


def test_a_rare_letter_names_its_glyph() -> None:
    """A letter beyond 16 bits stands alone, with the number of its glyph for programs that count codes in halves."""
    data = written([one_line("甲\U00020676乙")])
    codes = [code.text for code in objects(data, "TextCode")]
    assert codes == ["甲", "\U00020676", "乙"]
    (glyphs,) = objects(data, "Glyphs")
    (font,) = embedded(data)
    assert font.getGlyphName(int(glyphs.text or "")) == font.getBestCmap()[0x20676]
    (transform,) = objects(data, "CGTransform")
    parent = transform.getparent()
    assert isinstance(parent, etree._Element)
    assert parent.findtext(f"{NAMESPACE}TextCode") == "\U00020676"


def test_a_mark_has_no_ink() -> None:
    """The mark that tells a blank is the text's has a glyph without ink and without width: no box stands for it."""
    (font,) = embedded(written([one_line(f"甲{JOINER} 乙")]))
    assert inked(font, JOINER) is None
    assert font["hmtx"][font.getBestCmap()[ord(JOINER)]][0] == 0
    (code,) = objects(written([one_line(f"甲{JOINER} 乙")]), "TextCode")
    assert code.text == f"甲{JOINER} 乙"
    assert (code.get("DeltaX") or "").split()[1] == "0"


@pytest.mark.parametrize("letter", sorted(set(COMMON + HARD)))
def test_outlines_are_whole(letter: str) -> None:
    """Every contour of a letter has points, and the box said is the box of its points."""
    typeface = FACES.main("label")
    shape = shapes_of(typeface).shape(letter)
    assert shape.contours > 0
    assert shape.points >= 3 * shape.contours
    assert shape.left < shape.right
    assert shape.bottom < shape.top


def test_an_offices_own_font_without_its_looks(tmp_path: Path) -> None:
    """An old TrueType font of an office, without the table OS/2, is embedded; what it lacks, another has."""
    (whole,) = embedded(written([one_line("绩效自评")]))
    del whole["OS/2"]
    whole.save(tmp_path / "body.ttf")
    data = b"".join(write_pages([one_line("绩效预算")], faces(tmp_path), About("书")))
    own, other = sorted(embedded(data), key=lambda font: "绩" not in map(chr, font.getBestCmap()))
    assert set(map(chr, own.getBestCmap())) == set("绩效")
    assert set(map(chr, other.getBestCmap())) == set("预算")
    assert (inked(own, "绩"), own["OS/2"].usWeightClass) == (inked(whole, "绩"), 400)
