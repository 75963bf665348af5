"""The pictures of docs/tutorial/first-office.md, made anew: a demo office is served and walked through as told there.

Usage: python tools/screenshots.py [FOLDER]     FOLDER: where the pictures go; without it docs/tutorial/img

The walk is the tutorial's: whoever changes a page runs this, and whoever reads the tutorial sees the page as it is.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

import browser as machine

HOUSE = Path(__file__).resolve().parent.parent
FOLDER = HOUSE / "docs" / "tutorial" / "img"
PORT = 9147
HERE = f"http://127.0.0.1:{PORT}"
PASSWORD = "Jixiao-demo-1"  # noqa: S105 -- of every demo
NAME = "科创中心建设工作经费"
ROWS = "95.00(%)\t10.00\t10.00\n90.00(%)\t30.00\t30.00\n95.00(%)\t30.00\t30.00"
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const given = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
}"""
COLOURS = 96
"""Colours of a kept picture: few enough for small files, enough for letters."""


def main() -> None:
    """Serve, walk, keep the pictures."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(machine.node()))
    with tempfile.TemporaryDirectory() as data:
        server = serve(data)
        try:
            with sync_playwright() as playwright:
                found = machine.browser()
                walk(playwright.chromium.launch(executable_path=found.path, args=["--no-sandbox"]), folder)
        finally:
            server.terminate()
            server.wait(30)
    for path in sorted(folder.glob("*.png")):
        print(f"{path.name}: {path.stat().st_size // 1000} KB")


def serve(data: str) -> "subprocess.Popen[bytes]":
    """A demo office; returns when it answers."""
    command = [str(Path(sys.executable).parent / "jixiao"), "serve", "--demo", "--data", data, "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", PORT), timeout=5):
                return server
        except OSError:
            time.sleep(0.2)
    server.terminate()
    sys.exit("the office did not answer within two minutes")


@dataclass(frozen=True, slots=True)
class Walk:
    """People of the demo, each at a browser of one's own; pictures by name."""

    chromium: Browser
    folder: Path

    def person(self, username: str = "", **options: Any) -> Page:
        """A tab in which a person has signed in."""
        options = {"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN"} | options
        page = self.chromium.new_context(base_url=HERE, **options).new_page()
        if username:
            page.goto("/accounts/login/")
            page.fill("[name=login]", username)
            page.fill("[name=password]", PASSWORD)
            page.locator("form:has([name=password]) button").first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("我的工作")
        return page

    def keep(self, page: Page, name: str) -> None:
        """Keep the picture of what the window shows."""
        page.wait_for_load_state("networkidle")
        path = self.folder / f"office-{name}.png"
        page.screenshot(path=path)
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def walk(chromium: Browser, folder: Path) -> None:
    """The tutorial, chapter by chapter."""
    at = Walk(chromium, folder)
    clerk, head = at.person("clerk"), at.person("head")
    sign_in(at)
    fill_in(at, clerk)
    give_back(at, head)
    answer(at, clerk)
    approve(at, head)
    look(at)


def sign_in(at: Walk) -> None:
    """The sign-in page with its demo accounts."""
    page = at.person()
    page.goto("/")
    at.keep(page, "sign-in")


def fill_in(at: Walk, clerk: Page) -> None:
    """My work, then the form: three rows pasted, the rest typed, handed in."""
    at.keep(clerk, "my-work")
    clerk.get_by_role("link", name=NAME).click()
    clerk.wait_for_selector("#form[data-live]")
    clerk.locator('[data-cell="k3/actual"]').focus()
    clerk.evaluate(PASTE, ROWS)
    for cell, text in (("goal/actual", "全年任务已经完成。"), ("total/score", "100.00"), ("grade", "优")):
        clerk.locator(f'[data-cell="{cell}"]').fill(text)
    expect(clerk.locator("#saving")).to_contain_text("已保存", timeout=20_000)
    clerk.evaluate("scrollTo(0, 330)")
    at.keep(clerk, "form")
    press(clerk, "提交审核", twice=True)


def press(page: Page, words: str, *, twice: bool = False) -> None:
    """Press a button, and the same on the page where one decides."""
    page.get_by_role("button", name=words, exact=True).click()
    if twice:
        expect(page.get_by_role("heading", name=words)).to_be_visible()
        page.get_by_role("button", name=words, exact=True).click()
    expect(page.locator(".note-success")).to_be_visible()


def open_waiting(page: Page) -> None:
    """The page where one decides on the form."""
    page.goto("/decisions/")
    page.get_by_role("link", name=NAME, exact=True).click()


def give_back(at: Walk, head: Page) -> None:
    """The unit head points out a cell and returns the form."""
    open_waiting(head)
    row = head.locator("tr", has=head.get_by_role("rowheader", name="项目管理者满意度"))
    row.get_by_text("选格子").click()
    row.get_by_label("偏差原因分析及改进措施").check()
    row.get_by_label("请改什么").fill("请写明发出和收回的问卷数")
    head.get_by_label("意见或原因").fill("满意度没有写问卷数")
    row.scroll_into_view_if_needed()
    head.evaluate("scrollBy(0, 260)")
    at.keep(head, "return")
    press(head, "退回修改")


def answer(at: Walk, clerk: Page) -> None:
    """The clerk finds the cell marked, puts it right and hands in again."""
    clerk.goto("/")
    clerk.get_by_role("link", name=NAME, exact=True).first.click()
    clerk.wait_for_selector("#form[data-live]")
    clerk.locator(".returned a").click()
    at.keep(clerk, "returned")
    clerk.locator('[data-cell="k5/deviation"]').fill("发出问卷40份，收回40份。")
    expect(clerk.locator("#saving")).to_contain_text("已保存", timeout=20_000)
    press(clerk, "提交审核", twice=True)


def approve(at: Walk, head: Page) -> None:
    """Head, department, finance and publisher, one after the other."""
    open_waiting(head)
    at.keep(head, "changes")
    press(head, "同意并上报")
    department = at.person("department")
    department.goto("/decisions/")
    at.keep(department, "decide")
    for page, words in (
        (department, "同意并报财政"), (at.person("finance"), "审定"), (at.person("publisher"), "公开"),
    ):  # fmt: skip
        open_waiting(page)
        press(page, words)


def look(at: Walk) -> None:
    """What a citizen and the finance bureau see."""
    citizen = at.person()
    citizen.goto("/open/search/?q=科创中心")
    citizen.get_by_role("link", name=NAME).first.click()
    at.keep(citizen, "public")
    finance = at.person("finance")
    finance.goto("/overview/")
    at.keep(finance, "overview")
    phone = at.person("head", viewport={"width": 390, "height": 760})
    phone.goto("/filings/")
    phone.get_by_role("link", name="科技金融", exact=True).last.click()
    at.keep(phone, "phone")


if __name__ == "__main__":
    main()
