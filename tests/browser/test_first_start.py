"""The first minutes of an office in a real browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.people import enter
from jixiao.office.setup import first

ADMINISTRATORS = ("系统管理员", "安全管理员", "审计管理员")


@pytest.fixture(autouse=True)
def _not_seen_yet(settings: Any, tmp_path: Path) -> None:
    """An empty data folder; the process forgets that it has seen a user of an earlier test."""
    settings.DATA = tmp_path
    first._KNOWN["somebody"] = False


def test_first_start_demo(page: Page, live_server: Any) -> None:
    """The link that the server prints leads to the first page; its button loads the demo and shows the sign-in page."""
    page.goto("/" + first.first_link())
    page.get_by_role("button", name="装入演示").click()
    expect(page).to_have_url(live_server.url + "/accounts/login/", timeout=20_000)


def test_first_start_stranger(page: Page) -> None:
    """Who has no link is told how to find it, and gets no form."""
    first.first_link()
    page.goto("/")
    expect(page.get_by_role("heading")).to_have_text("报送端还没有账号")
    assert page.get_by_role("button", name="装入演示").count() == 0


def test_first_start_administrators(page: Page, live_server: Any) -> None:
    """Three administrators are made; a slip is told and forgets no name; who signs in must set up a second factor."""
    page.goto("/" + first.first_link())
    page.get_by_label("财政局名称").fill("某市财政局")
    for at, (group, username) in enumerate(zip(ADMINISTRATORS, ("xitong", "anquan", "shenji"), strict=True)):
        box = page.get_by_role("group", name=group)
        box.get_by_label("用户名").fill(username)
        box.get_by_label("姓名").fill(group)
        box.get_by_label("密码", exact=True).fill(f"Kaoqin-{at}-2026")
        box.get_by_label("再输一次密码").fill(f"Kaoqin-{at or 9}-2026")
    page.get_by_role("button", name="建立").click()
    box = page.get_by_role("group", name="系统管理员")
    expect(box.locator(".errorlist")).not_to_have_count(0)
    expect(box.get_by_label("用户名")).to_have_value("xitong")
    for at, group in enumerate(ADMINISTRATORS):
        for label in ("密码", "再输一次密码"):
            page.get_by_role("group", name=group).get_by_label(label, exact=True).fill(f"Kaoqin-{at}-2026")
    page.get_by_role("button", name="建立").click()
    expect(page).to_have_url(live_server.url + "/accounts/login/")
    enter(page, "xitong", "Kaoqin-0-2026")
    page.goto("/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("设置两步验证")
