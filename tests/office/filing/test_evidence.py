"""Evidence: attached, counted for the supported total, given back to be saved only, removed with a trace."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.office.filing import evidence
from jixiao.office.filing.models import Evidence, Filing
from jixiao.office.filing.saving import Refused, editable
from jixiao.office.journal.models import Event
from jixiao.office.workflow.acts import act
from office.making import Office, make_filing

Enter = Callable[[str], Client]


def attach(
    client: Client, filing: Filing, cell: str = "k1/actual", name: str = "签到表.pdf", content: bytes = b"x"
) -> Any:
    """Attach a small file."""
    posted = {"cell": cell, "note": "第 2 页", "file": SimpleUploadedFile(name, content)}
    return client.post(f"/filings/{filing.pk}/evidence", posted)


def test_evidence_makes_a_value_supported(office: Office, signed_in: Enter) -> None:
    """The total that evidence bears out counts the lines that have some; without any it is not asked for."""
    filing = make_filing(office)
    client = signed_in("clerk")
    assert attach(client, filing).status_code == 302
    assert attach(client, filing, "execution").status_code == 302
    filing.refresh_from_db()
    assert filing.supported == 20
    assert filing.version == 1
    assert Event.objects.filter(act="filing.evidence_attached").count() == 2


def test_evidence_comes_back_as_an_attachment(office: Office, signed_in: Enter) -> None:
    """A file is given to readers to be saved, never shown; to others it is not there."""
    filing = make_filing(office)
    attach(signed_in("clerk"), filing, name="页面.html.txt", content=b"<script>alert(1)</script>")
    address = f"/filings/{filing.pk}/evidence/{Evidence.objects.get().pk}"
    answer = signed_in("department").get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.getvalue() == b"<script>alert(1)</script>"
    assert signed_in("other_clerk").get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_removed_evidence_leaves_a_trace(office: Office, signed_in: Enter) -> None:
    """Removing counts the total anew; that it was there, who removed it and when stay to be seen."""
    filing = make_filing(office)
    client = signed_in("clerk")
    attach(client, filing)
    piece = Evidence.objects.get()
    assert client.post(f"/filings/{filing.pk}/evidence/{piece.pk}/remove").status_code == 302
    assert Filing.objects.get(pk=filing.pk).supported is None
    piece.refresh_from_db()
    assert piece.removed_by == office.people["clerk"]
    assert "已移除" in client.get(f"/filings/{filing.pk}/cell?cell=k1/actual").content.decode()
    assert client.post(f"/filings/{filing.pk}/evidence/{piece.pk}/remove").status_code == 404


@pytest.mark.parametrize(
    ("cell", "name", "content", "status"),
    [
        ("k1/name", "a.pdf", b"x", 422), ("goal/actual", "a.pdf", b"x", 422), ("k99/actual", "a.pdf", b"x", 422),
        ("k1/actual", "a.exe", b"x", 422), ("k1/actual", "a.html", b"x", 422), ("k1/actual", "a", b"x", 422),
        ("k1/actual", "a.pdf", b"", 422), ("k1/actual", "a.pdf", b"x" * (20 * 2**20 + 1), 413),
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_refused(
    office: Office, signed_in: Enter, cell: str, name: str, content: bytes, status: int
) -> None:
    """Other cells, other kinds of files, empty and huge ones are refused with a sentence; nothing is kept."""
    filing = make_filing(office)
    assert attach(signed_in("clerk"), filing, cell, name, content).status_code == status
    assert not Evidence.objects.exists()


def test_names_of_files_are_names_only(office: Office, signed_in: Enter) -> None:
    """What a browser sends as a path is kept as the last name in it."""
    filing = make_filing(office)
    attach(signed_in("clerk"), filing, name="..\\..\\a\\证据.pdf")
    assert "\\" not in Evidence.objects.get().name


def test_evidence_goes_to_cells_that_are_there(office: Office, signed_in: Enter) -> None:
    """A name that only looks like a cell of a row takes no file."""
    filing, client = make_filing(office), signed_in("clerk")
    for cell in ("k1/x/actual", "k1/actual/x", f"k1/{'x' * 300}/actual", "goal/actual", "k99/actual", ""):
        assert attach(client, filing, cell).status_code == 422
    assert not Evidence.objects.exists()


def test_evidence_that_comes_while_the_form_is_handed_in_is_refused(office: Office, monkeypatch: Any) -> None:
    """What was checked a moment ago is looked at again inside the transaction: what was handed in stays as it was."""
    filing, clerk = make_filing(office), office.people["clerk"]
    read = editable(clerk, filing.pk)
    monkeypatch.setattr(evidence, "editable", lambda _user, _number: read)
    act(Filing.objects.select_related("round", "project", "unit").get(pk=filing.pk), "submit", clerk)
    with pytest.raises(Refused) as refused:
        evidence.attach(clerk, filing.pk, "k1/actual", SimpleUploadedFile("附件.pdf", b"x"), "")
    assert (refused.value.status, Evidence.objects.count()) == (410, 0)
