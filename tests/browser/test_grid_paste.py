"""The grid in a real browser: what comes from Excel, WPS and Word by the clipboard, and what goes back."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.grid_page import fresh, opened

pytestmark = pytest.mark.browser

PASTE = """({ text, html }) => {
  const data = new DataTransfer();
  if (text) data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  const given = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
}"""


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    """One tab for all tests of this module."""
    with opened(chromium) as page:
        yield page


@pytest.fixture
def grid(tab: Page) -> Page:
    """A fresh table of four indicators."""
    return fresh(tab)


def paste(page: Page, cell: str, text: str = "", html: str = "") -> None:
    """Paste into a cell."""
    page.focus(f'[data-cell="{cell}"]')
    page.evaluate(PASTE, {"text": text, "html": html})


def texts(page: Page, *cells: str) -> Any:
    """The texts of cells."""
    return page.evaluate("cells => cells.map(cell => document.querySelector('sheet-grid').value(cell))", list(cells))


def test_a_block_from_excel(grid: Page) -> None:
    """Cells with line breaks and quotes, numbers with separators; one undo takes all of it back."""
    paste(grid, "k2/target", '"≥1,000.00\n（次）"\t"说""好"""\t10\r\n2\t3\t4\r\n')
    found = texts(grid, "k2/target", "k2/actual", "k2/weight", "k3/target", "k3/weight")
    assert found == ["≥1,000.00\n（次）", '说"好"', "10", "2", "4"]
    grid.keyboard.press("Control+z")
    assert texts(grid, "k2/target", "k3/weight") == ["≥500(家)", "20"]


def test_rows_that_are_missing_are_added(grid: Page) -> None:
    """A block longer than the table adds rows behind the last indicator, never into the row of the total."""
    paste(grid, "k4/name", "甲\t≥1次\n乙\t≥2次\n丙\t≥3次\n")
    assert grid.evaluate("document.querySelector('sheet-grid').keys") == ["k1", "k2", "k3", "k4", "n1", "n2"]
    assert texts(grid, "k4/name", "n1/target", "n2/name", "total/weight") == ["甲", "≥2次", "丙", "100"]
    grid.keyboard.press("Control+z")
    assert grid.evaluate("document.querySelector('sheet-grid').keys") == ["k1", "k2", "k3", "k4"]


def test_merged_levels_from_a_spreadsheet(grid: Page) -> None:
    """From HTML merged cells say the same in all their rows; in plain text an empty level takes the one above."""
    html = """<html><body><!--StartFragment--><table>
      <tr><td rowspan="2">产出
        指标</td><td rowspan=2>数量指标</td><td>名<br>称</td></tr><tr><td>二</td></tr>
      <tr><td>效益指标</td><td>经济效益指标</td><td>三</td></tr></table><!--EndFragment--></body></html>"""
    paste(grid, "k1/level1", "不用", html)
    assert texts(grid, "k1/level1", "k2/level1", "k2/level2", "k1/name") == [
        "产出 指标",
        "产出 指标",
        "数量指标",
        "名\n称",
    ]
    paste(grid, "k1/level1", "成本指标\t经济成本指标\t甲\n\t\t乙\n\t社会成本指标\t丙")
    assert texts(grid, "k2/level1", "k2/level2", "k3/level1", "k3/level2") == [
        "成本指标", "经济成本指标", "成本指标", "社会成本指标",
    ]  # fmt: skip


def test_nothing_in_pasted_html_runs(chromium: Browser) -> None:
    """Scripts and pictures in the clipboard's HTML are only texts."""
    html = (
        "<table><tr><td><img src=x onerror='window.hit=1'>甲</td><td><script>window.hit=1</script>乙</td></tr></table>"
    )
    with opened(chromium, expected="inline event handler") as grid:
        paste(grid, "k1/name", html=html)
        assert grid.evaluate("window.hit ?? null") is None
        assert texts(grid, "k1/name") == ["甲"]


def test_one_text_goes_where_the_caret_is_or_into_the_range(grid: Page) -> None:
    """A single text is pasted by the browser itself; over a range it goes into every cell."""
    paste(grid, "k1/name", "只是文字")
    assert texts(grid, "k1/name") == ["组织活动"]  # a made-up event has no default action: the grid left it alone
    grid.focus('[data-cell="k1/deviation"]')
    grid.keyboard.press("Shift+ArrowDown")
    grid.evaluate(PASTE, {"text": "无偏差", "html": ""})
    assert texts(grid, "k1/deviation", "k2/deviation", "k3/deviation") == ["无偏差", "无偏差", ""]


def test_a_range_is_copied_as_a_spreadsheet_reads_it(grid: Page) -> None:
    """Tabs and rows, merged levels in each row, cells with breaks in quotes."""
    grid.evaluate("document.querySelector('sheet-grid').apply([['k1/name', '一\\n二']])")
    grid.focus('[data-cell="k1/level1"]')
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"):
        grid.keyboard.press(key)
    told = grid.evaluate("""() => {
      const data = new DataTransfer();
      const given = { clipboardData: data, bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new ClipboardEvent("copy", given));
      return data.getData("text/plain");
    }""")
    assert told == '产出指标\t数量指标\t"一\n二"\r\n产出指标\t数量指标\t服务企业'


def test_a_locked_grid_takes_nothing(grid: Page) -> None:
    """Where the form may not be changed, keys and the clipboard change nothing, and copying works."""
    grid.evaluate("""() => { document.querySelector("sheet-grid").setAttribute("locked", "");
      document.querySelectorAll("textarea").forEach((control) => (control.readOnly = true)); }""")
    paste(grid, "k1/name", "甲\t乙\n丙\t丁\n1\n1\n1\n1\n")
    grid.keyboard.press("Alt+Delete")
    assert texts(grid, "k1/name", "k2/name") == ["组织活动", "服务企业"]
    assert len(grid.evaluate("document.querySelector('sheet-grid').keys")) == 4
