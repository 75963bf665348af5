"""Accessibility of the main pages, judged by axe-core: nothing serious, in both languages, on a desk and on a phone."""

from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from browser.equipment import tool
from browser.people import Person
from jixiao.office.filing.models import Filing
from jixiao.office.jobs.worker import work_off
from jixiao.office.people.models import Organisation
from jixiao.office.publication.models import Publication
from jixiao.office.rounds.models import Round

SIZES: Final = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})
RULES: Final = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']"
JUDGE: Final = f"axe.run(document, {{ resultTypes: ['violations'], runOnly: {RULES} }})"
PAGES: Final = {
    "clerk": (
        "/", "/filings/", "/filings/new", "/filings/{draft}/?last=1", "/filings/{draft}/cell?cell=k1/actual",
        "/filings/{draft}/history", "/filings/{draft}/steps", "/intake/", "/account/", "/monitoring/", "/nowhere/",
    ),
    "finance": (
        "/decisions/", "/filings/{finance}/decide/", "/filings/{finance}/rectify/", "/overview/{round}/{bureau}/",
        "/overview/{round}/{bureau}/forms/", "/overview/{round}/{bureau}/findings/",
        "/overview/{round}/{bureau}/compare/", "/overview/{round}/{bureau}/rules/",
        "/overview/{round}/{bureau}/review/", "/overview/rulebooks/", "/rounds/", "/api/tokens/",
    ),
    "sysadmin": ("/people/", "/people/add/", "/people/lists/", "/organisations/"),
    "secadmin": ("/roles/", "/roles/of/1/"),
    "audadmin": ("/journal/",),
    "": (
        "/accounts/login/", "/open/", "/open/search/?q=科", "/open/years/2023/", "/open/projects/{uid}/2023/",
        "/open/data/", "/open/about/",
    ),
}  # fmt: skip


def addresses(username: str) -> list[str]:
    """The pages of a person, with the numbers of the demo."""
    this_year = Filing.objects.filter(round__fiscal_year=2024)
    known = {
        "draft": this_year.get(state="draft", project__name="科创中心建设工作经费").pk,
        "finance": this_year.filter(state="with_finance").earliest("pk").pk,
        "round": Round.objects.get(fiscal_year=2024).pk,
        "bureau": Organisation.objects.get(kind="bureau").pk,
        "uid": Publication.objects.filter(year=2023).earliest("pk").uid,
    }
    return [address.format(**known) for address in PAGES[username]]


def serious(judgement: Any) -> list[tuple[str, list[str]]]:
    """Rules that are broken seriously, with the parts of the page.

    The bars of charts are left out of one rule, which asks that a name begins with the text that is seen: their digits
    are hidden from those who listen, because the name says them whole.
    """
    broken = [each for each in judgement["violations"] if each["impact"] in ("serious", "critical")]
    texts = {each["id"]: [node["html"][:200] for node in each["nodes"]] for each in broken}
    if bars := texts.get("label-content-name-mismatch"):
        texts["label-content-name-mismatch"] = [text for text in bars if 'class="mark"' not in text]
    return list(texts.items())


def judged(page: Page, address: str) -> list[Any]:
    """What is serious or worse on a page at both sizes; and whether it is wider than the window."""
    found: list[Any] = []
    page.goto(address)
    page.evaluate(tool("browser").axe().read_text(encoding="utf-8"))
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((address, size["width"], "wider than the window"))
        found += [(address, size["width"], name, parts[:3]) for name, parts in serious(page.evaluate(JUDGE)) if parts]
    return found


@pytest.mark.parametrize("username", PAGES)
def test_pages_have_nothing_serious(person: Person, username: str) -> None:
    """Every main page of every kind of person, in 中文 and in English."""
    page = person(username, bypass_csp=True)
    asked = addresses(username)
    found = [each for address in asked for each in judged(page, address)]
    page.set_viewport_size(SIZES[0])  # type: ignore[arg-type]
    if username:
        page.goto("/account/")
        page.get_by_role("button", name="English").click()
    else:
        asked = [address.replace("/open/", "/open/en/") for address in asked if "/open/" in address]
    found += [each for address in asked for each in judged(page, address)]
    assert found == []


def test_an_import_with_its_verdicts_has_nothing_serious(person: Person, tmp_path: Path) -> None:
    """The table of verdicts, with the filter that is on marked among the others, can be read by everybody."""
    page = person("clerk", bypass_csp=True)
    page.goto("/intake/")
    menu = tmp_path / "菜单.txt"
    menu.write_text("今天的菜单\n", encoding="utf-8")
    page.set_input_files("#files", menu)
    page.get_by_role("button", name="导入").click()
    work_off()
    page.get_by_role("row", name="菜单.txt").wait_for(timeout=20_000)
    assert judged(page, page.url) == []
