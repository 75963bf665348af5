"""What people do on pages, in the words of the pages: sign in, type into a cell, wait until it is kept."""

from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import Page, expect

from jixiao.office.demo.cast import PASSWORD

Person = Callable[..., Page]
"""`person("clerk")`: a tab of a browser of that person's own, signed in."""

PASTE: Final = """({ text, html }) => {
  const data = new DataTransfer();
  if (text) data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  const given = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
}"""


def enter(page: Page, username: str, password: str = PASSWORD) -> Page:
    """Sign in on the page of the office."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("form:has([name=password]) button").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def in_english(page: Page) -> Page:
    """Switch the language by the button at the top."""
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    return page


def open_form(page: Page, name: str, year: str = "2024") -> Page:
    """Open the form of a project from the list of forms."""
    page.goto("/filings/")
    page.get_by_label("批次").select_option(label=f"{year}年度项目支出绩效自评")
    page.get_by_label("查找").fill(name)
    page.get_by_role("button", name="筛选").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


def ready(page: Page) -> Page:
    """Wait until the script of the form page has begun."""
    page.wait_for_selector("#form[data-live]")
    return page


def cell(page: Page, name: str) -> Any:
    """The control of a cell."""
    return page.locator(f'[data-cell="{name}"]')


def paste(page: Page, name: str, text: str = "", html: str = "") -> None:
    """Paste into a cell what another program has put on the clipboard."""
    cell(page, name).focus()
    page.evaluate(PASTE, {"text": text, "html": html})


def kept(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    expect(page.locator("#saving")).to_contain_text("已保存", timeout=20_000)


def said(page: Page) -> Any:
    """The note at the top of a page."""
    return page.locator(".note")
