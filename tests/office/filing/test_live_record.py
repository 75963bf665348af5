"""A page puts typed texts into a form as the server does: cells, headings with points, rows, labelled cells."""

from collections.abc import Sequence
from random import Random
from typing import Any, Final

from jixiao.form import Form
from jixiao.office.filing.cells import Record, texts
from jixiao.office.filing.changing import changed
from jixiao.office.filing.live.state import page_form
from office.filing.live_page import live
from office.filing.test_live_texts import PIECES
from oracle.adversary import form_number

RECORDS: Final = 250
TYPED: Final = (
    "产出指标", "产出指标（50分）", "产出", "效益指标(30分)", "数量指标", "一、数量", "满意度", "服务对象满意指标",
    "自定指标（5分）", "", "-", "1. 质量指标", "10", "9.5", "1,234.00", "86.19%", "abc", "—", "/", "12 元", "007",
    "+5", "-3", "１２", "9" * 61, " 10 \n",
)  # fmt: skip
NOT_THERE_YET: Final = ("declared/产出指标", "funds/more/单位资金/initial", "extras/备注", "execution/+原因")
PLAY: Final = """(cases) => cases.map(([form, keys, acts]) => {
  const record = new modules["live/record.js"].Record(held.typed, form, keys);
  for (const [cell, text] of acts) cell === "rows" ? record.order(text) : record.set(cell, text);
  return { form: record.form, keys: record.keys };
})"""
Act = tuple[str, Any]


def played(dice: Random, form: Form) -> tuple[Record, list[Act]]:
    """Some cells and rows of a form changed at random, and how."""
    record = Record(form, tuple(f"k{number}" for number in range(1, len(form.indicators) + 1)))
    acts: list[Act] = []
    for _ in range(dice.choice((1, 4, 9))):
        if dice.random() < 0.2 and record.keys:
            rows = _shuffled(dice, record.keys, f"k{90 + len(acts)}")
            acts.append(("rows", rows))
            record = changed(record, {}, rows)
        else:
            cell, text = _cell(dice, record), _text(dice)
            acts.append((cell, text))
            record = changed(record, {cell: text})
    return record, acts


def _shuffled(dice: Random, keys: Sequence[str], new: str) -> list[str]:
    rows = dice.sample(list(keys), len(keys) - dice.choice((0, 0, 1)))
    return [*rows, new] if dice.random() < 0.4 else rows


def _cell(dice: Random, record: Record) -> str:
    beside = (f"{dice.choice(record.keys)}/+评分标准",) if record.keys else ()
    cells: list[str] = [*texts(record), *NOT_THERE_YET, *beside]
    return dice.choice(cells)


def _text(dice: Random) -> str:
    if dice.random() < 0.6:
        return dice.choice(TYPED)
    return "".join(dice.choice(PIECES) for _ in range(dice.choice((1, 2, 3))))


def test_typed_texts_make_the_same_form() -> None:
    """After any changes of cells and rows the page's form is the server's, field by field."""
    dice = Random(8)  # noqa: S311 -- chance that can be repeated
    page = live()
    page.load("live/record.js")
    page.engine.eval('held.typed = new modules["live/typed.js"].Typed(held.texts, held.values, held.targets);')
    forms = [form_number(dice.randrange(200), 3) for _ in range(RECORDS)]
    made = [played(dice, form) for form in forms]
    told = page.run(PLAY, [
        (page_form(form), [f"k{number}" for number in range(1, len(form.indicators) + 1)], acts)
        for form, (_, acts) in zip(forms, made, strict=True)
    ])  # fmt: skip
    for (record, acts), found in zip(made, told, strict=True):
        assert (found, acts) == ({"form": page_form(record.form), "keys": list(record.keys)}, acts)
    assert sum(any(extra.label == "unplaced" for extra in record.form.extras) for record, _ in made) > RECORDS // 10
