"""Which letters stand on one line, where their boxes are as high as the ink only."""

from jixiao.reading.glyphs import Glyph, lines_of, text_of


def ink(text: str, top: int = 0) -> list[Glyph]:
    """Letters of 9 points whose boxes are their ink: a comma is low and flat, an equals sign flat."""
    heights = {"，": (610, 830), "。": (620, 820), "＝": (300, 500), "一": (380, 460)}
    spans = [heights.get(letter, (10, 840)) for letter in text]
    return [
        (900 * at, top + high, 900 * at + 900, top + low, letter, False)
        for at, (letter, (high, low)) in enumerate(zip(text, spans, strict=True))
    ]


def test_flat_letters_stand_on_the_line_of_the_others() -> None:
    """，。 stand below the middle of their line, ＝ comes first and is flat: each keeps its place among the letters."""
    assert [text_of(line) for line in lines_of(ink("改善条件，消除。") + ink("＝个人", 1100))] == [
        "改善条件，消除。",
        "＝个人",
    ]


def test_tight_lines_stay_apart() -> None:
    """Lines whose boxes reach into each other by a third are two lines."""
    assert [text_of(line) for line in lines_of(ink("第一，行") + ink("第二，行", 600))] == ["第一，行", "第二，行"]
