"""Many at once: each by itself, with a verdict; a constant number of queries for the page."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from jixiao.office.filing.models import Decision, Filing
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.bulk import CHUNK, Chosen, decide_many
from jixiao.office.workflow.said import NOTHING
from office.making import Office, make_filing
from office.workflow.walking import WHY, also, walked

SignedIn = Callable[[str], Client]


def ticked(*filings: Filing) -> list[Chosen]:
    """The filings as a page showed them."""
    return [Chosen(filing.pk, filing.version) for filing in filings]


def test_what_is_good_goes_and_what_is_not_says_why(office: Office) -> None:
    """One approval for a good form, a stale one, one in other hands, a foreign and a missing one: five verdicts."""
    good, stale, drafted = walked(office, 2), walked(office, 2, 1), walked(office, 1, 2)
    foreign = make_filing(office, "school", 3, "with_department")
    chosen = [*ticked(good), Chosen(stale.pk, 9), *ticked(drafted, foreign), Chosen(10**9, 1)]
    verdicts = decide_many(office.people["department"], chosen, "on", NOTHING)
    assert [(one.done, one.code) for one in verdicts] == [
        (True, ""), (False, "moved"), (False, "not_now"), (False, "missing"), (False, "missing"),
    ]  # fmt: skip
    states = dict(Filing.objects.values_list("pk", "state"))
    assert states == {
        good.pk: "with_finance", stale.pk: "with_department", drafted.pk: "with_head", foreign.pk: "with_department",
    }  # fmt: skip


def test_four_eyes_hold_in_a_crowd(office: Office) -> None:
    """A head who reviews for the department approves others' forms there and not the own ones."""
    head = office.people["head"] = also(office, "head", "science", "department")
    own, others = walked(office, 2), walked(office, 1, 1)
    act(others, "approve_unit", also(office, "auditor", "centre", "head"))
    verdicts = decide_many(head, ticked(own, others), "on", NOTHING)
    assert [one.code for one in verdicts] == ["two_levels", ""]


def test_more_than_one_chunk_is_returned_with_one_reason(office: Office) -> None:
    """All of more than a chunk go back, every one with the same words."""
    filings = [make_filing(office, "centre", number, "with_head") for number in range(CHUNK + 3)]
    verdicts = decide_many(office.people["head"], ticked(*filings, *filings), "back", WHY)
    assert len(verdicts) == CHUNK + 3
    assert all(one.done for one in verdicts)
    assert set(Decision.objects.values_list("act", "reason")) == {("return_unit", "请核对。")}


def test_the_page_ticks_and_tells(office: Office, signed_in: SignedIn) -> None:
    """Ticked forms are approved by the page, and its answer is the table of verdicts."""
    filings, department = [walked(office, 2, number) for number in range(3)], signed_in("department")
    page = department.get("/decisions/").content.decode()
    assert all(f'value="{filing.pk}:1"' in page for filing in filings)
    sent = {"way": "on", "filing": [f"{filing.pk}:1" for filing in filings[:2]] + ["x:1", "9:"]}
    answer = department.post("/decisions/", sent).content.decode()
    assert answer.count("tag-good") == 2
    assert Filing.objects.filter(state="with_finance").count() == 2


def test_a_return_without_reason_or_ticks_is_refused(office: Office, signed_in: SignedIn) -> None:
    """The page comes again and says what is missing."""
    filing, head = walked(office, 1), signed_in("head")
    answer = head.post("/decisions/", {"way": "back", "filing": [f"{filing.pk}:1"], "reason": " "})
    assert (answer.status_code, "请写明原因" in answer.content.decode()) == (422, True)
    assert head.post("/decisions/", {"way": "on"}).status_code == 422
    assert Filing.objects.get(pk=filing.pk).state == "with_head"


def test_filters_narrow_the_page(office: Office, signed_in: SignedIn) -> None:
    """By words, by findings, by lateness."""
    first, second = walked(office, 1), walked(office, 1, 1)
    Filing.objects.filter(pk=first.pk).update(arithmetic=1, late=True)
    Filing.objects.filter(pk=second.pk).update(arithmetic=0, clause=0, doubt=0)
    head = signed_in("head")

    def shown(query: str) -> set[int]:
        return {filing.pk for filing, _ in head.get(f"/decisions/?{query}").context["rows"]}

    assert shown(f"q={second.project.name[:6]}") == {second.pk}
    assert shown("findings=none") == {second.pk}
    assert shown("findings=no_arithmetic") == {second.pk}
    assert shown("findings=some") == {first.pk}
    assert shown("late=1") == {first.pk}
    assert shown(f"round={office.round.pk}&order=stake") == {first.pk, second.pk}
    assert shown("round=999") == set()


def test_clerks_and_auditors_decide_nothing(office: Office, signed_in: SignedIn) -> None:
    """The page is for who decides."""
    assert signed_in("clerk").get("/decisions/").status_code == 403
    assert signed_in("auditor").get("/decisions/").status_code == 403


def test_the_page_asks_as_often_for_six_as_for_two(
    office: Office, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    """Queries do not grow with rows."""
    head = signed_in("head")
    for number in range(6):
        make_filing(office, "centre", number, "with_head")
        if number in (1, 5):
            with django_assert_num_queries(6):
                assert head.get("/decisions/").status_code == 200
