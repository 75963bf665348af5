"""What the doctor says of this machine and of a cluster, and what the command's exit code tells."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.engines import rays
from jixiao.corpus.engines.probe import Machine, Trial, machine, trial_digest
from jixiao.corpus.faults import CorpusFault
from jixiao.desk import doctor

CORPUS = "corpus.json"


def test_this_machine_is_looked_at() -> None:
    """Program, confinement, fonts and parts are told, each as there or with what to install."""
    told = list(doctor.of_this_machine())
    assert told[0].zh.startswith("jixiao ")
    assert {line.state for line in told} <= {"good", "without"}
    assert any("fonts of documents: there" in line.en for line in told)
    result = CliRunner().invoke(jixiao, ["doctor"], standalone_mode=False)
    assert result.return_value == ExitCode.NOTHING
    assert "公文字体" in result.output


@pytest.mark.parametrize("option", ["--corpus", "--conf"])
def test_what_only_a_cluster_can_be_asked_is_not_passed_over(option: str) -> None:
    """Without --engine nobody looks at the corpus, so nobody may think that it was looked at."""
    result = CliRunner().invoke(jixiao, ["doctor", option, "nowhere"])
    assert result.exit_code != 0
    assert "--corpus 和 --conf 与 --engine 同用" in result.output


def test_a_part_that_is_not_there_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is optional is no fault; what documents need is."""
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name in ("numba", "pylopdf_fonts_zh_cn") else name)
    told = {line.en: line.state for line in doctor.of_this_machine()}
    assert told['the fused kernel: not there; where it is wanted: pip install "jixiao[kernel]".'] == "without"
    assert told['fonts of documents: not there; where it is wanted: pip install "pylopdf-fonts-zh-cn".'] == "bad"


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Machine], Machine]], None]:
    """A cluster of two workers that are as this machine is, but for a change."""

    def having(changed: Callable[[Machine], Machine]) -> None:
        def turn(work: Callable[[Trial], Machine], jobs: Iterable[Trial]) -> Iterator[Machine]:
            return (changed(replace(work(job), where=f"h:{job.number % 2}")) for job in jobs)

        @contextmanager
        def cluster(_engine: object) -> Iterator[None]:
            yield

        monkeypatch.setattr(rays, "cluster_of", cluster)
        monkeypatch.setattr(rays, "on_ray", turn)

    return having


def test_a_cluster_like_this_machine_is_fit(workers: Callable[..., None], tmp_path: Path) -> None:
    """Each worker is told once, with its versions; the trial part has our digest."""
    (tmp_path / CORPUS).write_text("{}")
    workers(lambda one: one)
    told = list(doctor.of_engine("ray", str(tmp_path)))
    assert {line.state for line in told} == {"good"}
    assert sum(line.en.startswith("worker: h:") for line in told) == 2
    assert told[-1].en == "2 workers are fit for work, the trial part has our digest."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"python": "3.8.1"}, "Python 3.8.1"),
        ({"libraries": {"jixiao": "0", "polars": "1"}}, "jixiao 0, here"),
        ({"digest": "other"}, "Do not use it"),
        ({"reaches": False}, "cannot read the corpus"),
    ],
)
def test_a_worker_that_differs_is_told_with_how_to_ship(
    change: dict[str, object], words: str, workers: Callable[..., None]
) -> None:
    """What differs, what it should be, and how this environment gets there; the exit code is 1."""
    workers(lambda one: replace(one, **change))
    result = CliRunner().invoke(jixiao, ["doctor", "--engine", "ray", "--lang", "en"], standalone_mode=False)
    assert result.return_value == ExitCode.FINDINGS
    assert words in result.output
    assert "venv-pack" in result.output


def test_a_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own words, and how an environment is shipped, for that is the usual reason."""

    def cluster(_engine: object) -> None:
        raise CorpusFault("连不上", "does not answer")

    monkeypatch.setattr(rays, "cluster_of", cluster)
    told = list(doctor.of_engine("ray", None))
    assert [line.en for line in told if line.state == "bad"] == ["does not answer", doctor.SHIP[1]]


def test_the_trial_has_the_same_digest_again_and_looks_for_the_corpus(tmp_path: Path) -> None:
    """The digest is of exact numbers; a corpus that is not there is not reached."""
    assert trial_digest() == trial_digest()
    assert machine(Trial(0, str(tmp_path))).reaches is False
    assert machine(Trial(0)).reaches is None
