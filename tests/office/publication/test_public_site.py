"""The public site: pages, addresses, caches, withdrawals; nothing private, no cookie, a constant number of queries."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from msgspec.structs import replace

from jixiao.form import Extra, decode_forms
from jixiao.office.filing.judging import form_of, form_text
from jixiao.office.filing.models import Filing
from jixiao.office.filing.starting import start_filing
from jixiao.office.publication.acts import publish, withdraw
from jixiao.office.publication.models import Paper, Publication
from jixiao.office.publication.pages.answering import KEPT, Kept
from office.making import Office, make_filing, make_round

CANARY = "CANARY-55d0"
BROWSER = Client()


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Any) -> Iterator[None]:
    """Files go to a folder of the test's own, and no page is kept from test to test."""
    settings.DATA = tmp_path
    KEPT.clear()
    cache.clear()
    yield
    KEPT.clear()


@pytest.fixture
def published(office: Office) -> Filing:
    """A published filing."""
    filing = make_filing(office, state="approved")
    publish(filing, by=None)
    return filing


def address(filing: Filing, rest: str = "") -> str:
    """The public address of a filing."""
    return f"/open/projects/{filing.project.uid}/{filing.round.fiscal_year}/{rest}"


def every_address(filing: Filing) -> list[str]:
    """Every public address that shows something of a filing."""
    project, unit, department = (
        filing.project.uid,
        filing.unit.uid,
        Publication.objects.get(filing=filing).department_uid,
    )
    pages = [
        "",
        "about/",
        "search/?q=科技",
        "years/2024/",
        "departments/",
        f"departments/{department}/",
        f"units/{unit}/",
    ]
    pages += [f"projects/{project}/2024/", "data/", "feed.atom", "feed.rss", "sitemap.xml", "sitemap-1.xml"]
    both = [f"/open/{page}" for page in pages] + [f"/open/en/{page}" for page in pages]
    files = [address(filing, name) for name in ("form.json", "record.json", "official.xlsx", "official.docx")]
    data = [
        "datapackage.json",
        "forms.json",
        "records.jsonl",
        "forms.csv",
        "indicators.csv",
        "funds.csv",
        "findings.csv",
    ]
    return [*both, *files, *(f"/open/data/{scope}/{name}" for scope in ("2024", "all") for name in data), "/robots.txt"]


def body(response: Any) -> str:
    """The whole of a response as text, streamed or not."""
    content: bytes = response.getvalue() if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_a_project_is_found_and_told(published: Filing) -> None:
    """From the first page a citizen searches, finds the project, and reads words, figures, questions and files."""
    assert "公开的自评表" in body(BROWSER.get("/open/"))
    assert address(published) in body(BROWSER.get("/open/search/", {"q": "科技金融"}))
    page = body(BROWSER.get(address(published)))
    for words in ("承诺了什么", "130 万元", "想请单位说明的问题", "组织金融服务相关活动", "official.pdf", "市科委"):
        assert words in page


def test_the_english_pages_are_whole(published: Filing) -> None:
    """The same page in English, with the way back; what the form says stays as printed."""
    page = body(BROWSER.get(address(published).replace("/open/", "/open/en/")))
    assert "What was promised" in page
    assert "1.3 million yuan" in page
    assert f'href="{address(published)}"' in page
    assert 'lang="en"' in page


def test_no_public_address_sets_a_cookie_or_tells_what_is_private(office: Office) -> None:
    """Comments, private cells, drafts and names of people appear at no public address; nobody is followed."""
    filing = make_filing(office, state="approved")
    form = form_of(filing.form)
    filing.form = form_text(replace(form, extras=(*form.extras, Extra("联系人及电话", CANARY))))
    filing.save()
    publish(filing, by=office.people["publisher"])
    filing.form = form_text(replace(form, goal=replace(form.goal, actual=CANARY)))
    filing.save()
    draft = make_filing(office, number=1)
    draft.project.name = f"草稿{CANARY}"
    draft.project.save()
    for place in every_address(filing):
        response = BROWSER.get(place)
        assert response.status_code == 200, place
        assert not response.cookies, place
        assert "Cookie" not in response.get("Vary", ""), place
        assert CANARY not in body(response), place
        assert "publisher" not in body(response).replace('"publisher"', ""), place


def test_what_is_not_published_looks_like_what_is_not_there(office: Office) -> None:
    """A draft's address and a made-up one answer the same."""
    draft = make_filing(office, state="approved")
    there, made_up = BROWSER.get(address(draft)), BROWSER.get("/open/projects/zzzzzzzzzz/2024/")
    assert (there.status_code, made_up.status_code) == (404, 404)
    assert body(there).replace(draft.project.uid, "x") == body(made_up).replace("zzzzzzzzzz", "x")


def test_a_page_is_not_sent_twice(published: Filing) -> None:
    """An entity tag lasts until something changes; then the page is new."""
    first = BROWSER.get(address(published))
    tag = first["ETag"]
    assert "public" in first["Cache-Control"]
    again = BROWSER.get(address(published), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    publish(published, by=None, reason="更正执行数")
    changed = BROWSER.get(address(published), headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "更正执行数" in body(changed)


def test_a_withdrawal_leaves_a_notice(published: Filing) -> None:
    """The address stays, says since when and why, and shows nothing else; lists, data and files forget it."""
    assert body(BROWSER.get(address(published, "official.xlsx")))
    withdraw(published, by=None, reason="误将测试数据公开")
    notice = BROWSER.get(address(published))
    assert notice.status_code == 410
    assert "误将测试数据公开" in body(notice)
    assert "130" not in body(notice)
    for rest in ("form.json", "record.json", "official.xlsx"):
        assert BROWSER.get(address(published, rest)).status_code == 404
    assert address(published) not in body(BROWSER.get("/open/")) + body(BROWSER.get("/open/search/?q=科技"))
    assert BROWSER.get("/open/data/2024/forms.csv").status_code == 404


def test_the_data_of_a_page_is_the_page(published: Filing) -> None:
    """form.json is our contract, readable by anybody's program from anywhere."""
    response = BROWSER.get(address(published, "form.json"))
    assert response["Access-Control-Allow-Origin"] == "*"
    (form,) = decode_forms(b"[" + response.content + b"]")
    assert form.project.name == "科技金融"
    assert json.loads(BROWSER.get(address(published, "record.json")).content)["review"]["score"] == "100.00"


def test_the_official_document_is_made_once(published: Filing) -> None:
    """The same bytes each time, named by their hash; asked again with it, nothing is sent."""
    first = BROWSER.get(address(published, "official.xlsx"))
    assert body(first).startswith("PK")
    made = Paper.objects.get()
    again = BROWSER.get(address(published, "official.xlsx"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert Paper.objects.get() == made
    assert first["Content-Disposition"].startswith("attachment")
    assert BROWSER.get(address(published, "official.exe")).status_code == 404


def test_open_data_follows_what_stands(published: Filing, office: Office) -> None:
    """A package is made again when a form was published since; its forms are those that stand."""
    assert len(json.loads(body(BROWSER.get("/open/data/2024/forms.json")))) == 1
    publish(make_filing(office, number=1, state="approved"), by=None)
    assert len(json.loads(body(BROWSER.get("/open/data/2024/forms.json")))) == 2
    assert BROWSER.get("/open/data/2024/secret.csv").status_code == 404
    assert BROWSER.get("/open/data/1999/forms.csv").status_code == 404


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss", "sitemap.xml", "sitemap-1.xml"])
def test_feeds_and_maps_are_well_formed(published: Filing, name: str) -> None:
    """Machines that follow along find well-formed XML with whole addresses."""
    published.project.name = "甲 & <乙>"
    published.project.save()
    publish(published, by=None)
    response = BROWSER.get(f"/open/{name}")
    ET.fromstring(response.content)  # noqa: S314 -- our own text
    assert "http://testserver/open/" in body(response)


def test_a_list_takes_the_same_queries_however_long(office: Office, django_assert_num_queries: Any) -> None:
    """Pages ask the database a constant number of times."""
    counts = {"/open/": 6, "/open/years/2024/": 4, "/open/search/?q=创新": 4, "/open/departments/": 3}
    for number in range(3):
        publish(make_filing(office, number=number, state="approved"), by=None)
        for place, count in counts.items():
            with django_assert_num_queries(count):
                assert BROWSER.get(place).status_code == 200


def test_a_project_page_takes_four_queries_then_one(
    published: Filing, office: Office, django_assert_num_queries: Any
) -> None:
    """Made once, a page is kept; whether it is still true costs one query. A longer history costs no more."""
    later = make_round(office.organisations["bureau"], 2025)
    publish(start_filing(later, published.project, form_of(published.form), by=None), by=None)
    with django_assert_num_queries(4):
        BROWSER.get(address(published))
    with django_assert_num_queries(1):
        BROWSER.get(address(published))


def test_a_project_without_a_year_leads_to_its_newest(published: Filing, office: Office) -> None:
    """The short address of a project leads on."""
    response = BROWSER.get(f"/open/projects/{published.project.uid}/")
    assert response["Location"] == address(published)


def test_odd_requests_are_answered_calmly(published: Filing) -> None:
    """Pages beyond the last, nonsense in the query and other methods do no harm."""
    for place in (
        "/open/search/?q=%00&page=-1",
        "/open/search/?page=99999&year=abc&q=科",
        f"/open/search/?q={'长' * 5000}",
    ):
        assert BROWSER.get(place).status_code == 200
    assert BROWSER.post("/open/").status_code == 405
    assert BROWSER.head(address(published)).status_code == 200
    assert BROWSER.get("/open/years/99999999999/").status_code == 404


def test_what_is_kept_is_bounded() -> None:
    """The memory for pages is a fixed number of bytes; the page not asked for longest goes first."""
    kept = Kept(10)
    kept.put("a", "1", (b"12345", "t"))
    kept.put("b", "1", (b"12345", "t"))
    assert kept.get("a", "1")
    kept.put("c", "1", (b"12345", "t"))
    assert kept.get("b", "1") is None
    assert kept.get("a", "2") is None
    assert kept.get("a", "1") == (b"12345", "t")
