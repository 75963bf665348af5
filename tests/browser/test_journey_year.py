"""A form on its way through the year: filled in by paste, returned, approved, published, found by a citizen."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from browser.people import Person, cell, kept, open_form, paste, ready
from jixiao.office.demo.forms import published
from jixiao.office.doors.table import WITH_DEPARTMENT
from jixiao.office.filing.models import Filing
from jixiao.office.filing.starting import start_filing
from jixiao.office.people.models import Organisation
from jixiao.office.people.tree import new_uid
from jixiao.office.rounds.models import Project, Round

NAME = "科创中心建设工作经费"
EXCEL = "95.00(%)\t10.00\t10.00\t\r\n90.00(%)\t30.00\t30.00\t\r\n95.00(%)\t30.00\t30.00\t\r\n"


def decide(page: Page, name: str) -> Page:
    """Open the page where one decides, from the list of what waits."""
    page.goto("/decisions/")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


def press(page: Page, words: str) -> None:
    """Press a button that decides; the page of my work says that it was done."""
    page.get_by_role("button", name=words, exact=True).click()
    expect(page.locator(".note-success")).to_contain_text(f"已{words}")


def test_from_the_clerk_to_the_citizen(person: Person) -> None:
    """Pasted, submitted, returned with a reason and a cell, put right, approved three times, published and found."""
    clerk, head = person("clerk"), person("head")
    fill_in(clerk)
    press(clerk, "提交审核")

    decide(head, NAME)
    row = head.locator("tr", has=head.get_by_role("rowheader", name="项目管理者满意度"))
    row.get_by_text("选格子").click()
    row.get_by_label("实际完成值").check()
    row.get_by_label("请改什么").fill("请写明发出和收回的问卷数")
    head.get_by_label("意见或原因").fill("满意度没有问卷数")
    press(head, "退回修改")

    clerk.goto("/")
    expect(clerk.locator("article", has_text=NAME)).to_contain_text("满意度没有问卷数")
    clerk.get_by_role("link", name=NAME, exact=True).first.click()
    ready(clerk)
    expect(clerk.locator(".returned")).to_contain_text("满意度没有问卷数")
    expect(clerk.locator("td.asked")).to_have_count(1)
    expect(clerk.locator("td.asked", has=cell(clerk, "k5/actual"))).to_contain_text("请写明发出和收回的问卷数")
    clerk.locator(".returned").get_by_role("link").click()
    expect(cell(clerk, "k5/actual")).to_be_focused()
    cell(clerk, "k5/actual").fill("95.00(%)，发出问卷40份，收回40份")
    kept(clerk)
    clerk.get_by_role("button", name="提交审核").click()
    press(clerk, "提交审核")

    decide(head, NAME)
    changes = head.get_by_role("region", name="退回与修改")
    expect(changes).to_contain_text("收回40份")
    press(head, "同意并上报")
    department, finance, publisher = person("department"), person("finance"), person("publisher")
    press(decide(department, NAME), "同意并报财政")
    press(decide(finance, NAME), "审定")
    press(decide(publisher, NAME), "公开")
    a_citizen_finds(person(), "科创中心")


def fill_in(clerk: Page) -> None:
    """The clerk opens the half-filled form from my work, pastes three rows of a spreadsheet and types the rest."""
    clerk.get_by_role("link", name=NAME).click()
    ready(clerk)
    expect(clerk.locator("[data-figure=computed]")).to_have_text("—")
    paste(clerk, "k3/actual", EXCEL)
    assert cell(clerk, "k5/score").input_value() == "30.00"
    cell(clerk, "goal/actual").fill("全年任务已经完成。")
    cell(clerk, "total/score").fill("100.00")
    cell(clerk, "grade").fill("优")
    expect(clerk.locator("[data-figure=computed]")).to_have_text("100.00 优")
    kept(clerk)
    clerk.reload()
    ready(clerk)
    assert cell(clerk, "k4/actual").input_value() == "90.00(%)"
    clerk.get_by_role("button", name="提交审核").click()
    expect(clerk.get_by_role("heading", name="提交审核")).to_be_visible()


def a_citizen_finds(citizen: Page, words: str) -> None:
    """The public site finds the form by words of its name, tells it in both languages and hands out the PDF."""
    citizen.goto("/open/")
    citizen.get_by_role("searchbox").fill(words)
    citizen.get_by_role("searchbox").press("Enter")
    citizen.get_by_role("link", name=NAME).first.click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("2024")
    expect(citizen.locator("#indicators")).to_contain_text("收回40份")
    with citizen.expect_download() as given:
        citizen.get_by_role("link", name="自评表 PDF").click()
    assert given.value.path().read_bytes().startswith(b"%PDF-")
    citizen.get_by_role("link", name="English").click()
    expect(citizen.get_by_role("heading", name="Funds in full")).to_be_visible()


@pytest.fixture
def two_hundred(demo_office: None) -> int:
    """Two hundred forms that wait for the department, beside those of the demo; how many wait in all."""
    unit, round_ = Organisation.objects.get(code="201002"), Round.objects.get(fiscal_year=2024)
    form = published()["党建工作经费"]
    for number in range(200 - waiting()):
        project = Project.objects.create(unit=unit, name=f"服务项目{number + 1:03}", uid=new_uid())
        made = start_filing(round_, project, form, by=None)
        made.state, made.submitted = WITH_DEPARTMENT, timezone.now() - timedelta(days=1)
        made.save()
    return waiting()


def waiting() -> int:
    """How many wait for the department of science."""
    return Filing.objects.filter(state=WITH_DEPARTMENT, unit__code__startswith="201").count()


def test_two_hundred_at_once(two_hundred: int, person: Person) -> None:
    """The department ticks the whole page and approves; each form has its verdict, and none waits any more."""
    assert two_hundred == 200
    page = person("department")
    page.goto("/decisions/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("200")
    page.get_by_label("全选本页").check()
    assert page.locator("[name=filing]:checked").count() == 200
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="同意").click()
    told = page.locator("dl.facts")
    expect(told).to_contain_text("200", timeout=60_000)
    expect(told.locator(".overdue")).to_have_count(0)
    page.get_by_role("link", name="继续审核").click()
    expect(page.locator(".empty")).to_be_visible()


def test_what_is_not_finished_is_not_handed_in(person: Person) -> None:
    """Submitting half a form names what is missing, and the form stays with the clerk."""
    clerk: Any = person("clerk")
    open_form(clerk, NAME)
    ready(clerk).get_by_role("button", name="提交审核").click()
    expect(clerk.locator("main")).to_contain_text("实际完成值")
    clerk.get_by_role("button", name="提交审核").click()
    expect(clerk.get_by_role("alert")).to_contain_text("没有执行")
    assert Filing.objects.get(project__name=NAME, round__fiscal_year=2024).state == "draft"
