"""The grid in a real browser: keys, input methods, ranges, undo; under the office's strict content policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.grid_page import fresh, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    """One tab for all tests of this module."""
    with opened(chromium, viewport={"width": 1366, "height": 768}) as page:
        yield page


@pytest.fixture
def grid(tab: Page) -> Page:
    """A fresh table of four indicators."""
    return fresh(tab)


def here(page: Page) -> Any:
    """The cell that has the focus."""
    return page.evaluate("document.activeElement.dataset.cell")


def text(page: Page, cell: str) -> Any:
    """A cell's text."""
    return page.evaluate("cell => document.querySelector('sheet-grid').value(cell)", cell)


def keys(page: Page) -> Any:
    """The rows in order."""
    return page.evaluate("document.querySelector('sheet-grid').keys")


def enter(page: Page, cell: str) -> None:
    """Put the focus into a cell, as the keyboard does."""
    page.focus(f'[data-cell="{cell}"]')


def test_a_click_selects_and_typing_replaces(grid: Page) -> None:
    """After one click a cell is whole: typing replaces it, Enter goes down, Shift+Enter up, arrows between cells."""
    grid.click('[data-cell="k1/name"]')
    grid.keyboard.type("新的名称")
    grid.keyboard.press("Enter")
    assert (text(grid, "k1/name"), here(grid)) == ("新的名称", "k2/name")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("ArrowDown")
    assert here(grid) == "k3/actual"
    grid.keyboard.press("Shift+Enter")
    assert here(grid) == "k2/actual"
    grid.keyboard.press("F2")
    grid.keyboard.press("ArrowLeft")
    assert here(grid) == "k2/actual"


def test_escape_takes_back_what_was_typed_in_a_cell(grid: Page) -> None:
    """Escape restores the text from before; Alt+Enter breaks the line."""
    enter(grid, "k2/name")
    grid.keyboard.type("错")
    grid.keyboard.press("Escape")
    assert text(grid, "k2/name") == "服务企业"
    grid.keyboard.press("F2")
    grid.keyboard.press("Alt+Enter")
    grid.keyboard.type("二")
    assert text(grid, "k2/name") == "服务企业\n二"


def test_an_input_method_keeps_its_keys(grid: Page) -> None:
    """While pinyin is composed, Enter and arrows choose candidates: the cell is not left."""
    grid.evaluate("""() => { window.told = [];
      document.addEventListener("sheet-change", ({ detail }) => told.push(detail.changes.map(([, , now]) => now)));
    }""")
    enter(grid, "k1/name")
    input_method = grid.context.new_cdp_session(grid)
    for letters in ("n", "ni", "ni h", "ni hao"):
        at = {"selectionStart": len(letters), "selectionEnd": len(letters)}
        input_method.send("Input.imeSetComposition", {"text": letters, **at})
    for key in ("ArrowDown", "Enter"):
        input_method.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": key})
    assert here(grid) == "k1/name"
    input_method.send("Input.insertText", {"text": "你好"})
    assert text(grid, "k1/name") == "你好"
    assert grid.evaluate("told.at(-1)") == ["你好"]
    grid.keyboard.press("Enter")
    grid.keyboard.press("Control+z")
    assert text(grid, "k1/name") == "组织活动"


def test_a_range_is_cleared_and_comes_back(grid: Page) -> None:
    """Shift and arrows select; Delete clears all of it as one step; undo and redo go over it."""
    enter(grid, "k2/target")
    for key in ("Shift+ArrowDown", "Shift+ArrowRight", "Delete"):
        grid.keyboard.press(key)
    cells = ("k2/target", "k2/actual", "k3/target", "k3/actual")
    assert [text(grid, cell) for cell in cells] == [""] * 4
    grid.keyboard.press("Control+z")
    assert [text(grid, cell) for cell in cells] == ["≥500(家)", "520(家)", "=100.00(%)", "100.00(%)"]
    grid.keyboard.press("Control+Shift+z")
    assert [text(grid, cell) for cell in cells] == [""] * 4


def test_a_range_is_drawn_and_filled_down(grid: Page) -> None:
    """The pointer draws a range; Ctrl+D says in all rows what the first says."""
    boxes = [grid.locator(f'[data-cell="{cell}"]').bounding_box() for cell in ("k1/weight", "k4/score")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    grid.mouse.move(boxes[0]["x"] + 5, boxes[0]["y"] + 5)
    grid.mouse.down()
    grid.mouse.move(boxes[1]["x"] + 5, boxes[1]["y"] + 5, steps=6)
    grid.mouse.up()
    assert grid.locator("td.selected").count() == 8
    grid.keyboard.press("Control+d")
    assert [text(grid, f"k{row}/{cell}") for row in (2, 3, 4) for cell in ("weight", "score")] == ["10"] * 6


def test_rows_are_added_removed_and_moved_by_keys(grid: Page) -> None:
    """Alt with Insert, Delete and arrows; every step can be undone, and a removed row comes back with its texts."""
    enter(grid, "k2/name")
    grid.keyboard.press("Alt+Insert")
    assert (keys(grid), here(grid)) == (["k1", "k2", "n1", "k3", "k4"], "n1/name")
    assert text(grid, "n1/level2") == "数量指标"
    enter(grid, "k2/name")
    grid.keyboard.press("Alt+ArrowUp")
    assert (keys(grid), here(grid)) == (["k2", "k1", "n1", "k3", "k4"], "k2/name")
    grid.keyboard.press("Alt+Delete")
    assert keys(grid) == ["k1", "n1", "k3", "k4"]
    for _ in range(3):
        grid.keyboard.press("Control+z")
    assert keys(grid) == ["k1", "k2", "k3", "k4"]
    assert text(grid, "k2/name") == "服务企业"


def spans(page: Page) -> Any:
    """How many rows each first-level cell covers, 0 where it is covered."""
    return page.evaluate("[...document.querySelectorAll('td[data-level]')].map(c => c.hidden ? 0 : c.rowSpan)")


def test_merged_levels_follow_what_is_typed(grid: Page) -> None:
    """Equal neighbours are one cell; typing in it changes all its rows, and a new neighbour joins it."""
    assert spans(grid) == [3, 2, 0, 0, 0, 1, 1, 1]
    enter(grid, "k4/level1")
    grid.keyboard.type("产出指标")
    grid.keyboard.press("Enter")
    assert spans(grid) == [4, 2, 0, 0, 0, 1, 0, 1]
    enter(grid, "k1/level2")
    grid.keyboard.type("质量指标")
    grid.keyboard.press("Enter")
    assert spans(grid) == [4, 3, 0, 0, 0, 0, 0, 1]
    assert [text(grid, f"k{row}/level2") for row in (1, 2, 3)] == ["质量指标"] * 3
    grid.keyboard.press("Control+z")
    assert spans(grid) == [4, 2, 0, 0, 0, 1, 0, 1]


def test_on_a_phone_a_cell_is_typed_in(chromium: Browser) -> None:
    """At 390 points a tap enters a cell, letters go in, and the page itself is no wider than the screen."""
    with opened(chromium, viewport={"width": 390, "height": 760}, has_touch=True, is_mobile=True) as page:
        page.tap('[data-cell="k1/actual"]')
        page.keyboard.type("8(次)")
        assert text(page, "k1/actual") == "8(次)"
