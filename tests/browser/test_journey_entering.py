"""Coming in: a second factor, the English interface, the whole way of a clerk by keys alone."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from browser.people import Person, cell, enter, in_english, ready
from jixiao.office.filing.models import Filing

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAME = "科创中心建设工作经费"


def code_of(secret: str) -> str:
    """The six digits that an authenticator shows now."""
    from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time

    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


def test_a_second_factor_is_set_up_and_asked_for(person: Person) -> None:
    """The key is typed into an authenticator, its code switches the factor on; signing in then asks for a code."""
    page = person("head")
    page.goto("/account/")
    page.get_by_role("link", name="管理").click()
    page.get_by_role("link", name="现在设置").click()
    expect(page.get_by_role("img")).to_be_visible()
    page.get_by_label("验证码").fill("000000")
    page.get_by_role("button", name="启用").click()
    expect(page.locator(".errorlist, .error, [role=alert]").first).to_be_visible()
    page.get_by_label("验证码").fill(code_of(page.locator("code").first.inner_text()))
    page.get_by_role("button", name="启用").click()
    page.wait_for_url(lambda url: "activate" not in url)
    page.goto("/accounts/2fa/recovery-codes/")
    recovery = page.locator(".codes code").first.inner_text()
    again = person()
    enter(again, "head")
    expect(again.get_by_role("heading", level=1)).to_have_text("两步验证")
    again.goto("/filings/")
    expect(again).to_have_url(re.compile("accounts"))
    again.get_by_role("button", name="换一个账号").click()
    enter(again, "head")
    again.get_by_label("验证码").fill(recovery)
    again.get_by_role("button", name="登录").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("我的工作")


def chinese_lines(page: Page) -> list[str]:
    """Lines of a page that hold Chinese outside of what people have written: names, forms and sentences of the form."""
    return [
        text
        for text in page.locator("nav, h1, h2, th, label, button, dt, legend, summary, caption").all_inner_texts()
        if CHINESE.search(text)
    ]


def test_the_english_interface(person: Person) -> None:
    """Switched once, every page a clerk meets speaks English; only names and what people wrote stay Chinese."""
    page = in_english(person("clerk"))
    for address in ("/", "/filings/new", "/intake/", "/rectification/", "/account/", "/accounts/password/change/"):
        page.goto(address)
        own = {"中文", "陈敏"}
        left = [text for text in chinese_lines(page) if not own & set(text.split()) and "2024" not in text]
        assert [text for text in left if text not in names()] == [], address
    page.goto("/filings/")
    page.get_by_role("link", name=NAME).last.click()
    ready(page)
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    assert [
        text for text in page.locator("aside h2, .bar button, .bar a").all_inner_texts() if CHINESE.search(text)
    ] == []


def names() -> set[str]:
    """Names of projects and organisations of the demo."""
    found = Filing.objects.values_list("project__name", "unit__name")
    return {name for pair in found for name in pair}


def focused(page: Page) -> Any:
    """What has the focus: its words and whether the focus is seen."""
    return page.evaluate("""() => {
      const at = document.activeElement, style = getComputedStyle(at);
      const name = at.dataset.cell || at.getAttribute("aria-label") || at.innerText || at.name || at.tagName;
      return { name: name.trim(), seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
    }""")


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until something of that name has the focus; each stop on the way shows its focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = focused(page)
        assert here["seen"], here
        if here["name"].startswith(name):
            return
    raise AssertionError(f"{name} is not reached by {most} presses of Tab; now at {focused(page)}")


def test_a_clerk_needs_no_mouse(person: Person) -> None:
    """Sign-in, the form, a cell, arrows, the menu with Escape, handing in: all by keys, the focus always seen."""
    page = person()
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "跳到正文"
    page.locator("[name=login]").focus()
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type("Jixiao-demo-1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的工作")
    tab_to(page, "陈敏")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="我的账号")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="我的账号")).not_to_be_visible()
    tab_to(page, NAME)
    page.keyboard.press("Enter")
    ready(page)
    tab_to(page, "k3/actual", 80)
    page.keyboard.type("95.00(%)")
    page.keyboard.press("Enter")
    assert focused(page)["name"] == "k4/actual"
    expect(page.locator("#saving")).to_contain_text("已保存", timeout=20_000)
    page.reload()
    ready(page)
    assert cell(page, "k3/actual").input_value() == "95.00(%)"
    page.locator("h1").click()
    tab_to(page, "提交审核")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="提交审核")).to_be_visible()
