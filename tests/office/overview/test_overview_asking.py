"""The rule lab and the review of all forms as pages: the same answers as at the desk, and no form changes."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from msgspec.structs import replace

from jixiao.desk.whatif import scenario_of, try_form
from jixiao.office.filing.judging import form_of, form_text
from jixiao.office.filing.models import Filing
from jixiao.office.jobs.models import Job
from jixiao.office.jobs.worker import work_off
from jixiao.office.journal.models import Event
from jixiao.office.overview.answers import kept_of_review, report_of_rules
from jixiao.office.overview.models import Inquiry
from jixiao.office.overview.tasks import forget
from jixiao.office.overview.views import asking
from jixiao.review.whatif import shift_of
from office.making import Office, make_filing, make_round, seed_forms

Enter = Callable[[str], Client]
TRIED: dict[str, str | list[str]] = {"base": "initial", "rulebook": "", "name": [""], "value": [""]}
WAIVER = """[[waiver]]
year = {year}
unit = "{unit}"
project = "{project}"
check = "JX204"
pointer = "/funds/total"
read = "0000000000000000"
who = "张三"
reason = "按批复调减。"
on = 2025-03-01
until = 2999-03-01
"""


def address(office: Office, page: str, place: str = "science", **more: str | int) -> str:
    """The address of a page for the round and a place."""
    return reverse(page, kwargs={"round_id": office.round.pk, "node_id": office.organisations[place].pk, **more})


@pytest.fixture
def three(office: Office) -> Office:
    """The office with three filings of the seed below the department of science."""
    for number in range(3):
        make_filing(office, "centre", number)
    return office


def asked(client: Client, office: Office, page: str, given: Mapping[str, str | list[str]]) -> Inquiry:
    """Ask, and give back what was asked; the page leads to it."""
    answer = client.post(address(office, page), given)
    made = Inquiry.objects.get()
    assert answer["Location"] == address(office, "inquiry", number=made.pk)
    return made


def states() -> list[tuple[object, ...]]:
    """All that filings hold."""
    return list(Filing.objects.order_by("pk").values_list())


def test_the_lab_gives_the_desks_answer_and_changes_nothing(three: Office, signed_in: Enter) -> None:
    """Who moves under another base is what the desk computes form by form; no filing is touched, the asking is told."""
    before, client = states(), signed_in("department")
    made = asked(client, three, "rule-lab-node", TRIED)
    tried = scenario_of(None, "initial", [], three.round.rulebook)
    plain = shift_of([try_form(form_of(one.form), tried, f"{one.pk}") for one in three.filings])
    assert report_of_rules(made).shift == plain
    assert plain.directions.get("same", 0) < 3
    text = client.get(address(three, "inquiry", number=made.pk)).content.decode()
    assert three.filings[0].project.name in text
    assert states() == before
    assert Event.objects.filter(act="overview.asked", subject=f"inquiry/{made.pk}").count() == 1


def test_many_forms_are_a_job(three: Office, signed_in: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    """More forms than somebody would wait for go to the queue; the page tells how far it is, then the answer."""
    monkeypatch.setattr(asking, "_AT_ONCE", 2)
    client = signed_in("department")
    made = asked(client, three, "rule-lab-node", TRIED)
    where, state = (address(three, page, number=made.pk) for page in ("inquiry", "inquiry-state"))
    assert 'hx-trigger="every 1s"' in client.get(where).content.decode()
    assert "HX-Refresh" not in client.get(state)
    assert work_off() == 1
    assert Job.objects.get(pk=made.job or 0).state == "done"
    assert client.get(state)["HX-Refresh"] == "true"
    made.refresh_from_db()
    assert len(report_of_rules(made).shift.moves) == 3
    assert "每张表" in client.get(where).content.decode()


@pytest.mark.parametrize(
    ("page", "given", "words"),
    [
        ("rule-lab-node", {"base": "", "rulebook": ""}, "没有要试的改动"),
        ("rule-lab-node", {"rulebook": "nowhere"}, "没有 nowhere 这部规则集"),
        ("rule-lab-node", {"name": ["over_completion"], "value": ["很多"]}, "over_completion"),
        ("overview-review", {"sample": "many", "seed": "1"}, "不是抽样数"),
        ("overview-review", {"sample": "", "waivers": "[[waiver]]\nyear = 1"}, "waiver"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(
    three: Office, signed_in: Enter, page: str, given: dict[str, str | list[str]], words: str
) -> None:
    """A wish that means nothing is answered in words beside the form, and nothing is kept."""
    answer = signed_in("department").post(address(three, page), given)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Inquiry.objects.exists()


def test_a_review_ranks_draws_and_pairs(three: Office, signed_in: Enter) -> None:
    """All forms of the round are ranked, a sample is drawn, waivers are looked at, last year's forms stand beside."""
    last = make_round(three.organisations["bureau"], 2023)
    for one in three.filings:
        form = replace(seed_forms()[0], project=form_of(one.form).project, fiscal_year=2023)
        Filing.objects.create(
            round=last, project=one.project, unit=one.unit, path=one.path, form=form_text(form), state="approved"
        )
    first = form_of(three.filings[0].form)
    waiver = WAIVER.format(year=first.fiscal_year, unit=first.unit, project=first.project.name)
    client = signed_in("department")
    given = {"sample": "2", "seed": "7", "last_year": "on", "waivers": waiver}
    made = asked(client, three, "overview-review", given)
    kept = kept_of_review(made)
    assert len(kept.briefs) == 6
    assert len(kept.pairing.pairs) == 3
    assert kept.sample is not None
    assert len(kept.sample.chosen) == 2
    text = client.get(address(three, "inquiry", number=made.pk)).content.decode()
    for words in ("先看哪张", "抽查样本", "两年对照", "已说明的疑点", "单位"):
        assert words in text
    book = client.get(address(three, "inquiry-file", number=made.pk, name="review", kind="xlsx"))
    assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames[0] == "先看哪张"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_tables_of_answers_are_files(three: Office, signed_in: Enter, language: str) -> None:
    """Each table of an answer comes as CSV with as many rows as the page says."""
    client = signed_in("department")
    client.cookies["django_language"] = language
    made = asked(client, three, "rule-lab-node", TRIED)
    plain = client.get(address(three, "inquiry-file", number=made.pk, name="moves", kind="csv"))
    assert len(list(csv.reader(io.StringIO(plain.content.decode("utf-8-sig"))))) == 4
    assert client.get(address(three, "inquiry-file", number=made.pk, name="no", kind="csv")).status_code == 404
    assert client.get(address(three, "inquiry", number=made.pk)).status_code == 200


@pytest.mark.parametrize(
    ("user", "sees"),
    [
        ("clerk", False), ("head", False), ("publisher", False), ("other_department", False), ("finance", True),
        ("auditor", True),
    ],
)  # fmt: skip
def test_only_who_reviews_may_ask(three: Office, signed_in: Enter, user: str, sees: bool) -> None:  # noqa: FBT001
    """The lab, the review and their answers are for reviewers and auditors of that part of the tree; else a 404."""
    made = asked(signed_in("department"), three, "rule-lab-node", TRIED)
    client = signed_in(user)
    pages = [
        address(three, "rule-lab-node"),
        address(three, "overview-review"),
        address(three, "inquiry", number=made.pk),
    ]
    assert {client.get(page).status_code for page in pages} == {200 if sees else 404}
    assert ("rules/" in client.get(address(three, "overview-node", "centre")).content.decode()) == sees


def test_old_answers_are_forgotten(three: Office, signed_in: Enter) -> None:
    """After ninety days an answer is deleted; it can be asked again."""
    made = asked(signed_in("department"), three, "rule-lab-node", TRIED)
    forget.enqueue()
    work_off()
    assert Inquiry.objects.filter(pk=made.pk).exists()
    Inquiry.objects.update(made=timezone.now() - timedelta(days=91))
    forget.enqueue()
    work_off()
    assert not Inquiry.objects.exists()
