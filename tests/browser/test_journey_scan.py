"""A scanned form on its way into the office: read, looked at beside its picture, corrected, filed."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import expect

from browser.people import Person, cell, open_form, ready
from jixiao.office.jobs.worker import work_off

DATA = Path(__file__).parents[1] / "data"
PROJECT = "园区公共服务 · 演示科技服务中心"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: Any) -> None:
    """The files of a test are its own."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """The first form of a scan: pictures of pages, without any text."""
    made = tmp_path / "扫描件.pdf"
    with pikepdf.open(DATA / "scan_clean200.pdf") as pdf:
        del pdf.pages[1:]
        pdf.save(made)
    return made


def test_a_scan_is_corrected_beside_its_picture_and_filed(person: Person, scan: Path) -> None:
    """Doubtful places first, beside the picture with boxes; one is corrected, the rest confirmed, the form is filed."""
    page = person("clerk2")
    page.goto("/intake/")
    page.set_input_files("#files", scan)
    expect(page.locator("output.chosen")).to_contain_text("1")
    page.get_by_role("button", name="导入").click()
    work_off()
    line = page.get_by_role("row", name="扫描件.pdf")
    expect(line).to_be_visible(timeout=20_000)
    line.get_by_role("link", name="对照").click()
    work_off()
    expect(page.get_by_role("figure", name="第 1 页")).to_be_visible(timeout=20_000)
    goal = page.get_by_label("实际完成情况")
    goal.focus()
    expect(page.locator(".source .lit")).to_have_count(1)
    goal.fill("七次活动均已办成。")
    goal.press("Tab")
    expect(page.locator("li", has=goal)).to_contain_text("已改")
    page.get_by_label("项目", exact=True).select_option(label=PROJECT)
    page.get_by_role("button", name="选定").click()
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="全部无误").click()
    expect(page.get_by_role("heading", name="待核对")).to_have_count(0)
    page.get_by_role("button", name="导入到填报").click()
    page.wait_for_load_state()
    open_form(page, "园区公共服务")
    expect(cell(ready(page), "goal/actual")).to_have_value("七次活动均已办成。")
    expect(cell(page, "funds/total/initial")).to_have_value("130.00")
