"""The fused kernel over small programs: the same cells as by column, wherever tiles, lanes and domains end."""

import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from random import Random
from typing import Final

import polars as pl
import pytest

from jixiao.language import Cell, KernelMissingError
from jixiao.language.columns import Columns, Frames, Results
from jixiao.language.ir import MAX_ROWS
from jixiao.language.kernel import Kernel
from jixiao.language.kernel.memory import Lending
from language.rule_bench import FORM, indicator, program

Form = tuple[Mapping[str, Cell], Sequence[Mapping[str, Cell]]]
LETS: Final = {
    "rate": "f.a / f.b if f.b > 0 else None",
    "rounded": "round(rate, 2) if f.b > 0 else None",
    "halves": "round(f.a, 1)",
    "floored": "floor(f.a, 1)",
    "share": "round(i.x * i.weight / f.b, 2) if f.b > 0 else None",
    "below": "floor(i.x / i.weight, 1) if i.weight > 0 else None",
    "pressed": "min(max(i.x, f.a), 100)",
    "size": "abs(i.x - f.a)",
    "total": "sum(i.x)",
    "counted": "count(i.flag)",
    "of_all": "sum(f.a)",
    "of_total": "round(i.x / total, 4) if total > 0 else None",
    "again": "sum(of_total)",
    "unknown": "i.x is None or f.yes is None",
    "some": 'any(i.flag and not blank(i.note)) or f.word in ("甲", "乙")',
    "every": "all(i.flag)",
    "same": 'i.note == f.word if i.flag else f.word != "词"',
    "spoken": '"有" if blank(i.note) else i.note',
    "none_in": "i.note in ()",
    "big": "f.huge + f.whole",
}
BOUNDS: Final = (-(10**8), 1 - 10**8, -15, -5, -4, -1, 0, 1, 4, 5, 15, 100, 10**8 - 1, 10**8, None)


@cache
def both() -> tuple[Columns, Kernel]:
    """The same program by column and as a kernel; compiled once."""
    made = program(**LETS)
    made.condition("fires", "i.x > f.a and i.flag")
    made.condition("applies", "f.yes or i.weight > 5")
    answers = {"fires": "applies"}
    names = [*LETS, "fires"]
    return made.by_column(names, ["applies"], answers), made.kernel(names, ["big", "applies"], answers)


def some(count: int, seed: int = 1) -> list[Form]:
    """Forms with cells at the edges, of none to a few dozen indicators."""
    dice = Random(seed)  # noqa: S311 -- chance that can be repeated

    def row() -> Mapping[str, Cell]:
        note = dice.choice([None, "", " 无 ", "有", "词", "\u3000—\n"])
        flag = dice.choice([True, False, None])
        return indicator(x=dice.choice(BOUNDS), weight=dice.choice([0, 1, 500, 10000]), note=note, flag=flag)

    def form() -> Mapping[str, Cell]:
        numbers: dict[str, Cell] = {name: dice.choice(BOUNDS) for name in ("a", "b")}
        yes, word = dice.choice([True, False, None]), dice.choice(["甲", "词", "无", ""])
        return (
            FORM
            | numbers
            | {"yes": yes, "word": word, "huge": dice.choice([0, 10**18]), "whole": dice.choice([0, 100])}
        )

    return [(form(), [row() for _ in range(dice.choice([0, 0, 1, 2, 11, 31, 32, 33]))]) for _ in range(count)]


def alike(forms: Sequence[Form]) -> Results:
    """The kernel's results, which are those by column to the last cell."""
    columns, kernel = both()
    frames = columns.frames(forms)
    expected, found = columns.run(frames), kernel.run(frames)
    below, expected_below = found.ordered(), expected.ordered()
    for name in expected.forms.columns:
        if name != "big":  # given for each indicator by the kernel
            assert found.forms[name].equals(expected.forms[name]), name
    for name in expected_below.columns:
        assert below[name].equals(expected_below[name]), name
    stretched = found.indicators.join(expected.forms.select("form.id", "big"), on="form.id", maintain_order="left")
    assert found.indicators["big"].equals(stretched["big_right"])
    assert found.unheld.keys() - {key for key in found.unheld if key[2] == "big"} == expected.unheld.keys() - {
        key for key in expected.unheld if key[2] == "big"
    }
    return found


@pytest.mark.parametrize("tile", [1, 3, 64, 256])
def test_every_cell_is_the_same_wherever_tiles_end(tile: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties, nulls, bounds and a unit beside them, negative numbers; tiles of one form and of more than there are."""
    monkeypatch.setattr("jixiao.language.kernel.run.TILE", tile)
    found = alike(some(300))
    assert found.forms["form.outside"].sum() == 0
    assert set(found.indicators["fires"]) == {0, 1, 2, 3}


@pytest.mark.parametrize("count", [0, 1, 2, 31, 32, 33, 65])
def test_any_number_of_forms(count: int) -> None:
    """From none on, whole lanes and one more or fewer."""
    alike(some(count, seed=count))


def test_forms_without_any_indicator() -> None:
    """No rows at all: nothing is read, sums are 0."""
    found = alike([(form, []) for form, _ in some(50)])
    assert found.forms["total"].to_list() == [0] * 50
    assert found.indicators.is_empty()


def test_what_leaves_the_domain_is_computed_by_the_closure() -> None:
    """A cell a unit beyond, one no cell holds, a form too long; the forms beside them stay in the kernel."""
    forms = some(40)
    forms[3] = (dict(forms[3][0]) | {"a": 10**8 + 1}, forms[3][1])
    forms[7] = (dict(forms[7][0]) | {"b": Fraction(1, 3)}, forms[7][1])
    forms[9] = (forms[9][0], [indicator(x=1)] * (MAX_ROWS + 1))
    forms[11] = (forms[11][0], [indicator(x=2)] * MAX_ROWS)
    found = alike(forms)
    assert [at for at, outside in enumerate(found.forms["form.outside"]) if outside] == [3, 7, 9]


def test_a_divisor_that_overflows_stops_nothing() -> None:
    """A number beyond its domain makes a divisor of nought: its own result means nothing, those beside it are right."""
    kernel = program(it="round(f.a / (f.huge * 4), 2) if f.huge > 0 else None").kernel()
    frames = kernel.frames([({**FORM, "a": 10**4, "huge": 5}, [indicator()])] * 3)
    huge = pl.Series("f.huge", [5, 2**61, 5])
    found = kernel.of_forms(frames.forms.with_columns(huge), frames.indicators, pl.Series([1, 1, 1]))["it"]
    assert [found[0], found[2]] == [kernel.run(frames).forms["it"][0]] * 2


def test_frames_in_pieces_and_slices_are_read_where_they_lie() -> None:
    """Columns whose bits begin within a byte, and columns in several pieces."""
    columns, kernel = both()
    frames = columns.frames(some(200))
    cut = frames.forms["form.id"].len() // 3
    forms = frames.forms.slice(cut)
    rows = frames.indicators.filter(frames.indicators["form.id"] >= cut)
    pieces = Frames(forms[:50].vstack(forms[50:]), rows[:7].vstack(rows[7:]), frames.vocabulary)
    assert kernel.run(pieces).ordered().equals(kernel.run(Frames(forms, rows, frames.vocabulary)).ordered())
    assert kernel.run(pieces).forms.equals(kernel.run(frames).forms.slice(cut))


def test_memory_is_lent_again_only_when_nobody_reads_it() -> None:
    """A column taken from a block holds it; a block too small makes way; results outlive the runs after them."""
    lending = Lending()
    first = pl.Series(lending.block(64)[8:16].view("int64"))
    at = first.to_numpy().ctypes.data - 8
    assert lending.block(64).ctypes.data != at
    del first
    held = [lending.block(64) for _ in range(2)]
    assert at in {block.ctypes.data for block in held}
    assert len(lending.block(1000)) == 1000
    _, kernel = both()
    results = [kernel.run(kernel.frames(some(30, seed=seed))) for seed in (1, 2, 1)]
    assert results[0].ordered().equals(results[2].ordered())


@pytest.mark.parametrize("known", [48, 2])
def test_texts_are_read_as_they_are(known: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts, short and longer than a view, in pieces; more kinds than are told apart one by one."""
    monkeypatch.setattr("jixiao.language.kernel.texts._KNOWN", known)
    columns, kernel = both()
    forms = [(form, [dict(row) | {"note": "一段很长的文字" if row["note"] == "词" else row["note"]} for row in rows])
             for form, rows in some(200)]  # fmt: skip
    forms[0] = (dict(forms[0][0]) | {"word": ""}, [indicator(x=1, note="")])  # an empty text comes first
    frames = columns.frames(forms)
    expected = columns.run(frames)
    of_forms = frames.forms.with_columns(frames.vocabulary.texts(frames.forms["f.word"]))
    rows = frames.indicators.with_columns(frames.vocabulary.texts(frames.indicators["i.note"]))
    apart = Frames(of_forms, rows[:900].vstack(rows[900:1000]).vstack(rows[1000:]), columns.vocabulary())
    assert apart.indicators["i.note"].dtype == pl.String
    for found in (kernel.run(apart), columns.run(apart)):
        told, wanted = found.ordered(), expected.ordered()
        assert all(told[name].equals(wanted[name]) for name in wanted.columns if name != "spoken")
        assert expected.forms["some"].equals(found.forms["some"])
        in_order = Results(told, told, found.vocabulary, {}).texts("spoken")
        assert in_order.equals(Results(wanted, wanted, expected.vocabulary, {}).texts("spoken"))


@pytest.mark.parametrize("step", [1, 4, 64, 2**12])
def test_texts_that_differ_in_one_letter_or_its_last_bits_are_told_apart(step: int) -> None:
    """Forty texts of one letter, and forty that differ in their fourth letter: each has a code of its own."""
    _, kernel = both()
    letters = [chr(0x4E00 + step * at % 0x5000) for at in range(40)]
    for words in (
        letters,
        [f"同样的{letter}" for letter in letters],
        [f"一段很长的文字{letter}" for letter in letters],
    ):
        given = [(FORM, [indicator(x=1, note=word, flag=False) for word in words])]
        frames = kernel.frames(given)
        texts = frames.indicators.with_columns(frames.vocabulary.texts(frames.indicators["i.note"]))
        found = kernel.run(Frames(frames.forms, texts, kernel.vocabulary()))
        assert found.texts("spoken").to_list() == words


def test_a_text_asked_only_whether_it_says_anything_may_be_a_truth() -> None:
    """Truths, and the codes of rows, answer alike; a form outside the domain too."""
    made = program(it="blank(i.note) and i.x > f.a", missing="i.note is None")
    columns, kernel = made.by_column(), made.kernel()
    forms = some(100)
    forms[3] = (dict(forms[3][0]) | {"a": 10**8 + 1}, forms[3][1])
    frames = columns.frames(forms)
    said = Frames(frames.forms, frames.indicators.with_columns(pl.col("i.note") >= 0), frames.vocabulary)
    expected = columns.run(frames).ordered()
    assert all(one.run(given).ordered().equals(expected) for one in (columns, kernel) for given in (frames, said))


def test_the_key_is_of_the_nodes() -> None:
    """The same texts have the same key, another constant has another."""
    keys = [program(it=text).kernel().key for text in ("f.a + 1", "f.a + 1", "f.a + 2")]
    assert keys[0] == keys[1] != keys[2]


def test_without_numba_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for the kernel without its extra names the extra, and what else there is, in both languages."""
    for module in [name for name in sys.modules if name.startswith("jixiao.language.kernel")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(KernelMissingError, match=r"jixiao\[kernel\].*--engine polars.*needs an extra"):
        program(it="f.a").kernel()
