"""One line of an import: its verdict, what a person does with it, and what comes of it in the filing."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from msgspec.structs import replace

from jixiao.form import Form, Problem, Project
from jixiao.office.filing.judging import form_of
from jixiao.office.filing.models import Filing, Save
from jixiao.office.intake import acts
from jixiao.office.intake.changes import changes
from jixiao.office.intake.entering import enter
from jixiao.office.intake.models import TARGETS
from jixiao.office.intake.received import NotTaken
from jixiao.office.journal.models import Event
from jixiao.office.rounds.models import ApprovedTarget
from office.intake.lines_of import batch_of, line
from office.making import Office, make_filing, make_project, seed_forms

pytestmark = pytest.mark.django_db

FORM_ACTS = ("field", "confirm", "project", "leave", "file")


def plain_form(number: int = 1) -> Form:
    """A form of the seed without doubtful places."""
    return replace(seed_forms()[number], problems=(), places={})


def doubtful_form() -> Form:
    """A form of which one field is said to be unread."""
    form = plain_form()
    return replace(form, problems=(Problem("/total/score", "unreadable", "总分看不清。The total cannot be read."),))


@pytest.fixture
def project_of_form(office: Office) -> int:
    """The project of `plain_form`, with a code."""
    made = make_project(office.organisations["centre"], plain_form().project.name)
    made.code = "101001-7"
    made.save()
    return made.pk


def test_a_form_of_a_known_project_begins_its_filing(office: Office, project_of_form: int) -> None:
    """A good line becomes the first version of the filing; the form is what was read, with the round's rulebook."""
    batch = batch_of(office, [plain_form()])
    entry = line(batch)
    assert (entry.verdict, entry.how, entry.project_id) == ("good", "name", project_of_form)
    enter(entry, by=office.people["clerk"])
    filing = Filing.objects.get(project=project_of_form)
    assert form_of(filing.form).goal == plain_form().goal
    assert (line(batch).verdict, line(batch).version) == ("filed", 1)
    told = Event.objects.exclude(act__startswith="organisation.").values_list("act", flat=True)
    assert list(told) == ["filing.started", "intake.filed"]
    with pytest.raises(NotTaken):
        enter(line(batch), by=office.people["clerk"])
    assert Save.objects.count() == 0


def test_the_same_form_again_has_nothing_to_do(office: Office, project_of_form: int) -> None:
    """What is in the filing already is told from what would change it, and from a form of another year."""
    enter(line(batch_of(office, [plain_form()])), by=office.people["clerk"])
    assert line(batch_of(office, [plain_form()])).verdict == "same"
    assert line(batch_of(office, [replace(plain_form(), fiscal_year=2023)])).verdict == "year"
    assert line(batch_of(office, [replace(plain_form(), grade="良")])).verdict == "good"


def test_what_people_typed_is_not_overwritten_unseen(office: Office, project_of_form: int) -> None:
    """A filing that was saved since waits for a person, who sees each change; the history keeps what was there."""
    enter(line(batch_of(office, [plain_form()])), by=office.people["clerk"])
    Filing.objects.update(version=2)
    entry = line(batch_of(office, [replace(plain_form(), grade="良", indicators=plain_form().indicators[:-1])]))
    assert entry.verdict == "over"
    shown = changes(entry)
    assert [(each.name.zh, each.was, each.now) for each in shown.cells] == [("评分等级", "优", "良")]
    assert (shown.added, shown.removed) == (0, 1)
    enter(entry, by=office.people["department"])
    save = Save.objects.get()
    assert (save.kind, save.number, save.by) == ("import", 3, office.people["department"])
    assert '"was":"优"' in save.changes


def test_indicators_keep_their_keys(office: Office, project_of_form: int) -> None:
    """Rows in another order are the same rows: comments and history stay with them; a new row gets a new key."""
    enter(line(batch_of(office, [plain_form()])), by=office.people["clerk"])
    first = plain_form().indicators
    new = replace(first[0], name="全新的指标")
    enter(
        line(batch_of(office, [replace(plain_form(), indicators=(*reversed(first), new))])), by=office.people["clerk"]
    )
    keys = Filing.objects.get(project=project_of_form).row_keys()
    assert keys == (*(f"k{number}" for number in range(len(first), 0, -1)), f"k{len(first) + 1}")


@pytest.mark.parametrize("state", ["with_head", "approved", "published"])
def test_a_filing_that_was_handed_in_is_never_touched(office: Office, state: str) -> None:
    """Neither in bulk nor one by one."""
    filing = make_filing(office, number=1, state=state)
    entry = line(batch_of(office, [replace(plain_form(), grade="差")]))
    assert entry.verdict == "locked"
    with pytest.raises(NotTaken, match="submitted"):
        enter(entry, by=office.people["clerk"])
    filing.refresh_from_db()
    assert form_of(filing.form).grade == "优"


def test_several_forms_of_one_project_wait_until_one_is_left(office: Office, project_of_form: int) -> None:
    """Which of two is right is for a person to say; with the other left out the first is good, and back again."""
    batch = batch_of(office, [plain_form(), replace(plain_form(), grade="良")])
    assert [line(batch, number).verdict for number in (1, 2)] == ["twice", "twice"]
    acts.leave(line(batch, 2), out=True, by=office.people["clerk"])
    assert [line(batch, number).verdict for number in (1, 2)] == ["good", "left"]
    acts.leave(line(batch, 2), out=False, by=office.people["clerk"])
    assert line(batch, 1).verdict == "twice"


def test_a_similar_name_is_proposed_and_a_person_decides(office: Office) -> None:
    """A name that differs is never taken for the project by itself; the code is, whatever the name."""
    near = make_project(office.organisations["centre"], plain_form().project.name + "专项")
    far = make_project(office.organisations["institute"], plain_form().project.name + "专项")
    batch = batch_of(office, [plain_form()])
    entry = line(batch)
    assert (entry.verdict, entry.project) == ("unmatched", None)
    assert f"[[{near.pk}," in entry.near
    with pytest.raises(NotTaken):
        enter(entry, by=office.people["clerk"])
    with pytest.raises(NotTaken):
        acts.choose(entry, far.pk, by=office.people["clerk"])
    acts.choose(entry, near.pk, by=office.people["clerk"])
    assert (line(batch).verdict, line(batch).how) == ("good", "person")
    near.code = "101001-8"
    near.save()
    coded = replace(plain_form(), project=Project("名称全改", "101001-8"))
    assert line(batch_of(office, [coded])).how == "code"


def test_a_doubtful_field_is_corrected_or_confirmed(office: Office, project_of_form: int) -> None:
    """Confirming leaves the value, correcting changes it in what is filed; either way the field is no longer open."""
    batch = batch_of(office, [doubtful_form()])
    entry = line(batch)
    assert (entry.verdict, entry.doubts) == ("doubtful", 1)
    acts.correct(entry, "/total/score", "99.5", by=office.people["clerk"])
    entry = line(batch)
    assert (entry.verdict, entry.doubts) == ("good", 0)
    enter(entry, by=office.people["clerk"])
    assert str(form_of(Filing.objects.get().form).total.score) == "99.5"
    other = line(batch_of(office, [replace(doubtful_form(), grade="良")]))
    acts.confirm(other, by=office.people["clerk"])
    assert (other.verdict, other.mended) == ("good", "")


def test_a_wrong_year_can_be_corrected_by_hand(office: Office, project_of_form: int) -> None:
    """A year that was misread is put right as four digits; anything else says what was expected."""
    entry = line(batch_of(office, [replace(plain_form(), fiscal_year=2021)]))
    with pytest.raises(NotTaken, match="like 2024"):
        acts.correct(entry, "/fiscal_year", "二四年", by=office.people["clerk"])
    acts.correct(entry, "/fiscal_year", "2024年度", by=office.people["clerk"])
    assert entry.verdict == "good"
    with pytest.raises(NotTaken, match="no such field"):
        acts.correct(entry, "/indicators/999/name", "x", by=office.people["clerk"])


def test_targets_go_to_the_approved_ones_and_leave_the_filing_alone(office: Office, project_of_form: int) -> None:
    """Targets imported twice: the later approval is in force, the earlier one kept; nothing is filed."""
    for grade in ("优", "良"):
        batch = batch_of(office, [replace(plain_form(), grade=grade)], what=TARGETS)
        if grade == "优":
            enter(line(batch), by=office.people["department"])
        else:
            assert line(batch).verdict == "same", "a grade is no part of what is approved"
    more = replace(plain_form(), goal=replace(plain_form().goal, expected="更多"))
    entry = line(batch_of(office, [more], what=TARGETS))
    assert (entry.verdict, [each.now for each in changes(entry).cells]) == ("over", ["更多"])
    enter(entry, by=office.people["department"])
    assert ApprovedTarget.objects.filter(replaced=None).count() == 1
    kept = form_of(ApprovedTarget.objects.get(replaced=None).form)
    assert {row.score for row in kept.indicators} | {kept.total.score, kept.funds.total.executed} == {None}
    assert not Filing.objects.exists()
    with pytest.raises(NotTaken, match="may not"):
        enter(line(batch_of(office, [plain_form()], what=TARGETS)), by=office.people["clerk"])


def test_foreign_and_missing_lines_look_alike(
    office: Office, project_of_form: int, signed_in: Callable[[str], Client]
) -> None:
    """Whoever may not import there gets what a missing page gives, for pages, pictures, originals and acts."""
    batch = batch_of(office, [plain_form()])
    entry = line(batch)
    paths = [f"/intake/{batch.pk}/", f"/intake/{batch.pk}/lines/", f"/intake/{batch.pk}/verdicts.csv",
             f"/intake/form/{entry.pk}/", f"/intake/form/{entry.pk}/pages/", f"/intake/form/{entry.pk}/page/1.png",
             f"/intake/file/{entry.source_id}/"]  # fmt: skip
    acts_of = [f"/intake/{batch.pk}/take/", f"/intake/{batch.pk}/stop/", f"/intake/{batch.pk}/again/",
               *(f"/intake/form/{entry.pk}/{act}/" for act in FORM_ACTS)]  # fmt: skip
    for username in ("other_clerk", "other_department", "finance", "head"):
        client = signed_in(username)
        assert {client.get(path).status_code for path in paths} == {404}, username
        assert {client.post(path).status_code for path in acts_of} == {404}, username
    assert {Client().get(path).status_code for path in paths} == {302}
    assert line(batch).verdict == "good"


def test_the_pages_ask_the_database_a_constant_number_of_times(
    office: Office,
    signed_in: Callable[[str], Client],
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    """The table of seven lines and the side-by-side page cost what those of one line cost."""
    forms = [plain_form(number) for number in range(7)]
    for form in forms:
        make_project(office.organisations["centre"], form.project.name)
    small, large = batch_of(office, forms[:1]), batch_of(office, forms)
    client = signed_in("clerk")
    for batch in (small, large):
        with django_assert_max_num_queries(12):
            client.get(f"/intake/{batch.pk}/")
        with django_assert_max_num_queries(16):
            client.get(f"/intake/form/{line(batch).pk}/")


def test_one_field_is_answered_with_itself_and_how_the_line_stands(
    office: Office, project_of_form: int, signed_in: Callable[[str], Client]
) -> None:
    """The answer to a confirmed field is that field, checked, and beside it the verdict, the changes and the acts."""
    entry = line(batch_of(office, [doubtful_form()]))
    client = signed_in("clerk")
    given = {"pointer": "/total/score", "text": "壹佰"}
    answer = client.post(f"/intake/form/{entry.pk}/field/", given, headers={"HX-Request": "true"}).content.decode()
    assert 'id="verdict"' in answer
    assert "壹佰" in answer
    assert answer.count("hx-swap-oob") == 3
    assert client.post(f"/intake/form/{entry.pk}/field/", given).status_code == 302


def test_a_filed_line_leads_to_its_filing(
    office: Office, project_of_form: int, signed_in: Callable[[str], Client]
) -> None:
    """Both the table and the page of the form lead to what they became; the form can no longer be changed here."""
    batch = batch_of(office, [plain_form()])
    client = signed_in("clerk")
    client.post(f"/intake/form/{line(batch).pk}/file/")
    link = f'href="/filings/{Filing.objects.get().pk}/"'
    page = client.get(f"/intake/form/{line(batch).pk}/").content.decode()
    assert link in client.get(f"/intake/{batch.pk}/").content.decode()
    assert link in page
    assert f'action="/intake/form/{line(batch).pk}/file/"' not in page
    client.post(f"/intake/form/{line(batch).pk}/field/", {"pointer": "/grade", "text": "差"})
    assert line(batch).mended == ""


def test_the_verdicts_are_given_as_a_table_without_formulas(office: Office, signed_in: Callable[[str], Client]) -> None:
    """A name that begins like a formula is text in CSV and in XLSX."""
    batch = batch_of(office, [replace(plain_form(), project=Project("=1+1", None))])
    client = signed_in("clerk")
    text = client.get(f"/intake/{batch.pk}/verdicts.csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert text.splitlines()[0].startswith("序号,文件")
    workbook = client.get(f"/intake/{batch.pk}/verdicts.xlsx")
    assert workbook.content[:2] == b"PK"
    assert workbook["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/intake/{batch.pk}/verdicts.exe").status_code == 404
