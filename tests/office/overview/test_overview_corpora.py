"""The rule lab on a corpus as a page: the desk's numbers, for whom the corpus is given to and nobody else."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from msgspec.structs import replace

from corpus.made import some_forms
from jixiao.cli import jixiao
from jixiao.desk.corpus.standing.asking import Place, ask, end_trials
from jixiao.desk.corpus.standing.wire import Answer, Question, Trial, unpacked
from jixiao.desk.corpus.trying import Wanted, corpus_report
from jixiao.desk.whatif import scenario_of, try_form
from jixiao.form.wire import encode, to_wire
from jixiao.office.journal.models import Event
from jixiao.office.overview.views import trying
from jixiao.office.people.tree import add_organisation
from jixiao.review.whatif import shift_of
from jixiao.writing.whatif.report import summary
from office.making import Office

Enter = Callable[[str], Client]
COUNT = 60
TRIED = {"set.pass_mark": "60"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder in which the process that tries rules stands for all tests."""
    yield tmp_path_factory.mktemp("data")
    end_trials()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "in").mkdir()
    forms = b"\n".join(encode(to_wire(form)) for form in some_forms(COUNT, 3))
    (folder / "in" / "forms.jsonl").write_bytes(forms)
    asked = ["corpus", "build", str(folder / "in"), "--out", str(folder / "out"), "--part", "25", "--processes", "1"]
    assert CliRunner().invoke(jixiao, asked, standalone_mode=False).exception is None
    return folder / "out"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of corpora that the process was started for, by whichever test asked first."""
    return tmp_path_factory.mktemp("corpora")


@pytest.fixture
def given(office: Office, built: Path, data: Path, corpora: Path, settings: Any) -> Iterator[Office]:
    """An office whose department of science has been given the corpus under the name 全区2024."""
    settings.DATA, settings.CORPORA = data, str(corpora)
    place = corpora / str(office.organisations["science"].pk)
    place.mkdir()
    (place / "全区2024").symlink_to(built)
    yield office
    rmtree(place)


def address(office: Office, place: str = "science", name: str = "全区2024") -> str:
    """The page of a corpus."""
    node = office.organisations[place].pk
    return reverse("rule-lab-corpus", kwargs={"round_id": office.round.pk, "node_id": node, "name": name})


def lab(office: Office, place: str = "science") -> str:
    """The page of the rule lab."""
    return reverse("rule-lab-node", kwargs={"round_id": office.round.pk, "node_id": office.organisations[place].pk})


def test_the_page_shows_the_desks_numbers_and_tells_the_journal(
    given: Office, built: Path, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without JavaScript: the sentence is that of form by form, the picture and the law are there, once recorded."""
    monkeypatch.setattr(trying, "_WAIT", 60)
    client = signed_in("department")
    text = client.post(address(given), TRIED).content.decode()
    scenario = scenario_of(None, None, ["pass_mark=60"])
    report = corpus_report(str(built), scenario, "0", Wanted(500, lows=False))
    plain = shift_of([try_form(form, scenario, "") for form in some_forms(COUNT, 3)])
    assert report.shift.directions == plain.directions
    assert plain.directions["down"] > 0
    assert summary(report).zh in text
    for words in ("<svg", "各主管部门得失", "各单位得失", "等级怎样移动", "财预〔2021〕101号", "毫秒", "<title>"):
        assert words in text
    (event,) = Event.objects.filter(act="overview.corpus_asked")
    assert (event.organisation, "pass_mark=60" in event.details) == (given.organisations["science"].path, True)


def test_a_value_that_changes_replaces_the_result_alone(
    given: Office, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By htmx only the result comes; asked again it is there already; a further page is no new asking; in English."""
    monkeypatch.setattr(trying, "_WAIT", 60)
    client = signed_in("finance")
    client.cookies["django_language"] = "en"
    first = client.post(address(given), TRIED, HTTP_HX_REQUEST="true").content.decode()
    again = client.post(address(given), TRIED | {"moves": "2"}, HTTP_HX_REQUEST="true").content.decode()
    assert first.startswith('<div id="tried"')
    assert "totals fall" in first
    assert "2 / " in again
    assert "computed before" in again
    assert Event.objects.filter(act="overview.corpus_asked").count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [({}, "没有要试的改动"), ({"set.pass_mark": "900"}, "pass_mark"), ({"rulebook": "nowhere"}, "没有 nowhere")],
)  # fmt: skip
def test_what_cannot_be_tried_is_said(given: Office, signed_in: Enter, sent: dict[str, str], words: str) -> None:
    """A wish that means nothing is answered in words, and no process is asked."""
    answer = signed_in("department").post(address(given), sent)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert not Event.objects.filter(act="overview.corpus_asked").exists()


@pytest.mark.parametrize(
    ("user", "status"),
    [("clerk", 404), ("head", 404), ("publisher", 404), ("other_department", 404), ("finance", 200), ("auditor", 200)],
)  # fmt: skip
def test_a_corpus_is_seen_where_rules_may_be_tried(given: Office, signed_in: Enter, user: str, status: int) -> None:
    """To reviewers and auditors of its node; to others it is missing, and so is their way to it."""
    client = signed_in(user)
    assert client.get(address(given)).status_code == status
    assert client.post(address(given), {}).status_code == status


def test_a_corpus_belongs_to_one_node(given: Office, signed_in: Enter) -> None:
    """Another node has none of it, whoever asks; no name leads out of the folder; the lab offers what there is."""
    client = signed_in("finance")
    for place, name in (("bureau", "全区2024"), ("centre", "全区2024"), ("science", "..")):
        assert client.get(address(given, place, name)).status_code == 404
    assert "全区2024" in client.get(lab(given)).content.decode()
    assert "多表库" not in client.get(lab(given, "bureau")).content.decode()


def test_a_folder_that_could_mean_two_nodes_is_given_to_neither(given: Office, signed_in: Enter) -> None:
    """Once another organisation has the folder's name as its code, nobody is offered the corpus."""
    node = given.organisations["science"]
    add_organisation(given.organisations["bureau"], "department", "冒名局", code=f"{node.pk}")
    assert signed_in("finance").get(address(given)).status_code == 404


def test_without_the_setting_nothing_is_there(given: Office, signed_in: Enter, settings: Any) -> None:
    """Neither the page nor a word of it; nor with a folder that is gone."""
    client = signed_in("department")
    for folder in ("", "/nowhere"):
        settings.CORPORA = folder
        assert client.get(address(given)).status_code == 404
        assert "多表库" not in client.get(lab(given)).content.decode()


def test_a_broken_corpus_is_a_sentence_without_paths(given: Office, signed_in: Enter, corpora: Path) -> None:
    """A manifest that is none is told by the name of the corpus; where it lies on the server is not said."""
    broken = corpora / str(given.organisations["science"].pk) / "坏的"
    broken.mkdir()
    (broken / "corpus.json").write_bytes(b"{}")
    text = signed_in("department").post(address(given, name="坏的"), TRIED).content.decode()
    assert "坏的" in text
    assert 'role="alert"' in text
    assert str(corpora) not in text


def test_who_waits_is_told_and_asks_again(given: Office, signed_in: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that takes longer, or another's, is a sentence with a button; the page asks again by itself."""
    for state, words in (("working", "正在试算"), ("waiting", "另一个试算")):
        monkeypatch.setattr(trying, "ask", lambda _place, _question, state=state: Answer(state))
        text = signed_in("department").post(address(given), TRIED).content.decode()
        assert words in text
        assert 'hx-trigger="load delay:1s"' in text
    assert not Event.objects.filter(act="overview.corpus_asked").exists()


def test_a_trial_that_needs_too_much_ends_its_process_alone(built: Path, tmp_path: Path) -> None:
    """The limits of memory and of time are one sentence; the next question starts another process and is answered."""
    (tmp_path / "1" / "slow").mkdir(parents=True)
    os.mkfifo(tmp_path / "1" / "slow" / "corpus.json")
    (tmp_path / "1" / "c").symlink_to(built)
    place = Place(tmp_path, tmp_path, 4096, 60)
    question = Question(Trial("1/c", settings=("places=1",)), "1", 60)
    starved = ask(replace(place, megabytes=1), question)
    assert (starved.state, "内存（1 MB）" in starved.zh) == ("refused", True)
    late = ask(replace(place, seconds=1), replace(question, trial=Trial("1/slow", base="initial")))
    assert (late.state, "时间（1 s）" in late.zh) == ("refused", True)
    answer = ask(place, question)
    report = corpus_report(str(built), scenario_of(None, None, ["places=1"]), "0", Wanted(500, lows=False))
    assert answer.state == "done"
    assert unpacked(answer.report).shift == report.shift
