"""What one sees of a batch that holds forms of several units: what is of projects for which one may import."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from msgspec.structs import replace

from jixiao.form import Form, encode, to_wire
from jixiao.office.filing import files
from jixiao.office.filing.models import Filing
from jixiao.office.intake import acts
from jixiao.office.intake.models import Batch, Entry, Shown, Source
from jixiao.office.intake.received import NotTaken
from jixiao.office.intake.sorting import projects_of
from jixiao.office.jobs.worker import work_off
from jixiao.office.people.models import Role, User
from office.intake.lines_of import batch_of, line
from office.making import Office, make_project, seed_forms

pytestmark = pytest.mark.django_db

HIDDEN = "中心的秘密项目"


def a_form(name: str, number: int = 1) -> Form:
    """A form of the seed without doubtful places, of a project with this name."""
    form = seed_forms()[number]
    return replace(form, project=replace(form.project, name=name, code=""), problems=(), places={})


def status(client: Client, page: str) -> int:
    """How a page is answered; a file that is given is read to its end."""
    answer = client.get(page)
    if answer.streaming:
        list(answer)
    return answer.status_code


@pytest.fixture
def clerk(office: Office) -> User:
    """Who imports for the department itself and for none of its units."""
    made = User.objects.create_user("own_clerk", "pass-Word-2024", name="own_clerk")
    Role.objects.create(user=made, organisation=office.organisations["science"], kind="clerk")
    office.people["own_clerk"] = made
    return made


@pytest.fixture
def batch(office: Office, clerk: User) -> Batch:
    """Handed in by the department: its own form, its centre's, and the centre's file once more."""
    where = office.organisations["science"]
    made = Batch.objects.create(
        round=office.round, organisation=where, path=where.path, by=office.people["department"], made=timezone.now(),
        read=timezone.now(),
    )  # fmt: skip
    for place, name in (("science", "委本级项目"), ("centre", HIDDEN)):
        project, kept = make_project(office.organisations[place], name), files.put([name.encode()])
        source = Source.objects.create(batch=made, name=f"{name}.pdf", sha256=kept.sha256, size=9, state="read")
        text = encode(to_wire(a_form(name))).decode()
        Entry.objects.create(batch=made, source=source, number=1, name=name, project=project, form=text, verdict="good")
        Shown.objects.create(sha256=kept.sha256, number=1, page=1, width=1, height=1, picture=kept.sha256)
    copy = Source.objects.create(batch=made, name=f"{HIDDEN}-副本.pdf", sha256=kept.sha256, size=9, state="twice")
    Entry.objects.create(batch=made, source=copy, verdict="copy", why_zh=f"与“{source.name}”是同一个文件。")
    return made


def test_who_imports_for_the_department_alone_sees_no_line_of_a_unit(
    batch: Batch, signed_in: Callable[[str], Client]
) -> None:
    """The table, its counts, its exports and the latest imports hold one line, of three that the department sees."""
    pages = [f"/intake/{batch.pk}/{page}" for page in ("", "lines/", "?verdict=copy", "verdicts.csv")]
    for username, known, seen in (("own_clerk", 1, False), ("department", 3, True)):
        client = signed_in(username)
        texts = [client.get(page).content.decode() for page in pages]
        assert [HIDDEN in text for text in texts] == [seen] * 4, username
        assert len(texts[3].splitlines()) == known + 1
        assert client.get("/intake/").context["batches"][0].lines == known


def test_a_line_of_a_unit_and_its_file_look_like_missing_ones(batch: Batch, signed_in: Callable[[str], Client]) -> None:
    """Page, pictures, original and every act; the original of the copy, too."""
    centre = batch.entries.get(name=HIDDEN)
    pages = [f"/intake/form/{centre.pk}/{page}" for page in ("", "pages/", "page/1.png")]
    pages += [f"/intake/file/{source.pk}/" for source in batch.sources.filter(name__startswith=HIDDEN)]
    posts = [f"/intake/form/{centre.pk}/{act}/" for act in ("field", "confirm", "project", "leave", "file")]
    client = signed_in("own_clerk")
    assert [status(client, page) for page in pages] == [404] * 5
    assert [client.post(page, {"out": "1"}).status_code for page in posts] == [404] * 5
    assert batch.entries.get(name=HIDDEN).verdict == "good"
    assert [status(signed_in("department"), page) for page in pages] == [200] * 5


def test_a_project_of_a_unit_is_neither_offered_nor_chosen(
    office: Office, batch: Batch, clerk: User, signed_in: Callable[[str], Client]
) -> None:
    """The list to choose from, the similar names and the next line hold none; one is chosen as a missing one is."""
    centre = batch.entries.get(name=HIDDEN)
    Entry.objects.filter(pk=centre.pk).update(verdict="doubtful")
    own = batch.entries.select_related("batch__round").get(name="委本级项目")
    page = signed_in("own_clerk").get(f"/intake/form/{own.pk}/")
    assert HIDDEN not in page.content.decode()
    assert page.context["next"] is None
    assert HIDDEN in signed_in("department").get(f"/intake/form/{own.pk}/").content.decode()
    said = []
    for number in (centre.project_id, 10**9):
        with pytest.raises(NotTaken) as refused:
            acts.choose(own, number, by=clerk)
        said.append(refused.value.why)
    assert said[0] == said[1]


def test_taking_all_in_takes_what_the_person_sees(batch: Batch, signed_in: Callable[[str], Client]) -> None:
    """The job files the clerk's own line; the unit's stays as it was, without a word of it."""
    signed_in("own_clerk").post(f"/intake/{batch.pk}/take/")
    work_off()
    assert [filing.project.name for filing in Filing.objects.all()] == ["委本级项目"]
    left = batch.entries.get(name=HIDDEN)
    assert (left.verdict, left.why_zh) == ("good", "")


def test_a_file_of_several_units_is_shown_to_who_imports_for_all(
    office: Office, clerk: User, signed_in: Callable[[str], Client]
) -> None:
    """The clerk's own line of such a file is there with its fields; the file is not: it shows the other's."""
    make_project(office.organisations["science"], "委本级项目")
    make_project(office.organisations["centre"], HIDDEN)
    mixed = batch_of(office, [a_form("委本级项目"), a_form(HIDDEN, 2)], place="science")
    kept = files.put([b"both"])
    mixed.sources.update(sha256=kept.sha256)
    Shown.objects.create(sha256=kept.sha256, number=1, page=1, width=1, height=1, picture=kept.sha256)
    own = line(mixed)
    given = [f"/intake/file/{own.source_id}/", f"/intake/form/{own.pk}/page/1.png"]
    for username, answer in (("own_clerk", 404), ("department", 200)):
        client = signed_in(username)
        assert [status(client, page) for page in given] == [answer] * 2
        page = client.get(f"/intake/form/{own.pk}/").content.decode()
        assert "别的单位" in page if username == "own_clerk" else f"/intake/form/{own.pk}/page/1.png" in page
        assert (given[0] in client.get(f"/intake/{mixed.pk}/").content.decode()) == (username == "department")


def test_what_a_clerk_hands_in_is_matched_with_the_clerks_projects(office: Office, batch: Batch, clerk: User) -> None:
    """A form of a unit's project that the department's clerk hands in waits for a choice, as one of no project does."""
    batch.by = clerk
    found = projects_of(batch, batch.by)
    assert [each.name for each in found.candidates] == ["委本级项目"]
    assert (found.match("", HIDDEN, "").project, found.match("", HIDDEN, "").near) == (None, ())


def test_a_file_that_was_not_read_yet_is_given_to_nobody(batch: Batch, signed_in: Callable[[str], Client]) -> None:
    """Whose it is, is not known; an archive is not given while one of its files waits."""
    source = batch.sources.get(name=f"{HIDDEN}.pdf")
    client = signed_in("department")
    assert status(client, f"/intake/file/{source.pk}/") == 200
    waiting = Source.objects.create(batch=batch, archive=source, name="x.zip/x", sha256="cd" * 32, state="waiting")
    assert status(client, f"/intake/file/{source.pk}/") == 404
    assert status(client, f"/intake/file/{waiting.pk}/") == 404
