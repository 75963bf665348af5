"""The first minutes of an office in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from jixiao.office.setup import first


@pytest.fixture(autouse=True)
def _not_seen_yet() -> None:
    """The process forgets that it has seen a user of an earlier test."""
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
