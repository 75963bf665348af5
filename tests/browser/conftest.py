"""What the browser's tests share: a served office, a browser, and the rule that no page asks another host."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection, transaction
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from browser.equipment import tool
from browser.people import Person, enter
from jixiao.office.demo.making import make_demo

HERE = "http://localhost:"

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in the thread of the tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser and the loopback address."""
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    browser = tool("browser")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(browser.node()))
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=browser.browser().path, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The database is a file, as in an office: in memory a reader would be refused while another thread writes."""
    connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "office.sqlite3")


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    """Passwords are hashed quickly: what is tested is not the hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def strangers() -> list[str]:
    """The addresses on other hosts that pages asked for; must stay empty."""
    return []


@pytest.fixture
def context(chromium: Browser, live_server: Any, strangers: list[str]) -> Iterator[BrowserContext]:
    """A fresh person at a fresh browser; what a page asks of another host is refused and remembered."""

    def only_here(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    made = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport={"width": 1366, "height": 768})
    made.route("**/*", only_here)
    yield made
    made.close()
    assert strangers == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab; an error in a page's script fails the test."""
    tab = context.new_page()
    tab.on("pageerror", _fail)
    return tab


def _fail(error: Any) -> None:
    raise AssertionError(f"a script of the page failed: {error}")


_DEMO: list[str] = []
"""The rows of the demo as text, once it was made: putting them back takes a tenth of making them."""


@pytest.fixture
def demo_office(live_server: Any) -> None:
    """The demo round, fresh."""
    if not _DEMO:
        make_demo()
        rooms = [model for model in apps.get_models() if model.__module__.startswith("jixiao.")]
        rows = [row for model in rooms for row in model._default_manager.order_by("pk")]
        _DEMO.append(serializers.serialize("json", rows))
        return
    with transaction.atomic(), connection.constraint_checks_disabled():
        for row in serializers.deserialize("json", _DEMO[0]):
            row.save()


@pytest.fixture
def person(chromium: Browser, live_server: Any, demo_office: None, strangers: list[str]) -> Iterator[Person]:
    """People of the demo, each at a browser of one's own: `person("clerk")` is a tab; an error in a script fails."""
    made: list[BrowserContext] = []
    complaints: list[str] = []

    def come(username: str = "", **options: Any) -> Page:
        options = {"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN"} | options
        context = chromium.new_context(base_url=live_server.url, accept_downloads=True, **options)
        made.append(context)
        context.on("request", lambda asked: _note(asked.url, live_server.url, strangers))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return enter(context.new_page(), username) if username else context.new_page()

    yield come
    for context in made:
        context.close()
    assert complaints == []
    assert strangers == []


def _note(address: str, here: str, strangers: list[str]) -> None:
    if not address.startswith((here, "data:", "blob:")):
        strangers.append(address)
