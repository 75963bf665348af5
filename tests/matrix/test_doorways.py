"""Every thing comes through one door: pages and the API fetch nothing themselves by what a request names."""

import pytest

from matrix.doorways import DOORS, OFFICE, all_fetches, fetches, page_modules

EXCEPTIONS = {
    "accounts/pages/me.py::my_account::User": "one's own account, by who has signed in",
    "accounts/pages/organisations.py::_shown::Organisation": "the nodes above one that came through the door",
    "accounts/pages/people.py::_known::User": "the person who came through the door, with their roles",
    "api/lists.py::organisations::Organisation": "public names of the parents of organisations that may be seen",
    "api/lists.py::rounds::Round": "the rounds of the bureaus in which one holds a role",
    "api/sending.py::publication::Edition": "what is published, for everybody",
    "api/tokens.py::_note_use::Token": "the token that was shown",
    "filing/pages/filings.py::_begin::Round": "only its projects are asked for next, and those are one's own unit's",
    "intake/views/batches.py::_enqueued::Batch": "the batch that came through the door",
    "overview/views/findings.py::sentences_of::Filing": "filings of rows that may be read",
    "workflow/pages/bulk.py::_page::Round": "rounds of filings that wait for the person",
    "year/pages/monitoring.py::_listed::Project": "numbers of projects that may be seen",
}
"""What is fetched outside of the doors, and why that is no way around them. This list may only shrink."""
MOST_EXCEPTIONS = 12


def test_nothing_goes_around_the_doors() -> None:
    """Each thing that a page or the API fetches by name comes through a door, or stands here with its reason."""
    found = all_fetches()
    assert found - set(EXCEPTIONS) == set(), f"fetch it through one of {', '.join(DOORS)}"
    assert set(EXCEPTIONS) - found == set(), "take out of the list what is gone"
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS


def test_the_doors_are_there() -> None:
    """Every door is a module of the office, and every room's pages are looked at."""
    assert all((OFFICE / name).is_file() for name in DOORS)
    rooms = {path.relative_to(OFFICE).parts[0] for path in page_modules()}
    assert rooms >= {"accounts", "api", "filing", "intake", "overview", "workflow", "year"}


@pytest.mark.parametrize(
    "line",
    [
        "Filing.objects.get(pk=number)",
        "get_object_or_404(Evidence, pk=number)",
        "Organisation.objects.select_related('parent').filter(uid=uid).first()",
        "Round.objects.filter(closed=False).in_bulk(numbers)",
        "Batch.objects.filter(pk__in=numbers)",
    ],
)
def test_a_way_around_is_seen(line: str) -> None:
    """A page that fetches a thing by its number, its public name or several numbers is found."""
    assert len(list(fetches("x.py", f"def page(request, number):\n    return {line}\n"))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "open_filing(request.user, number)",
        "get_object_or_404(Evidence, pk=number, filing=filing)",
        "visible_filings(request.user).filter(pk=number)",
        "Filing.objects.filter(readable(user), round=round_)",
        "get_object_or_404(Event.objects.filter(readable(request.user)), pk=number)",
    ],
)
def test_a_way_through_a_door_is_none(line: str) -> None:
    """What a door gave, or what is narrowed to something that came through one, is no way around."""
    assert not list(fetches("x.py", f"def page(request, number):\n    return {line}\n"))
