"""Texts that are hard to write, drawn from a `random.Random`: what a cell of a form can hold in one line."""

from collections.abc import Callable
from random import Random

COMMON = "科技金融服务企业培育力度完成情况预算绩效管理提升满意度及时率数量质量成本效益项目资金安全生产街道路灯维修"
RARE = "㐂䶮䲟鿃𠮷𡋾𪚥龘靐齉爨灪鱻犇猋骉麤"
GBK_RARE = "龘靐齉爨灪鱻骉麤啰囧昉翀堃喆槑彧旸珺祎頔"
MARKS = "，。；：、？！“”‘’（）《》【】「」—…·％①②③Ⅰ√×÷≥≤±℃㎡"
WIDE = "０１２３９ＡＢＣｘｙ＝＋－％，．：（）＠"
"""Full-width letters, figures and signs: they come back as they are, not folded."""
LATIN = (
    "IT", "APP", "SLA", "e-mail", "Wi-Fi", "km/h", "C919", "A4", "GB/T 33190-2016", "https://example.org/a?b=1&c=2",
)  # fmt: skip
ENGLISH = (
    "the", "of", "budget", "performance", "target", "reviewed", "and,", "in", "Shanghai;", "(annex)", "paid.", "Note:",
    "self-evaluation", "3.5", "km",
)  # fmt: skip
FIGURES = ("7", "100.00", "1,200", "-5", "+86", "3.14", "2024", "12345678901234567890", "0571-8888", "1/2", "50%")
OPENINGS = (
    "=1+1", "=SUM(A1:A3)", "+加", "-减", "@某", "'撇", '"引', "<b>", "&amp;", "]]>", "#号", "_x0041_", "\\n", "{= x}",
    "$x", "＝１＋１", "\\u0041", "<!--", "%d", "&#10;", "TRUE", "1E5", "2024-01-01",
)  # fmt: skip
"""What a spreadsheet, a markup or a typesetter could take for its own."""


def text(random: Random, rare: str, longest: int) -> str:
    """Words of one of several kinds, of about so many letters at most; perhaps with blanks at its ends."""
    kind = random.choice(_KINDS)
    return kind(random, rare, random.randint(1, max(1, longest // 5))).strip()


def _mixed(random: Random, rare: str, count: int) -> str:
    """Pieces one after another; two words of Latin letters or figures are parted by a blank."""
    made = ""
    for _ in range(count):
        piece = _piece(random, rare)
        parted = bool(made) and made[-1].isascii() and piece[:1].isascii()
        made += " " * parted + piece
    return made


def _piece(random: Random, rare: str) -> str:
    turn = random.randrange(8)
    if turn < 3:
        return _some(random, COMMON, 12)
    if turn < 5:
        return random.choice(LATIN if turn == 3 else FIGURES)
    return _some(random, (MARKS, rare, WIDE)[turn - 5], 2)


def _some(random: Random, letters: str, most: int) -> str:
    return "".join(random.choices(letters, k=random.randint(1, most)))


def _opened(random: Random, rare: str, count: int) -> str:
    return random.choice(OPENINGS) + random.choice(("", " ")) + _mixed(random, rare, count)


def _spaced(random: Random, rare: str, count: int) -> str:
    """Blanks inside, one or more at a place, beside Chinese and Latin letters and figures."""
    parts = [_mixed(random, rare, max(1, count // 3)) for _ in range(random.randint(2, 4))]
    made = parts[0]
    for part in parts[1:]:
        made += random.choice((" ", " ", "  ", "   ", "\u3000")) + part
    return made


def _english(random: Random, _: str, count: int) -> str:
    """A paragraph that has to be broken at its blanks."""
    return " ".join(random.choices(ENGLISH, k=count + 3))


def _unbroken(random: Random, _: str, count: int) -> str:
    """A word longer than its cell is wide: no blank in it, so that it is broken where its letters end."""
    return _some(random, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ", 1) * random.randint(1, 3) + "".join(
        random.choices("abcdefghij0123456789_", k=min(count * 5, 400))
    )


_KINDS: tuple[Callable[[Random, str, int], str], ...] = (
    _mixed, _mixed, _mixed, _mixed, _opened, _opened, _spaced, _spaced, _english, _unbroken,
)  # fmt: skip
