"""Several people, and an unlucky one: the same cell twice, a lost connection, wrong files, closed rounds, no right."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.people import Person, cell, kept, open_form, ready
from jixiao.office.filing.models import Filing, Save
from jixiao.office.jobs.worker import work_off
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.rounds.models import Round

NAME = "科创中心建设工作经费"
DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: Any) -> None:
    """The files of a test are its own."""
    settings.DATA = tmp_path


def form_of(page: Page) -> Page:
    """The half-filled form of the demo, its script running."""
    return ready(open_form(page, NAME))


def test_two_people_change_one_cell(person: Person) -> None:
    """Both texts are shown with whose they are; what was not chosen stays in the history; other cells just join."""
    unit = Organisation.objects.get(code="201001")
    second = User.objects.create_user("clerk9", "Jixiao-demo-1", name="孙二", organisation=unit)
    Role.objects.create(user=second, organisation=unit, kind="clerk")
    one, two = form_of(person("clerk")), form_of(person("clerk9"))
    cell(one, "k3/actual").fill("95.00(%)")
    kept(one)
    cell(two, "k4/actual").fill("91.00(%)")
    kept(two)
    expect(cell(two, "k3/actual")).to_have_value("95.00(%)")
    cell(two, "k3/actual").fill("97.00(%)")
    kept(two)
    cell(one, "k3/actual").fill("96.00(%)")
    asked = one.get_by_role("group", name="实际完成值")
    expect(asked).to_contain_text("96.00(%)", timeout=20_000)
    expect(asked).to_contain_text("97.00(%)")
    expect(asked).to_contain_text("孙二")
    asked.get_by_label("孙二").check()
    one.get_by_role("button", name="按所选保存").click()
    kept(one)
    expect(cell(one, "k3/actual")).to_have_value("97.00(%)")
    assert Save.objects.filter(changes__contains="96.00", refused=True).exists()
    one.reload()
    ready(one)
    assert cell(one, "k3/actual").input_value() == "97.00(%)"
    assert cell(one, "k4/actual").input_value() == "91.00(%)"


def test_a_lost_connection_loses_nothing(person: Person) -> None:
    """Typed without a connection and the tab closed: kept on the machine, there in the next tab, then on the server."""
    page = form_of(person("clerk"))
    page.context.set_offline(True)
    cell(page, "k3/actual").fill("99.00(%)")
    cell(page, "k3/score").fill("10.00")
    expect(page.locator("#saving")).to_contain_text("未连接")
    context = page.context
    page.close()
    context.set_offline(False)
    assert not Save.objects.filter(changes__contains="99.00").exists()
    page = form_of(context.new_page())
    assert cell(page, "k3/actual").input_value() == "99.00(%)"
    kept(page)
    page.reload()
    ready(page)
    assert cell(page, "k3/actual").input_value() == "99.00(%)"
    assert Save.objects.filter(changes__contains="99.00", refused=False).exists()


def test_a_wrong_file_says_why(person: Person, tmp_path: Path) -> None:
    """A menu handed in as a form gets a verdict with the reason, and no form is touched."""
    page = person("clerk")
    menu = tmp_path / "菜单.txt"
    menu.write_text("今天的菜单：面条\n", encoding="utf-8")
    page.goto("/intake/")
    page.set_input_files("#files", menu)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("status")).to_contain_text("排队")
    work_off()
    expect(page.get_by_role("row", name="菜单.txt")).to_contain_text("读不了", timeout=20_000)
    assert Filing.objects.get(project__name=NAME, round__fiscal_year=2024).version == 1


def test_a_closed_round_is_read_only_and_says_so(person: Person) -> None:
    """The round is closed while a form is open: the text stays with the reason; opened anew the page is read-only."""
    page = form_of(person("clerk"))
    Round.objects.filter(fiscal_year=2024).update(closed=True)
    cell(page, "k3/actual").fill("98.00(%)")
    expect(page.locator("#saving.refused")).to_be_visible(timeout=20_000)
    expect(page.locator("#saving")).to_contain_text("关闭")
    assert cell(page, "k3/actual").input_value() == "98.00(%)"
    page.reload()
    expect(page.get_by_role("status").first).to_contain_text("关闭")
    assert page.locator("[data-cell]").count() == 0


def test_who_has_no_right_learns_nothing(person: Person) -> None:
    """A clerk of another department meets the page for a missing address, not a form and not its name."""
    number = Filing.objects.get(project__name=NAME, round__fiscal_year=2024).pk
    page = person("clerk3")
    for address in (f"/filings/{number}/", f"/filings/{number}/document.pdf", "/filings/999999/", "/people/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
        assert NAME not in page.content()
    expect(page.get_by_role("link", name="回到首页")).to_be_visible()
