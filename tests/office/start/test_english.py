"""English is complete: what is data may be Chinese, the words around it are not."""

from jixiao.office.filing.models import Filing
from jixiao.office.workflow.acts import act
from office.doors.things import browser
from office.making import Office, make_filing


def test_pages_of_the_past_and_of_places_are_in_english(office: Office) -> None:
    """Acts and roles have words in the page's language; no Chinese mark stands between English words."""
    filing = make_filing(office)
    act(Filing.objects.select_related("round", "project", "unit").get(pk=filing.pk), "submit", office.people["clerk"])
    head, admin = browser(office.people["head"]), browser(office.people["system_admin"])
    head.cookies["django_language"] = admin.cookies["django_language"] = "en"
    version = head.get(f"/filings/{filing.pk}/versions/{filing.versions.get().pk}").content.decode()
    assert "Submit · clerk" in version
    place = admin.get(f"/organisations/{office.organisations['centre'].uid}/").content.decode()
    assert "head · unit head" in place
    form = head.get(f"/filings/{filing.pk}/").content.decode()
    assert "Read: " in form
    assert "Read：" not in form
