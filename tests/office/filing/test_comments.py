"""Comments: threads on cells, answers, closing, people named in them."""

from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.office.filing.commenting import mentions_of, threads
from jixiao.office.filing.models import Comment
from office.making import Office, make_filing

Enter = Callable[[str], Client]


def test_a_thread_is_answered_and_closed(office: Office, signed_in: Enter) -> None:
    """A reviewer asks at a cell, the clerk answers, the thread is closed; an answer opens it again."""
    filing = make_filing(office, state="with_department")
    asking, answering = signed_in("department"), signed_in("clerk")
    address = f"/filings/{filing.pk}/comments"
    assert asking.post(address, {"cell": "k1/actual", "words": "活动在哪里？"}).status_code == 302
    (first,) = threads(filing, "k1/actual")
    assert answering.post(address, {"thread": first.pk, "words": "张江。"}).status_code == 302
    assert asking.post(f"{address}/{first.pk}/resolve").status_code == 302
    assert asking.post(f"{address}/{first.pk}/resolve").status_code == 409
    first.refresh_from_db()
    assert first.resolved_by == office.people["department"]
    answering.post(address, {"thread": first.pk, "words": "补充一点。"})
    first.refresh_from_db()
    assert first.resolved is None
    assert "张江。" in answering.get(f"/filings/{filing.pk}/cell?cell=k1/actual").content.decode()


def test_a_person_named_finds_it_until_it_is_seen(office: Office, signed_in: Enter) -> None:
    """@ tells those who may read the form, and nobody else; opening the cell is seeing it."""
    filing = make_filing(office)
    words = "@clerk @other_clerk 请核对"
    signed_in("head").post(f"/filings/{filing.pk}/comments", {"cell": "k1/actual", "words": words})
    assert mentions_of(office.people["clerk"]).count() == 1
    assert not mentions_of(office.people["other_clerk"]).exists()
    signed_in("clerk").get(f"/filings/{filing.pk}/cell?cell=k2/actual")
    assert mentions_of(office.people["clerk"]).exists()
    signed_in("clerk").get(f"/filings/{filing.pk}/cell?cell=k1/actual")
    assert not mentions_of(office.people["clerk"]).exists()


@pytest.mark.parametrize(
    ("who", "posted", "status"),
    [
        ("other_clerk", {"words": "x"}, 404), ("auditor", {"words": "x"}, 403), ("clerk", {"words": " "}, 422),
        ("clerk", {"words": "x" * 4001}, 422), ("clerk", {"cell": "k99/name", "words": "x"}, 422),
        ("clerk", {"cell": "nonsense", "words": "x"}, 422), ("clerk", {"thread": "999", "words": "x"}, 404),
    ],
)  # fmt: skip
def test_what_is_no_comment_is_refused(
    office: Office, signed_in: Enter, who: str, posted: dict[str, str], status: int
) -> None:
    """Nothing said, too much, no such cell or thread, not one's form: refused, and nothing is kept."""
    filing = make_filing(office)
    assert signed_in(who).post(f"/filings/{filing.pk}/comments", posted).status_code == status
    assert not Comment.objects.exists()
