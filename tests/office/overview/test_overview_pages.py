"""The pages of the overview: what they show, whom they let in, what they cost."""

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jixiao.desk.library import checks, shelf
from jixiao.office.filing.models import Filing
from jixiao.office.overview.counting import rows_of
from jixiao.office.overview.filters import Filters, chosen
from jixiao.office.overview.registry import TABLES
from jixiao.office.overview.sight import Sight
from jixiao.office.rounds.models import Project
from office.making import Office, make_filing, make_round
from office.overview.many_filings import add_filings, add_units

PAGES = ("overview-node", "overview-forms", "overview-findings", "overview-places", "overview-years")
EVERYWHERE = {"bureau", "science", "schools", "centre", "school", "institute"}
Enter = Callable[[str], Client]


def address(office: Office, page: str, place: str = "science", **more: str) -> str:
    """The address of a page for the round and a place."""
    return reverse(page, kwargs={"round_id": office.round.pk, "node_id": office.organisations[place].pk, **more})


def text_of(client: Client, where: str) -> str:
    """A page that is there."""
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def filled(office: Office) -> Office:
    """The office with forty filings and projects below the department of science, and the year before."""
    units = [office.organisations["centre"], office.organisations["institute"]]
    projects = add_filings(office.round, units, 40)
    add_filings(make_round(office.organisations["bureau"], 2023), units, 40, projects)
    return office


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_there(filled: Office, signed_in: Enter, page: str, language: str) -> None:
    """Each page answers in both languages, without a style attribute or a script of its own."""
    client = signed_in("department")
    client.cookies["django_language"] = language
    text = text_of(client, address(filled, page))
    assert " style=" not in text
    assert "<style" not in text
    assert ('<html lang="en">' in text) == (language == "en")


def test_an_empty_round_is_told_as_one(office: Office, signed_in: Enter) -> None:
    """Before anybody has filed, each page says so instead of drawing nothing; without a round, so does the way in."""
    client = signed_in("department")
    for page in PAGES:
        assert "<svg" not in text_of(client, address(office, page))
    office.round.delete()
    assert "还没有自评批次" in text_of(client, "/overview/")


@pytest.mark.parametrize(
    ("user", "place"),
    [("clerk", "centre"), ("head", "centre"), ("department", "science"), ("finance", "bureau"), ("auditor", "bureau")],
)
def test_everybody_enters_at_the_top_of_what_is_theirs(filled: Office, signed_in: Enter, user: str, place: str) -> None:
    """The way in leads to the newest round at one's own node."""
    answer = signed_in(user).get("/overview/")
    assert answer["Location"] == address(filled, "overview-node", place)


@pytest.mark.parametrize(
    ("user", "places"),
    [
        ("clerk", {"centre"}), ("head", {"centre"}), ("other_clerk", {"school"}), ("auditor", EVERYWHERE),
        ("department", {"science", "centre", "institute"}), ("other_department", {"schools", "school"}),
        ("finance", EVERYWHERE), ("publisher", set()), ("system_admin", set()), ("security_admin", set()),
        ("audit_admin", set()),
    ],
)  # fmt: skip
def test_everybody_sees_their_own_part_of_the_tree(
    office: Office, signed_in: Enter, user: str, places: set[str]
) -> None:
    """A department sees its tree, finance and the auditor all of it, a unit itself; the others no overview at all."""
    client = signed_in(user)
    seen = {one for one in EVERYWHERE if client.get(address(office, "overview-forms", one)).status_code == 200}
    assert seen == places


def test_a_foreign_node_looks_like_a_missing_one(office: Office, signed_in: Enter) -> None:
    """On every page and for every file a node that one may not see answers as one that is not there."""
    client = signed_in("clerk")
    pages: list[tuple[str, dict[str, str]]] = [(page, {}) for page in PAGES]
    for page, more in [*pages, ("overview-table", {"name": "forms", "kind": "csv"})]:
        foreign = client.get(address(office, page, "school", **more))
        missing = client.get(reverse(page, kwargs={"round_id": office.round.pk, "node_id": 999_999, **more}))
        assert foreign.status_code == missing.status_code == 404
        assert "没有这一页" in foreign.content.decode()
        assert "没有这一页" in missing.content.decode()


def test_who_has_not_signed_in_is_asked_to(filled: Office) -> None:
    """Without a sign-in every page leads to it."""
    for page in PAGES:
        answer = Client().get(address(filled, page))
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_a_round_of_another_tree_is_not_there(filled: Office, signed_in: Enter) -> None:
    """A round belongs to its bureau's tree; with a node of another tree there is no page."""
    filled.round.bureau = filled.organisations["schools"]
    filled.round.save()
    assert signed_in("finance").get(address(filled, "overview-node")).status_code == 404


def test_the_figures_at_the_top_are_those_of_the_rows(filled: Office, signed_in: Enter) -> None:
    """What stands at the top is what a plain count over the filings gives."""
    filed = Filing.objects.filter(round=filled.round).exclude(state="draft").count()
    projects = Project.objects.count()
    text = text_of(signed_in("department"), address(filled, "overview-node"))
    assert f">{filed} / {projects}</a>" in text


def test_rows_are_the_filings_and_the_projects_without_one(filled: Office) -> None:
    """A row for each filing with its columns, and one for each project that goes on and has none in the round."""
    science, user = filled.organisations["science"], filled.people["department"]
    rows = rows_of(user, filled.round, science)
    filings = {one.pk: one for one in Filing.objects.filter(round=filled.round)}
    assert {row.key for row in rows if row.key} == set(filings)
    assert sum(row.stage == "open" for row in rows) == Project.objects.count() - len(filings) > 0
    for row in rows:
        if row.key:
            one = filings[row.key]
            assert (row.claimed, row.computed, row.adjusted) == (one.claimed, one.computed, one.adjusted)
            assert sum(row.asked.values()) == len(one.codes.split())
            assert row.stage == ("returned" if one.returned else one.state)
    Project.objects.exclude(filings__round=filled.round).update(ended=2023)
    assert {row.key for row in rows_of(user, filled.round, science)} == set(filings)


def test_filters_go_from_page_to_page_and_into_files(filled: Office, signed_in: Enter) -> None:
    """With a filter the list, the links and the file hold the same forms."""
    client, query = signed_in("department"), "?stage=with_department"
    rows = rows_of(filled.people["department"], filled.round, filled.organisations["science"])
    some = [row.project for row in rows if row.stage == "with_department"]
    text = text_of(client, address(filled, "overview-forms") + query)
    assert f">{len(some)} 张表<" in text.replace("\n", "") or f"{len(some)} 张表" in text
    assert "tables/forms.csv?stage=with_department" in text
    answer = client.get(address(filled, "overview-table", name="forms", kind="csv") + query)
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sorted(line[0] for line in lines[1:]) == sorted(some)
    for page in PAGES:
        assert "stage=with_department" in text_of(client, address(filled, page) + query)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_taken_as_a_file(filled: Office, signed_in: Enter, name: str) -> None:
    """Each table of the registry comes as CSV and as a workbook with the same head and as many rows."""
    client = signed_in("department")
    plain = client.get(address(filled, "overview-table", name=name, kind="csv"))
    book = client.get(address(filled, "overview-table", name=name, kind="xlsx"))
    assert plain["Content-Disposition"].startswith("attachment;")
    lines = list(csv.reader(io.StringIO(plain.content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == lines[0]
    assert sheet.max_row == len(lines) > 1


def test_there_is_no_other_file(filled: Office, signed_in: Enter) -> None:
    """A table or kind that is not there is a 404."""
    client = signed_in("department")
    for name, kind in (("secrets", "csv"), ("forms", "exe")):
        assert client.get(address(filled, "overview-table", name=name, kind=kind)).status_code == 404


@pytest.mark.parametrize("query", ["", "?sort=-gap", "?sort=rate&page=2", "?sort=nonsense&page=9999", "?q=项目1"])
def test_the_list_of_forms_takes_any_order(filled: Office, signed_in: Enter, query: str) -> None:
    """Orders, pages and words to find give a page; what is no order or page is not an error."""
    assert "<table" in text_of(signed_in("department"), address(filled, "overview-forms") + query)


def test_a_check_leads_to_sentences_and_cells(office: Office, signed_in: Enter) -> None:
    """Of a check the page tells which form it asks, what was read, what was expected, and what the check is."""
    filing = make_filing(office)
    code = filing.codes.split()[0]
    text = text_of(signed_in("department"), address(office, "overview-findings") + f"?check={code}")
    assert filing.project.name in text
    assert text.count('<div class="finding') == filing.codes.split().count(code)
    assert reverse("check", args=[code]) in text
    assert checks()[code].title.zh in text


def test_findings_that_are_asked_no_more_are_told(office: Office, signed_in: Enter) -> None:
    """Where rules have changed since a form was saved, the page says that the finding is asked no more."""
    filing = make_filing(office)
    Filing.objects.filter(pk=filing.pk).update(codes="JX114")
    assert "已不再提出" in text_of(signed_in("department"), address(office, "overview-findings") + "?check=JX114")


def test_every_check_and_every_rule_is_explained(office: Office, signed_in: Enter) -> None:
    """Each check has its page, and each rulebook, with each of its entries; what is not there is a 404."""
    client = signed_in("clerk")
    listed = text_of(client, reverse("checks"))
    assert all(code in listed for code in checks())
    assert checks()["JX204"].why.zh in text_of(client, reverse("check", args=["JX204"]))
    assert text_of(client, reverse("rulebooks")).count("<code>") == len(shelf().ids())
    day = shelf().newest("cn-shanghai").isoformat()
    page = reverse("rulebook", args=["cn-shanghai", day])
    assert "p.places" in text_of(client, page)
    assert "证据" in text_of(client, f"{page}?entry=p.places")
    missing = (
        reverse("check", args=["JX999"]),
        f"{page}?entry=no",
        reverse("rulebook", args=["cn-shanghai", "1999-01-01"]),
    )
    assert {client.get(one).status_code for one in missing} == {404}


def test_the_number_of_queries_does_not_grow(office: Office, signed_in: Enter) -> None:
    """A page asks the database as often for two hundred forms in twelve units as for twenty in two."""
    client = signed_in("finance")
    units = [office.organisations["centre"], office.organisations["institute"]]
    projects = add_filings(office.round, units, 20)
    before = make_round(office.organisations["bureau"], 2023)
    add_filings(before, units, 20, projects)
    pages = [address(office, page) for page in PAGES]
    pages += [
        address(office, "overview-findings") + "?check=JX104",
        address(office, "overview-table", name="forms", kind="csv"),
    ]
    few = {page: _queries(client, page) for page in pages}
    more = add_units(office, 10)
    add_filings(before, more, 180, add_filings(office.round, more, 180))
    assert {page: _queries(client, page) for page in pages} == few
    assert max(few.values()) <= 12


def _queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        text = client.get(page)
    assert text.status_code == 200
    return len(asked)


def test_a_filtered_sight_counts_what_passes(filled: Office) -> None:
    """The rows behind every figure of a filtered page are those that pass the filters."""
    user, science = filled.people["department"], filled.organisations["science"]
    whole, some = (Sight(user, filled.round, science, filters) for filters in (Filters(), Filters(check="JX104")))
    assert some.rows == chosen(whole.rows, Filters(check="JX104"), checks())
    assert sum(len(rows) for _, rows in whole.placed) == len(whole.rows)
