"""The typefaces: what is shipped covers GBK, an office's own come first, what cannot be used is said."""

import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from jixiao.reading.formats.pdf import read_pdf
from jixiao.writing.formats.pdf import write_pdf
from jixiao.writing.paper.faces import faces
from jixiao.writing.paper.model import Document, Face, Page, Text
from jixiao.writing.paper.unprintable import Unprintable

HOUSE = Path(__file__).resolve().parents[2]
SIGNS = HOUSE / "src" / "jixiao" / "writing" / "paper" / "fonts" / "JixiaoSigns.ttf"
FACES: tuple[Face, ...] = ("title", "body", "label")


def named(place: Path, family: str = "", *, closed: bool = False) -> Path:
    """A small font of this family name in a file."""
    font = TTFont(SIGNS)
    font["name"].names = [record for record in font["name"].names if record.platformID == 3]
    for record in font["name"].names:
        if record.nameID in (1, 4) and family:
            record.string = family
    font["OS/2"].fsType = 2 if closed else 0
    place.parent.mkdir(exist_ok=True)
    font.save(place)
    return place.parent


@pytest.mark.parametrize("face", FACES)
def test_all_of_gbk_is_covered(face: Face) -> None:
    """Every character of GBK that has a place in Unicode, and the tick boxes and small figures, can be set."""
    widths = faces().widths(face)
    every = {
        bytes((high, low)).decode("gbk", "ignore")
        for high in range(0x81, 0xFF)
        for low in range(0x40, 0xFF)
        if high >= 0xA1 or low != 0x7F
    }
    letters = {each for each in every if len(each) == 1 and not "\ue000" <= each <= "\uf8ff" and each.isprintable()}
    assert len(letters) > 21_000
    assert all(widths[letter] >= 0 for letter in letters | set("☐☑☒⁰⁵₂×√"))


def test_widths_are_those_of_the_font() -> None:
    """A Chinese letter is an em wide; a Latin one as the font says, in thousandths."""
    widths = faces().widths("body")
    assert widths["中"] == 1000
    assert 200 < widths[" "] < 300
    assert widths["i"] < widths["m"] < 1000


@pytest.mark.parametrize(
    ("file", "family", "face"),
    [
        ("x.ttf", "仿宋_GB2312", "body"),
        ("x.TTF", "方正小标宋简体", "title"),
        ("FZXBSJW.ttf", "FZXiaoBiaoSong-B05S", "title"),
        ("x.otf", "SimHei", "label"),
        ("正文-某.ttf", "Anything", "body"),
        ("title.ttf", "FangSong", "title"),
    ],
)
def test_the_name_says_which_face_a_font_serves(tmp_path: Path, file: str, family: str, face: Face) -> None:
    """The file's name first (标题, 正文, 栏目; title, body, label), else the family's; it serves no other face."""
    own = faces(named(tmp_path / "fonts" / file, family))
    for each in FACES:
        assert (own.main(each).file.parent == tmp_path / "fonts") == (each == face)


def test_an_unnamed_font_only_fills_gaps(tmp_path: Path) -> None:
    """A font that no name gives to a face stands in for letters that the others lack, and for nothing else."""
    own = faces(named(tmp_path / "fonts" / "x.ttf", "Whatever"))
    assert all(own.main(face).family.startswith("Noto") for face in FACES)


def test_a_collection_serves_with_each_of_its_fonts(tmp_path: Path) -> None:
    """Both fonts of a .ttc are taken, each for the face it is named for."""
    folder = tmp_path / "fonts"
    for number, family in enumerate(("仿宋", "小标宋")):
        named(folder / f"{number}.ttf", family)
    collection = TTCollection()
    collection.fonts = [TTFont(folder / "0.ttf"), TTFont(folder / "1.ttf")]
    collection.save(folder / "both.ttc")
    for number in range(2):
        (folder / f"{number}.ttf").unlink()
    own = faces(folder)
    assert (own.main("body").number, own.main("title").number) == (0, 1)


def test_a_true_type_font_is_embedded_and_read_back(tmp_path: Path) -> None:
    """A document in a font of one's own, with letters it lacks in ours: the reader gives all of it."""
    own = faces(named(tmp_path / "fonts" / "正文.ttf"))
    text = "☑ 是 ☐ 否 ， 10⁹ 与 H₂O"
    data = b"".join(write_pdf([Document("名", Page(), (Text(text),))], own))
    (line,) = read_pdf(data, "a.pdf").blocks
    assert "".join(getattr(line, "text", "")).replace("\u2060", "") == text
    assert b"Jixiao" in data


@pytest.mark.parametrize("data", [b"", b"not a font", b"\0\1\0\0" + bytes(40), b"OTTO" + b"\xff" * 200])
def test_a_broken_font_is_named(tmp_path: Path, data: bytes) -> None:
    """A file that is no font, or only its beginning, is named and what to do with it."""
    (tmp_path / "仿宋.ttf").write_bytes(data)
    with pytest.raises(Unprintable, match="仿宋") as told:
        faces(tmp_path)
    assert "读不通" in told.value.zh


def test_a_font_that_may_not_be_embedded_is_refused(tmp_path: Path) -> None:
    """A font whose licence forbids embedding is not taken into a file that goes round."""
    with pytest.raises(Unprintable, match="embedded"):
        faces(named(tmp_path / "fonts" / "x.ttf", "仿宋", closed=True))


def test_a_folder_without_fonts_is_told(tmp_path: Path) -> None:
    """A folder that is not there, or holds no font, is a slip of the caller's."""
    with pytest.raises(Unprintable, match="cannot be opened"):
        faces(tmp_path / "gone")
    with pytest.raises(Unprintable, match="holds no font"):
        faces(tmp_path)


def test_the_signs_are_as_their_script_draws_them(tmp_path: Path) -> None:
    """JixiaoSigns.ttf is what tools/signs_font.py makes, byte for byte, and its licence lies beside it."""
    before = SIGNS.read_bytes()
    copy = tmp_path / "signs.ttf"
    code = f"import sys; sys.path.insert(0, {str(HOUSE / 'tools')!r}); import signs_font; from pathlib import Path; "
    code += f"signs_font.OUT = Path({str(copy)!r}); signs_font.main()"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own script
    assert copy.read_bytes() == before
    assert "SIL OPEN FONT LICENSE" in (SIGNS.parent / "OFL.txt").read_text(encoding="utf-8")
