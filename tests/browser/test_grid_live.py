"""The form page's script in a real browser: scores at every key with no connection, saving, conflicts, coming back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.grid_form import Server, pages
from browser.grid_page import ORIGIN, opened

pytestmark = pytest.mark.browser


@contextmanager
def form(chromium: Browser, server: Server, expected: str = "\0") -> Iterator[Page]:
    """The form page, its script running."""
    with opened(chromium, pages(server), expected, viewport={"width": 1366, "height": 768}) as page:
        page.wait_for_selector("#form[data-live]")
        yield page


def kept(page: Page) -> Any:
    """What the browser keeps of what was typed."""
    return page.evaluate("JSON.parse(localStorage.getItem('jixiao.filing.3.0'))")


def test_scores_and_findings_follow_every_key(chromium: Browser) -> None:
    """A worse result lowers the score and is asked about beside its cell, at once, and in the list with its clause."""
    server = Server(answer=lambda route, _: route.abort())
    with form(chromium, server, "ERR_FAILED") as page:
        expect(page.locator("[data-figure=computed]")).to_have_text("99.28 优")
        page.focus('[data-cell="k1/actual"]')
        page.keyboard.type("8公里")
        assert page.locator("[data-figure=computed]").text_content() == "94.28 优"
        assert page.locator("#findings .finding.clause").count() == 1
        mark = page.locator('td:has([data-cell="k1/score"]) a.mark.clause')
        assert mark.text_content() == "条"
        expect(page.locator("#saving")).to_have_text("未连接，已记在本机")
        page.fill('[data-cell="funds/current_year/initial"]', "三百")
        assert "应为数字" in (page.locator('[data-fault="funds/current_year/initial"]').text_content() or "")
        page.fill('[data-cell="funds/current_year/initial"]', "299.00")
        assert page.locator("#findings .finding.arithmetic").count() == 3
        assert page.locator('[data-fault="funds/current_year/initial"]').text_content() == ""


def test_an_update_takes_less_than_a_frame(chromium: Browser) -> None:
    """From a key to scores, findings and marks on the page: less than 16 ms a key, taken over a hundred."""
    with form(chromium, Server(answer=lambda route, _: route.abort()), "ERR_FAILED") as page:
        took = page.evaluate("""() => {
          const grid = document.querySelector("sheet-grid"), control = grid.control("k2/score");
          const start = performance.now();
          for (let turn = 0; turn < 100; turn++) grid.typed(control, String(5 + (turn % 5)));
          return (performance.now() - start) / 100;
        }""")
        assert took < 16


def test_what_was_typed_without_a_connection_comes_back(chromium: Browser) -> None:
    """Kept in the browser, shown after a reload, sent as soon as the server answers, and then gone from the browser."""
    server = Server(answer=lambda route, _: route.abort())
    with form(chromium, server, "ERR_FAILED") as page:
        page.fill('[data-cell="k1/name"]', "改造管网")
        page.focus('[data-cell="k3/name"]')
        page.keyboard.press("Alt+Insert")
        page.keyboard.type("新指标")
        expect(page.locator("#saving")).to_have_text("未连接，已记在本机")
        assert kept(page) is not None
        server.answer = None
        page.goto(ORIGIN + "/")
        expect(page.locator("#saving")).to_have_text("已保存 10:32:05")
        assert page.input_value('[data-cell="k1/name"]') == "改造管网"
        assert page.input_value('[data-cell="k90/name"]') == "新指标"
        assert kept(page) is None
        changed = {change["cell"]: change["now"] for asked in server.asked for change in asked["changes"]}
        assert (changed["k1/name"], changed["n1/name"]) == ("改造管网", "新指标")


def conflict(route: Route, asked: dict[str, Any]) -> None:
    """Another has changed the same cell."""
    [change] = asked["changes"]
    found = {**change, "theirs": "他人的名称", "by": "李四", "at": "2024-12-31 10:00"}
    told = {"error": "conflict", "words": "有 1 格被别人改过。", "version": 9, "conflicts": [found], "kept": 1}
    route.fulfill(status=409, json=told)


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_conflict_is_decided_by_the_person(chromium: Browser, side: str) -> None:
    """Both texts stand side by side; mine is saved over theirs, or theirs is shown in the table."""
    server = Server(answer=conflict)
    with form(chromium, server, "409") as page:
        page.fill('[data-cell="k1/name"]', "我的名称")
        expect(page.locator("#conflicts h2")).to_be_focused()
        assert page.locator(".side-text").all_text_contents() == ["我的名称", "他人的名称"]
        server.answer, server.version = None, 9
        page.check(f"#conflicts input[value={side}]")
        page.click("#conflicts button")
        expect(page.locator("#conflicts")).to_be_hidden()
        assert page.input_value('[data-cell="k1/name"]') == ("我的名称" if side == "mine" else "他人的名称")
        if side == "mine":
            expect(page.locator("#saving")).to_have_text("已保存 10:32:05")
            assert server.asked[-1]["base"] == 9
            assert server.asked[-1]["changes"] == [{"cell": "k1/name", "was": "他人的名称", "now": "我的名称"}]


def test_signed_out_nothing_is_lost(chromium: Browser) -> None:
    """The page says so, offers to sign in elsewhere, and saves when asked again."""
    server = Server(answer=lambda route, _: route.fulfill(status=401, json={"error": "signed-out", "words": "…"}))
    with form(chromium, server, "401") as page:
        page.fill('[data-cell="k1/name"]', "我的名称")
        expect(page.locator("#saving a")).to_have_attribute("target", "_blank")
        server.answer = None
        page.click("#saving button")
        expect(page.locator("#saving")).to_have_text("已保存 10:32:05")
        assert page.input_value('[data-cell="k1/name"]') == "我的名称"


def test_the_server_names_new_rows_and_shows_what_others_did(chromium: Browser) -> None:
    """New rows take the keys of the answer, the focus stays; a cell that another has changed is shown."""
    server = Server()
    server.answer = lambda route, asked: route.fulfill(json={**server.saved(asked), "cells": {"k2/name": "他人改的"}})
    with form(chromium, server) as page:
        page.focus('[data-cell="k7/name"]')
        page.keyboard.press("Alt+Insert")
        page.keyboard.type("新指标")
        expect(page.locator("#saving")).to_have_text("已保存 10:32:05")
        assert page.evaluate("document.querySelector('sheet-grid').keys.at(-1)") == "k90"
        assert page.evaluate("document.activeElement.dataset.cell") == "k90/name"
        assert page.input_value('[data-cell="k2/name"]') == "他人改的"


def test_words_wait_for_the_server(chromium: Browser) -> None:
    """A finding that rests on a text that was changed says that it waits; after saving it does not."""
    gone = Server(answer=lambda route, _: route.abort())
    with form(chromium, gone, "ERR_FAILED") as page:
        page.fill('[data-cell="k6/deviation"]', "")
        assert page.locator("#findings .finding").count() == 1
        page.fill('[data-cell="k6/name"]', "排口减少率")
        waiting = page.locator("#findings .finding.waiting")
        before = waiting.count()
        gone.answer = None
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(page.locator("#saving")).to_have_text("已保存 10:32:05")
        assert waiting.count() == 0 <= before


def test_a_suggestion_is_taken_by_a_key(chromium: Browser) -> None:
    """What the server suggests stands below the cell; Alt and its number put it in, Escape and leaving take it away."""
    with form(chromium, Server()) as page:
        page.focus('[data-cell="k1/name"]')
        offered = page.locator(".suggestions li")
        expect(offered).to_have_count(2)
        page.keyboard.press("Alt+2")
        assert page.input_value('[data-cell="k1/name"]') == "新建管网长度"
        expect(page.locator("#saving")).to_have_text("已保存 10:32:05")
        page.keyboard.press("Control+z")
        assert page.input_value('[data-cell="k1/name"]') == "改造排水管网长度"
        page.focus('[data-cell="k2/name"]')
        page.wait_for_timeout(400)
        assert offered.count() == 0
