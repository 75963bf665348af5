"""Forms that are hard to write: strategies of contents that a layout can hold and a reader would print so."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form import (
    Actual,
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Project,
    Target,
    Total,
    canonical_level,
    combine_target,
    is_nothing,
    parse_actual,
    parse_number,
    parse_target,
)
from jixiao.layout.families import Family
from jixiao.layout.lexicon import label_key, load_lexicon
from jixiao.reading.interpret.build import CODE_AND_NAME

COMMON = "科技金融服务企业培育力度完成情况预算绩效管理提升满意度及时率数量质量成本效益项目资金安全生产街道路灯维修"
RARE = "㐂䶮䲟鿃𠮷𡋾𪚥龘靐齉爨灪鱻犇猋骉麤"
GBK_RARE = "龘靐齉爨灪鱻骉麤啰囧昉翀堃喆槑彧旸珺祎頔"
MARKS = "，。；：、？！“”‘’（）《》【】—…·％①②③Ⅰ√×÷≥≤±℃㎡"
LATIN = (
    "IT",
    "APP",
    "SLA",
    "e-mail",
    "Wi-Fi",
    "km/h",
    "C919",
    "A4",
    "GB/T 33190-2016",
    "https://example.org/a?b=1&c=2",
)
FIGURES = ("7", "100.00", "1,200", "-5", "+86", "3.14", "2024", "12345678901234567890", "0571-8888", "1/2", "50%")
OPENINGS = (
    "=1+1",
    "=SUM(A1:A3)",
    "+加",
    "-减",
    "@某",
    "'撇",
    '"引',
    "<b>",
    "&amp;",
    "]]>",
    "#号",
    "_x0041_",
    "\\n",
    "{= x}",
    "$x",
)

_LEXICON = load_lexicon()


def texts(rare: str = GBK_RARE, longest: int = 40) -> st.SearchStrategy[str]:
    """Texts of a cell: Chinese words, marks, Latin words, figures, signs at the start, blanks between words."""
    word = st.text(st.sampled_from(COMMON), min_size=1, max_size=12)
    pieces = st.one_of(
        word, word, word, st.sampled_from(LATIN), st.sampled_from(FIGURES), st.text(st.sampled_from(MARKS), max_size=2),
        st.text(st.sampled_from(rare), min_size=1, max_size=2),
    )  # fmt: skip
    body = st.lists(pieces, min_size=1, max_size=max(1, longest // 5)).map(_joined)
    opened = st.tuples(st.sampled_from(OPENINGS), body).map("".join)
    spaced = st.tuples(body, body).map(" ".join)
    return st.one_of(body, body, body, opened, spaced).map(str.strip).filter(is_plain)


def _joined(pieces: list[str]) -> str:
    """Pieces one after another; two words of Latin letters or figures are parted by a blank."""
    text = ""
    for piece in pieces:
        parted = bool(text) and text[-1].isascii() and piece[:1].isascii()
        text += " " * parted + piece
    return text


def is_plain(text: str) -> bool:
    """Whether a text is no label, stands for something, and is what a reader gives back of a cell."""
    return not (
        not text or is_nothing(text) or _LEXICON.is_label(text) or text != text.strip()
        or label_key(text) == "" or set(text) <= set("….。·*＊ ")
    )  # fmt: skip


def numbers(most: int = 10**8) -> st.SearchStrategy[Decimal]:
    """Amounts and points as printed: with two decimals, or one, or none."""
    return st.builds(
        lambda whole, places: Decimal(whole).scaleb(-places), st.integers(0, most), st.sampled_from([2, 2, 2, 1, 0])
    )


def _is_points(number: Decimal) -> bool:
    """Whether a number can be a total of points; a larger one under the last row is no total to a reader."""
    return number < 1000


def _or_nothing(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, strategy, strategy, strategy, st.none())


@st.composite
def forms(draw: st.DrawFn, family: Family, rare: str = GBK_RARE, longest: int = 40) -> Form:
    """A form whose every field the layout prints, as its reader would read it."""
    cell = texts(rare, longest)
    year = draw(st.integers(2000, 2035))
    head = {label.field for row in family.head.rows for label in row}
    tail = {label.field for row in family.tail.rows for label in row}
    columns = {label.field for label in family.indicators.columns}
    coded = bool(family.printing and family.printing.project) and draw(st.booleans())
    code = "51000021R0000000" + draw(st.text(st.sampled_from("0123456789"), min_size=5, max_size=5)) if coded else None
    rows = tuple(draw(st.lists(_indicators(family, columns, year, cell), max_size=12)))
    rows = tuple(sorted(rows, key=lambda row: (row.level1, row.level2)))
    funds, extras = draw(_funds(family))
    declares = family.indicators.declares_points
    points = {row.level1: draw(numbers(100)) for row in rows} if declares and draw(st.booleans()) else {}
    form = Form(
        title=draw(st.sampled_from([family.title, "2024年" + family.title, "某市" + family.title])),
        fiscal_year=year,
        project=Project(draw(cell.filter(_is_name)), code) if "project_name" in head else Project(),
        department=draw(st.one_of(cell, st.just(""))),
        unit=draw(st.one_of(cell, st.just(""))) if "unit" in head else "",
        currency_unit=draw(st.sampled_from(["万元", "元"])),
        funds=funds,
        execution=draw(_execution(family)),
        goal=draw(_goal(family, texts(rare, longest * 8))),
        indicators=rows,
        total=Total(
            draw(_or_nothing(numbers(99999).filter(_is_points))) if "total" in tail and "weight" in columns else None,
            draw(_or_nothing(numbers(99999).filter(_is_points))) if "total" in tail and "score" in columns else None,
        ),
        grade=draw(st.sampled_from(["优", "良", "中", "差", None])) if "grade" in tail else None,
        declared_weights=points,
    )
    head_extras, tail_extras = draw(_extras(family, cell))
    return replace(form, extras=(*head_extras, *extras, *tail_extras))


def _is_name(text: str) -> bool:
    """Whether a reader takes all of a text for a project's name: long figures at its start are a code."""
    return not CODE_AND_NAME.fullmatch(text)


@st.composite
def _indicators(
    draw: st.DrawFn, family: Family, columns: set[str], year: int, cell: st.SearchStrategy[str]
) -> Indicator:
    level1, below = draw(st.sampled_from(_HEADINGS))
    level2 = draw(st.sampled_from(below))
    name = draw(cell.filter(lambda text: not text.startswith("指标")))
    return Indicator(
        level1=canonical_level(level1, 1),
        level2=canonical_level(level2, 2),
        name=name,
        target=draw(_targets(columns, year, cell)),
        actual=draw(st.one_of(st.just(Actual()), cell.map(parse_actual), _quantities("").map(parse_actual))),
        weight=draw(_or_nothing(numbers(9999))) if "weight" in columns else None,
        score=draw(_or_nothing(numbers(9999))) if "score" in columns else None,
        deviation=draw(st.one_of(st.just(""), st.just(""), cell)) if "deviation" in columns else "",
    )


_HEADINGS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)


@st.composite
def _quantities(draw: st.DrawFn, sign: str) -> str:
    number = draw(numbers(100000))
    return f"{sign}{number}{draw(st.sampled_from(['', '%', '次', '(次)', '万元', '人次', '（件）']))}"


@st.composite
def _targets(draw: st.DrawFn, columns: set[str], year: int, cell: st.SearchStrategy[str]) -> Target:
    if draw(st.integers(0, 9)) == 0:
        return Target()
    sign = draw(st.sampled_from(["≥", ">", "=", "<", "≤", "", "定性", "定性"]))
    if "sign" in columns:
        text = draw(cell) if sign in ("", "定性") else str(draw(numbers(100000)))
        unit = draw(st.sampled_from(["", "%", "次", "万元", "人次"])) if sign not in ("", "定性") else ""
        return combine_target(sign or "定性", text, unit, year)
    text = draw(cell) if sign == "定性" else draw(_quantities(sign))
    return parse_target(text, year)


@st.composite
def _funds(draw: st.DrawFn, family: Family) -> tuple[Funds, tuple[Extra, ...]]:
    if family.funds is None:
        return Funds(), ()
    columns = [label.field for label in family.funds.columns]
    printed = [name for name in ("initial", "adjusted", "executed") if name in columns]
    named: dict[str, FundRow] = {}
    more: list[LabelledFundRow] = []
    extras: list[Extra] = []
    for label in family.funds.rows:
        amounts = {name: draw(_or_nothing(numbers(10**10))) for name in printed}
        if label.field == "more":
            pointer = f"/funds/more/{len(more)}"
            more.append(LabelledFundRow(label.label, **amounts))
        else:
            pointer = f"/funds/{label.field}"
            named[label.field] = FundRow(**amounts)
        if label.field != "total" and "rate" in columns and draw(st.booleans()):
            extras.append(_rate_of(family, pointer, draw(numbers(20000))))
    return Funds(more=tuple(more), **named), tuple(extras)


def _rate_of(family: Family, pointer: str, rate: Decimal) -> Extra:
    assert family.funds is not None
    assert family.printing is not None
    (label,) = [each.label for each in family.funds.columns if each.field == "rate"]
    return Extra(label_key(label), f"{rate}{family.printing.rate_sign}", pointer)


@st.composite
def _execution(draw: st.DrawFn, family: Family) -> Execution:
    columns = {label.field for label in family.funds.columns} if family.funds else set()
    declared = bool(family.printing and any("{execution}" in each for each in family.printing.relabel.values()))
    return Execution(
        weight=draw(_or_nothing(numbers(100))) if "weight" in columns else draw(numbers(50)) if declared else None,
        rate=draw(_or_nothing(numbers(20000))) if "rate" in columns else None,
        score=draw(_or_nothing(numbers(2000))) if "score" in columns else None,
    )


@st.composite
def _goal(draw: st.DrawFn, family: Family, cell: st.SearchStrategy[str]) -> Goal:
    expected = draw(st.one_of(cell, st.just("")).filter(lambda text: parse_number(text) is None))
    return Goal(expected, draw(st.one_of(cell, st.just("已完成。"), st.just(""))) if family.goal else "")


@st.composite
def _extras(
    draw: st.DrawFn, family: Family, cell: st.SearchStrategy[str]
) -> tuple[tuple[Extra, ...], tuple[Extra, ...]]:
    """Texts beside the layout's labels that have no field of their own, of the head and of the tail."""
    found = []
    for part in (family.head, family.tail):
        labels = [label.label for row in part.rows for label in row if label.field == "extra"]
        found.append(tuple(Extra(label_key(label), draw(cell)) for label in labels if draw(st.booleans())))
    return found[0], found[1]
