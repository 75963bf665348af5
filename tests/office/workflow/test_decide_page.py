"""The page on which a filing is decided, and the acts behind its buttons."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from jixiao.office.filing.models import Decision, Filing
from office.making import Office, make_filing
from office.workflow.walking import walked

SignedIn = Callable[[str], Client]


def test_a_head_approves_from_the_page(office: Office, signed_in: SignedIn) -> None:
    """The page shows the form and the two buttons; the button moves the form on."""
    filing, head = walked(office, 1), signed_in("head")
    page = head.get(f"/filings/{filing.pk}/decide/").content.decode()
    assert f"/filings/{filing.pk}/act/approve_unit" in page
    assert "同意并上报" in page
    assert "退回修改" in page
    answer = head.post(f"/filings/{filing.pk}/act/approve_unit", {"version": filing.version})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Filing.objects.get(pk=filing.pk).state == "with_department"


def test_a_return_marks_cells_and_keeps_their_words(office: Office, signed_in: SignedIn) -> None:
    """Ticked cells are kept with the words of their row, and marked when the form is seen again."""
    filing = walked(office, 1)
    sent = {"reason": "与附件不符", "cell": ["k1/actual", "goal/actual"], "words:k1": "应为 12 家", "version": 1}
    signed_in("head").post(f"/filings/{filing.pk}/act/return_unit", sent)
    decision = Decision.objects.get(filing=filing, act="return_unit")
    assert decision.cells == '[{"cell":"k1/actual","words":"应为 12 家"},{"cell":"goal/actual","words":""}]'
    page = signed_in("clerk").get(f"/filings/{filing.pk}/decide/").content.decode()
    assert "与附件不符" in page
    assert page.count("退回时指出") == 1
    assert "应为 12 家" in page


def test_what_was_typed_comes_again_with_a_refusal(office: Office, signed_in: SignedIn) -> None:
    """Without a reason nothing moves; the page says so and keeps what was ticked and typed."""
    filing = walked(office, 2)
    answer = signed_in("department").post(
        f"/filings/{filing.pk}/act/return_department", {"reason": "", "cell": "k2/actual", "score": "88"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明原因" in page
    assert 'value="k2/actual" checked' in page
    assert 'value="88"' in page
    assert Filing.objects.get(pk=filing.pk).state == "with_department"


def test_an_old_page_is_told_so(office: Office, signed_in: SignedIn) -> None:
    """A page of another version answers 409 and moves nothing."""
    filing = walked(office, 1)
    answer = signed_in("head").post(f"/filings/{filing.pk}/act/approve_unit", {"version": 7})
    assert answer.status_code == 409
    assert "已被别人处理或改动" in answer.content.decode()


@pytest.mark.parametrize("score", ["abc", "101"])
def test_a_score_that_is_none_is_told(office: Office, signed_in: SignedIn, score: str) -> None:
    """What is no number, or above the points, is refused with what was read."""
    filing = walked(office, 2)
    answer = signed_in("department").post(f"/filings/{filing.pk}/act/score", {"score": score})
    assert answer.status_code == 422
    assert score in answer.content.decode()


def test_lines_are_scored_beside_the_claimed_ones(office: Office, signed_in: SignedIn) -> None:
    """A reviewer's points of a line are kept with the decision, the whole score in its own column."""
    filing = walked(office, 2)
    sent = {"score": "95", "score:k1": "9.5", "score:k2": ""}
    signed_in("department").post(f"/filings/{filing.pk}/act/approve_department", sent)
    decision = Decision.objects.get(filing=filing, act="approve_department")
    assert decision.cells == '[{"cell":"k1/score","words":"","score":"9.5"}]'
    assert Filing.objects.get(pk=filing.pk).department_score == Decimal(95)


def test_foreign_forms_look_missing_and_others_acts_are_refused(office: Office, signed_in: SignedIn) -> None:
    """404 for a form of another unit as for none; 403 for what somebody else does."""
    filing = walked(office, 1)
    other, clerk = signed_in("other_head"), signed_in("clerk")
    assert other.get(f"/filings/{filing.pk}/decide/").status_code == 404
    assert other.post(f"/filings/{filing.pk}/act/approve_unit").status_code == 404
    assert other.get("/filings/999999/decide/").status_code == 404
    assert clerk.post(f"/filings/{filing.pk}/act/approve_unit").status_code == 403
    assert clerk.post(f"/filings/{filing.pk}/act/read").status_code == 403
    assert clerk.post(f"/filings/{filing.pk}/act/nothing").status_code == 403
    assert Client().get(f"/filings/{filing.pk}/decide/").status_code == 302


def test_the_clerk_sees_what_hinders_before_handing_in(office: Office, signed_in: SignedIn) -> None:
    """The page that asks for the hand-in names the empty cells at once."""
    filing = make_filing(office)
    filing.form = filing.form.replace('"已完成。"', '""')
    filing.save()
    page = signed_in("clerk").get(f"/filings/{filing.pk}/act/submit").content.decode()
    assert "必须填写" in page
    assert "实际完成情况" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_number_of_queries_does_not_grow(
    office: Office, signed_in: SignedIn, django_assert_max_num_queries: Callable[[int], object], language: str
) -> None:
    """One page, at most a dozen queries, in both languages."""
    filing, head = walked(office, 1), signed_in("head")
    head.cookies["django_language"] = language
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert head.get(f"/filings/{filing.pk}/decide/").status_code == 200


def test_the_clerks_form_marks_what_was_pointed_out(office: Office, signed_in: SignedIn) -> None:
    """On the form page the cells of the return are marked with its words, until it is handed in again."""
    filing = walked(office, 1)
    sent = {"reason": "与附件不符", "cell": ["k1/actual", "goal/actual"], "words:k1": "应为 12 家"}
    signed_in("head").post(f"/filings/{filing.pk}/act/return_unit", sent)
    clerk = signed_in("clerk")
    page = clerk.get(f"/filings/{filing.pk}/").content.decode()
    assert page.count("asked-for") == 2
    assert "应为 12 家" in page
    clerk.post(f"/filings/{filing.pk}/act/submit", {"reason": "已改"})
    assert "asked-for" not in clerk.get(f"/filings/{filing.pk}/").content.decode()
