"""What published forms do besides: long names, empty cells, sums that do not add up, filler left in, and so on.

Each habit changes a form as printed; the truth is made of what is printed, so a wrong sum is true as it stands.
"""

from collections.abc import Callable
from decimal import Decimal

from forms import words
from forms.content import CENT, Printed, PrintedRow, grade_of
from forms.dice import Dice
from jixiao.form import is_nothing, plain
from jixiao.layout.families import Family

MANY = 5
"""Indicators under one heading, at most, in a form of many."""
_SIGNS = {"≥": ("≧", ">=", "≥", "大于等于"), "≤": ("≦", "<=", "≤", "小于等于"), "=": ("═", "＝", "="), ">": ("＞",)}
_PRINTED = ("≥", ">=", "不低于", "≤", "<=", "不超过", "=", ">")
_TICKS = ("√优 □良 □中 □差", "■优□良□中□差", "■优秀 □良好 □中 □差")


def adopt(printed: Printed, family: Family, habits: tuple[str, ...], dice: Dice) -> None:
    """Change a form as printed so that it has some of the `HABITS`."""
    for name in habits:
        HABITS[name](printed, family, dice)


def draw(dice: Dice, most: int) -> tuple[str, ...]:
    """Some habits, in the order in which they must be taken up; at most so many."""
    chosen = dice.sample(tuple(HABITS), dice.between(0, most))
    return tuple(name for name in HABITS if name in chosen)


def _few(printed: Printed, family: Family, dice: Dice) -> None:
    firsts = {row.level1: row for row in reversed(printed.rows)}
    printed.rows = [row for row in printed.rows if firsts[row.level1] is row]
    for row in printed.rows:
        row.weight = row.score = printed.points[row.level1]
    _total(printed, family)


def _total(printed: Printed, family: Family) -> None:
    scored = family.id == "hubei" or "weight" in {
        label.field for label in (family.funds.columns if family.funds else ())
    }
    execution = printed.funds[0][1] if scored else {"weight": "0", "score": "0"}
    columns = {name: [getattr(row, name) for row in printed.rows] for name in ("weight", "score")}
    sums = {name: sum(map(Decimal, filter(None, texts)), Decimal(execution[name])) for name, texts in columns.items()}
    printed.total_weight, printed.total_score = plain(sums["weight"]), plain(sums["score"].quantize(CENT))
    printed.grade = grade_of(sums["score"])


def _long(printed: Printed, family: Family, dice: Dice) -> None:
    for row in printed.rows:
        if dice.chance(40):
            row.name += "（" + "、".join(dice.sample(words.NAMES["数量指标"], 2)) + "等工作）"
        if dice.chance(20):
            row.deviation = "".join(dice.sample(words.REASONS, 3))
    printed.expected = "".join(f"{number}.{text}" for number, text in enumerate(words.GOALS, 1))
    printed.actual = "".join(dice.sample(words.DONE, 4)) + printed.expected


def _terse(printed: Printed, family: Family, dice: Dice) -> None:
    """As few words as a form can have."""
    printed.expected, printed.initial = dice.choice(("完成年度任务。", "按计划完成全部采购。")), "完成任务。"
    printed.actual, printed.above, printed.below = "已完成。", "", ""
    for row in printed.rows:
        row.deviation = ""


def _starred(printed: Printed, family: Family, dice: Dice) -> None:
    for row in printed.rows:
        if dice.chance(25):
            row.name = "★" + row.name


def _odd_signs(printed: Printed, family: Family, dice: Dice) -> None:
    for row in printed.rows:
        lead = next((sign for sign in _PRINTED if row.target.startswith(sign)), "")
        if lead and row.sign in _SIGNS:
            row.sign = dice.choice(_SIGNS[row.sign])
            row.target = row.sign + row.target.removeprefix(lead)


def _ranges(printed: Printed, family: Family, dice: Dice) -> None:
    if any(label.field == "sign" for label in family.indicators.columns):
        return
    for row in printed.rows:
        if dice.chance(30):
            low = dice.between(50, 90)
            row.target = dice.choice((f"{low}%-100%", f"{low}%～{low + 8}%", f"{low}-{low + 5}天", f"{low}%以上"))
            row.actual = f"{low + 2}{'天' if '天' in row.target else '%'}"


def _blanks(printed: Printed, family: Family, dice: Dice) -> None:
    for row in printed.rows:
        if dice.chance(15):
            row.actual = dice.choice(("", "-", "/"))
        if dice.chance(10):
            row.score = dice.choice(("", "—", "/"))
        if not row.deviation:
            row.deviation = dice.choice(("无", "", "-", "/"))


def _wrong_sum(printed: Printed, family: Family, dice: Dice) -> None:
    printed.total_score = plain(Decimal(printed.total_score) - dice.choice((Decimal(1), Decimal(2), Decimal("0.5"))))
    printed.total_weight = dice.choice((printed.total_weight, "110", "100.00"))


def _no_money(printed: Printed, family: Family, dice: Dice) -> None:
    zero = dice.choice(("0.00", "0", "0.000000"))
    for _, cells in printed.funds:
        cells |= {name: zero for name in ("initial", "adjusted", "executed") if not is_nothing(cells[name])}
        cells["rate"] = dice.choice(("0.00", "-", "/", ""))


def _precise(printed: Printed, family: Family, dice: Dice) -> None:
    """Amounts with six decimals, as 元 divided by ten thousand are printed."""
    if family.currency_unit == "元":
        return
    for _, cells in printed.funds:
        for name in ("initial", "adjusted", "executed"):
            if cells[name].replace(".", "").strip("0").isdigit():
                cells[name] += f"{dice.below(10_000):04}"


def _grouped(printed: Printed, family: Family, dice: Dice) -> None:
    for _, cells in printed.funds:
        for name in ("initial", "adjusted", "executed"):
            if cells[name].replace(".", "").isdigit():
                cells[name] = f"{Decimal(cells[name]):,f}"


def _prefixed(printed: Printed, family: Family, dice: Dice) -> None:
    printed.prefix = dice.choice(("指标{n}：", "指标{n}:", "指标{n}："))


def _filler(printed: Printed, family: Family, dice: Dice) -> None:
    ends = [
        number for number, row in enumerate(printed.rows, 1)
        if number == len(printed.rows) or printed.rows[number].level2 != row.level2
    ]  # fmt: skip
    for end in reversed(ends):
        if dice.chance(40):
            last = printed.rows[end - 1]
            empty = PrintedRow(last.level1, last.level2, "……", "", "", "", "", "", "", "", "", filler=True)
            printed.rows.insert(end, empty)


def _ticks(printed: Printed, family: Family, dice: Dice) -> None:
    printed.grade, printed.grade_shown = "优", dice.choice(_TICKS)
    if "优秀" in printed.grade_shown:
        printed.grade = "优秀"
    printed.remarks = ["√是 □否" if index % 3 == 0 else text for index, text in enumerate(printed.remarks)]


def _points_named(printed: Printed, family: Family, dice: Dice) -> None:
    printed.score_shown = f"{printed.total_score}分"


def _goals(printed: Printed, family: Family, dice: Dice) -> None:
    count = dice.between(1, 3)
    pairs = zip(dice.sample(words.GOALS, count), dice.sample(words.DONE, count), strict=True)
    printed.more_goals = [(f"目标{number}：{want}", done) for number, (want, done) in enumerate(pairs, 2)]
    printed.expected = f"目标1：{printed.expected}"


def _paragraphs(printed: Printed, family: Family, dice: Dice) -> None:
    printed.expected = "\n".join(f"{number}.{text}" for number, text in enumerate(dice.sample(words.GOALS, 3), 1))
    printed.actual = "\n".join(dice.sample(words.DONE, 2))


def _full_width(printed: Printed, family: Family, dice: Dice) -> None:
    """Digits, per cent signs and brackets as wide as Chinese letters."""
    wide = {ord(letter): ord(letter) + 0xFEE0 for letter in "0123456789%()+"}
    for row in printed.rows:
        if dice.chance(40):
            row.value, row.target = row.value.translate(wide), row.target.translate(wide)
            row.actual, row.unit = row.actual.translate(wide), row.unit.translate(wide)


def _pointed(printed: Printed, family: Family, dice: Dice) -> None:
    """Points with their unit: 10分."""
    for row in printed.rows:
        row.weight, row.score = (
            f"{text}分" if text and not is_nothing(text) else text for text in (row.weight, row.score)
        )


def _broken_cells(printed: Printed, family: Family, dice: Dice) -> None:
    """Lines broken by hand within words, as people do to make a sheet look right."""
    for row in printed.rows:
        for name in ("name", "deviation"):
            text = getattr(row, name)
            at = next((at for at in range(len(text) // 2, len(text)) if not text[at - 1 : at + 1].isascii()), 0)
            if at and len(text) > 4 and not any(letter.isascii() for letter in text[at - 1 : at + 1]):
                setattr(row, name, f"{text[:at]}\n{text[at:]}")


def _indented(printed: Printed, family: Family, dice: Dice) -> None:
    printed.funds = [
        (label if index < 1 else f"　　{label}", cells) for index, (label, cells) in enumerate(printed.funds)
    ]


def _money_named(printed: Printed, family: Family, dice: Dice) -> None:
    """Amounts with the unit of the form beside them."""
    for _, cells in printed.funds:
        for name in ("initial", "adjusted", "executed"):
            if cells[name][:1].isdigit():
                cells[name] += family.currency_unit


def _signed_actual(printed: Printed, family: Family, dice: Dice) -> None:
    """An actual value that repeats the sign of its target."""
    for row in printed.rows:
        lead = next((sign for sign in _PRINTED if row.target.startswith(sign)), "")
        if lead and row.actual[:1].isdigit() and dice.chance(50):
            row.actual = lead + row.actual


def _year_in_title(printed: Printed, family: Family, dice: Dice) -> None:
    printed.title, printed.year_line = f"{printed.year}年度{printed.title}", False


def _over_spent(printed: Printed, family: Family, dice: Dice) -> None:
    """More spent than there was: a rate above one hundred, as has been published."""
    if printed.funds and printed.funds[0][1]["rate"]:
        printed.funds[0][1]["rate"] = dice.choice(("102.59%", "117.3", "100.01%"))


def _own_headings(printed: Printed, family: Family, dice: Dice) -> None:
    """Second-level headings outside the taxonomy."""
    names = {"质量指标": "产出质量", "社会效益指标": "社会效益", "时效指标": "产出时效"}
    for row in printed.rows:
        row.level2 = names.get(row.level2, row.level2)


def _worded_signs(printed: Printed, family: Family, dice: Dice) -> None:
    """Signs after the number, and 百分比 for %: 95%以上, 10天以内, ≥100百分比."""
    if any(label.field == "sign" for label in family.indicators.columns):
        return
    for row in printed.rows:
        number, unit = row.value, row.unit
        if number[:1].isdigit() and row.sign in ("≥", "≤") and dice.chance(40):
            after = "以上" if row.sign == "≥" else "以内"
            row.target = dice.choice((f"{number}{unit}{after}", f"{row.sign}{number}{unit.replace('%', '百分比')}"))


def _spaced(printed: Printed, family: Family, dice: Dice) -> None:
    printed.headings = "spaced"


def _upright(printed: Printed, family: Family, dice: Dice) -> None:
    printed.headings = "upright"


HABITS: dict[str, Callable[[Printed, Family, Dice], None]] = {
    "few": _few, "terse": _terse, "long": _long, "starred": _starred, "odd_signs": _odd_signs,
    "ranges": _ranges, "blanks": _blanks,
    "wrong_sum": _wrong_sum, "precise": _precise, "no_money": _no_money, "grouped": _grouped, "prefixed": _prefixed,
    "filler": _filler, "ticks": _ticks, "points_named": _points_named, "goals": _goals, "paragraphs": _paragraphs,
    "full_width": _full_width, "pointed": _pointed, "broken_cells": _broken_cells, "indented": _indented,
    "money_named": _money_named, "signed_actual": _signed_actual, "year_in_title": _year_in_title,
    "over_spent": _over_spent, "own_headings": _own_headings, "worded_signs": _worded_signs,
    "spaced": _spaced, "upright": _upright,
}  # fmt: skip
"""The habits by name."""
