"""The grid's pure parts: the clipboard, places of cells, merged levels, keys, undo, rows."""

from typing import Any

import pytest

from office.filing.page_modules import page


def grid(name: str, function: str, *values: object) -> Any:
    """What a function of a module of the grid gives."""
    page().load(f"grid/{name}.js")
    return page().run(f'(...values) => modules["grid/{name}.js"].{function}(...values)', *values)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ('"第一行\n第二行"\t2', [["第一行\n第二行", "2"]]),
        ('"说""好"""\t"a\tb"', [['说"好"', "a\tb"]]),
        ('"第一行\r\n第二行"\r\n3\r\n', [["第一行\n第二行"], ["3"]]),
        ("\t\r\n\t", [["", ""], ["", ""]]),
        ('5" 管\t"未闭合', [['5" 管', '"未闭合']]),
        ('"引"后有字\t1', [['"引"后有字', "1"]]),
        ("一格", [["一格"]]),
        ("", [[""]]),
        ("a\rb\n\nc", [["a"], ["b"], [""], ["c"]]),
    ],
)
def test_cells_as_spreadsheets_put_them_on_the_clipboard(text: str, rows: list[list[str]]) -> None:
    """Tabs, line breaks of all systems, quoted cells with breaks and doubled quotes; a stray quote is a letter."""
    assert grid("clipboard", "parse_tsv", text) == rows


def test_what_is_copied_is_read_again() -> None:
    """Cells with tabs, breaks and quotes come back as they were."""
    rows = [["甲", 'a "b"', "1\n2"], ['"整格"', "\t", ""]]
    assert grid("clipboard", "parse_tsv", grid("clipboard", "format_tsv", rows)) == rows


def test_merged_cells_are_spread_over_their_rows() -> None:
    """A cell over three rows says the same in each; one over two columns once."""
    cell = {"down": 1, "across": 1}
    rows = [
        [cell | {"text": "产出", "down": 3}, cell | {"text": "数量"}, cell | {"text": "1"}],
        [cell | {"text": "质量", "across": 2}],
        [cell | {"text": "时效"}, cell | {"text": "3"}],
    ]
    assert grid("clipboard", "spread", rows) == [["产出", "数量", "1"], ["产出", "质量", ""], ["产出", "时效", "3"]]


def test_places_of_spanning_cells() -> None:
    """A cell over two rows pushes those of the row below to the right."""
    rows = [
        [{"cell": "a", "down": 2, "across": 1}, {"cell": "b", "down": 1, "across": 2}],
        [{"cell": "c", "down": 1, "across": 1}, {"cell": "d", "down": 1, "across": 1}],
    ]
    page().load("grid/matrix.js")
    told = page().run('(rows) => modules["grid/matrix.js"].layout(rows).grid', rows)
    assert told == [["a", "b", "b"], ["a", "c", "d"]]
    assert grid("matrix", "rightwards", told, 0, 0) == ["a", "b"]


def test_levels_are_merged_within_the_level_above() -> None:
    """Neighbours that say the same are one cell, under another first level they are not; empty ones never."""
    rows = [["产出", "数量"], ["产出", "数量"], ["产出", "质量"], ["效益", "质量"], ["", ""], ["", ""]]
    assert grid("spans", "runs", rows) == [[3, 2], [0, 0], [0, 1], [1, 1], [1, 1], [1, 1]]
    assert grid("spans", "runs", []) == []


WHOLE = {"whole": True, "at_start": False, "at_end": False, "many": False, "changed": False}
EDITED = WHOLE | {"whole": False, "changed": True}


@pytest.mark.parametrize(
    ("key", "cell", "found"),
    [
        ({"key": "Enter"}, EDITED, ["move", 1, 0]),
        ({"key": "Enter", "shiftKey": True}, EDITED, ["move", -1, 0]),
        ({"key": "Enter", "altKey": True}, EDITED, ["break"]),
        ({"key": "Enter", "isComposing": True}, EDITED, None),
        ({"key": "Enter", "keyCode": 229}, EDITED, None),
        ({"key": "ArrowDown", "keyCode": 229}, WHOLE, None),
        ({"key": "Tab"}, WHOLE, None),
        ({"key": "ArrowRight"}, WHOLE, ["move", 0, 1]),
        ({"key": "ArrowRight"}, EDITED, None),
        ({"key": "ArrowUp"}, EDITED | {"at_start": True}, ["move", -1, 0]),
        ({"key": "ArrowDown"}, EDITED, None),
        ({"key": "ArrowDown", "shiftKey": True}, WHOLE, ["extend", 1, 0]),
        ({"key": "ArrowDown", "shiftKey": True}, EDITED, None),
        ({"key": "Delete"}, WHOLE, None),
        ({"key": "Delete"}, WHOLE | {"many": True}, ["clear"]),
        ({"key": "z", "ctrlKey": True}, WHOLE, ["undo"]),
        ({"key": "z", "ctrlKey": True}, EDITED, None),
        ({"key": "Z", "ctrlKey": True, "shiftKey": True}, WHOLE, ["redo"]),
        ({"key": "y", "metaKey": True}, WHOLE, ["redo"]),
        ({"key": "d", "ctrlKey": True}, WHOLE, ["fill_down"]),
        ({"key": "ArrowUp", "altKey": True}, WHOLE, ["move_row", -1]),
        ({"key": "ArrowLeft", "altKey": True}, WHOLE, None),
        ({"key": "Insert", "altKey": True}, WHOLE, ["add_row"]),
        ({"key": "Delete", "altKey": True}, WHOLE, ["remove_row"]),
        ({"key": "a"}, WHOLE, None),
    ],
)
def test_what_a_key_means(key: dict[str, object], cell: dict[str, bool], found: list[object] | None) -> None:
    """Keys move, extend, fill, undo; while an input method composes, and for anything else, they are the browser's."""
    assert grid("keys", "command", key, cell) == found


def test_undo_and_redo_by_batch() -> None:
    """A batch goes back as one step and comes again; a new change ends what could come again."""
    page().load("grid/history.js")
    told = page().run("""() => {
      const history = new modules["grid/history.js"].History();
      history.add([["k1/name", "甲", "乙"], ["k1/score", "1", "1"]]);
      history.add([["n1/name", "", "丙"]], { was: ["k1"], now: ["k1", "n1"] });
      history.rename({ n1: "k7" });
      const steps = [history.undo(), history.redo(), history.undo(), history.undo(), history.undo()];
      history.add([["k1/name", "甲", "丁"]]);
      return [...steps, history.redo()];
    }""")
    rows = {"was": ["k1", "k7"], "now": ["k1"]}
    back = {"cells": [["k7/name", "丙", ""]], "rows": rows}
    again = {"cells": [["k7/name", "", "丙"]], "rows": {"was": ["k1"], "now": ["k1", "k7"]}}
    assert told == [back, again, back, {"cells": [["k1/name", "乙", "甲"]], "rows": None}, None, None]


def test_rows_move_by_one_and_stay_at_the_ends() -> None:
    """A row moves up or down; at an end, or unknown, nothing moves."""
    keys = ["k1", "k2", "k3"]
    assert grid("rows", "moved", keys, "k2", -1) == ["k2", "k1", "k3"]
    assert grid("rows", "moved", keys, "k2", 1) == ["k1", "k3", "k2"]
    assert grid("rows", "moved", keys, "k1", -1) == grid("rows", "moved", keys, "k9", 1) == keys


def test_a_key_is_renamed_as_a_whole() -> None:
    """k1 in names and ids becomes another key; k12 and xk1 do not."""
    assert grid("rows", "replaced", "k1/name k12/name row-k1 xk1", "k1", "k5") == "k5/name k12/name row-k5 xk1"
