"""Jobs on Ray as its library is asked: bounded in flight, in order, and one killer costs one thing."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.made import corpus_of
from jixiao.corpus.building.batches import Documents, done
from jixiao.corpus.building.rescue import FilesRescue
from jixiao.corpus.building.run import _Job
from jixiao.corpus.building.way import KILLER, Line, Named
from jixiao.corpus.engines.rays import on_ray
from jixiao.corpus.faults import CorpusFault
from jixiao.corpus.storage import FolderStorage
from jixiao.desk.corpus.building import way_of

DEAD = object()


class Failed(Exception):
    """What Ray raises where a task failed."""


class Crashed(Failed):
    """What Ray raises where a worker died."""


class FakeRay:
    """Runs a job when its result is asked for; a job that raises SystemExit has killed its worker."""

    def __init__(self) -> None:
        """Nothing is in flight."""
        self.flying = self.most = self.calls = 0
        self.exceptions = SimpleNamespace(
            WorkerCrashedError=Crashed, OutOfMemoryError=Crashed, NodeDiedError=Crashed, RayError=Failed
        )  # fmt: skip

    def cluster_resources(self) -> dict[str, float]:
        """Two processors."""
        return {"CPU": 2}

    def put(self, value: object) -> object:
        """An object is its own reference."""
        return value

    def remote(self, **_: object) -> Callable[[Callable[..., Any]], object]:
        """What makes a function one of workers."""

        def made(function: Callable[..., Any]) -> object:
            def called(*arguments: object) -> Callable[[], Any]:
                self.flying += 1
                self.calls += 1
                self.most = max(self.most, self.flying)
                return lambda: function(*arguments)

            return SimpleNamespace(remote=called)

        return made

    def get(self, reference: Callable[[], Any]) -> Any:
        """The result, once it is there."""
        self.flying -= 1
        try:
            return reference()
        except SystemExit as error:
            raise Crashed from error
        except ModuleNotFoundError as error:
            raise Failed(str(error)) from error


@pytest.fixture
def ray(monkeypatch: pytest.MonkeyPatch) -> FakeRay:
    """A Ray that runs here."""
    made = FakeRay()
    monkeypatch.setitem(__import__("sys").modules, "ray", made)
    return made


def test_results_come_in_order_and_few_jobs_are_out_at_once(ray: FakeRay) -> None:
    """Two for each processor, whatever there is to do."""
    assert list(on_ray(lambda job: job * job, range(50))) == [job * job for job in range(50)]
    assert ray.most == 4


def test_a_fault_of_a_job_comes_back_in_its_own_words(ray: FakeRay) -> None:
    """What a worker says is wrong is what is told here."""

    def work(_: int) -> int:
        raise CorpusFault("坏了", "broken")

    with pytest.raises(CorpusFault, match="broken"):
        list(on_ray(work, [1]))


def test_a_task_that_cannot_even_begin_is_one_sentence(ray: FakeRay) -> None:
    """A worker without our wheel is the usual reason; the doctor is named."""

    def work(_: int) -> int:
        raise ModuleNotFoundError("No module named 'jixiao'")

    with pytest.raises(CorpusFault, match="No module named 'jixiao'"):
        list(on_ray(work, [1]))


class Numbers:
    """Jobs are lists of numbers."""

    def halves(self, job: list[int], /) -> tuple[list[int], list[int]] | None:
        """Cut in the middle."""
        middle = len(job) // 2
        return (job[:middle], job[middle:]) if len(job) > 1 else None

    def named(self, job: list[int], /) -> str:
        """The number."""
        return str(job[0])

    def without(self, job: list[int], killers: frozenset[str], /) -> list[int]:
        """Those that live."""
        return [one for one in job if str(one) not in killers]


def kills_at(*killers: int) -> Callable[[list[int]], list[int]]:
    """Work that dies of some numbers."""

    def work(job: list[int]) -> list[int]:
        if set(job) & set(killers):
            raise SystemExit
        return job

    return work


def test_what_kills_its_worker_is_found_by_halves_and_costs_itself_alone(ray: FakeRay) -> None:
    """Of twenty, two killers are left out and eighteen are done; other jobs are not touched."""
    jobs = [list(range(20)), list(range(20, 40))]
    found = list(on_ray(kills_at(3, 11), jobs, Numbers()))
    assert found == [[one for one in jobs[0] if one not in (3, 11)], jobs[1]]
    assert ray.calls < 20


def test_a_worker_that_died_without_anybody_to_find_out_is_told(ray: FakeRay) -> None:
    """Nothing is passed over in silence."""
    with pytest.raises(CorpusFault, match="A worker was killed"):
        list(on_ray(kills_at(3), [[3]]))


def documents(folder: Path, count: int) -> Documents:
    """Files that are no forms."""
    folder.mkdir(parents=True)
    names = [f"{at}.txt" for at in range(count)]
    for name in names:
        (folder / name).write_text(name)
    return Documents(tuple(Named(name, "", 5) for name in names), {name: folder / name for name in names})


def test_a_batch_of_documents_is_halved_down_to_one(tmp_path: Path) -> None:
    """Halves are stored under names of their own, and together are the batch."""
    job, rescue = _Job("chunk-7", documents(tmp_path / "in", 5), 25), FilesRescue()
    halves = rescue.halves(job)
    assert halves is not None
    assert [half.name for half in halves] == ["chunk-7a", "chunk-7b"]
    assert [file.name for half in halves for file in half.batch.files] == [f"{at}.txt" for at in range(5)]
    one = rescue.halves(halves[0])
    assert one is not None
    assert rescue.halves(one[0]) is None
    assert rescue.named(one[0]) == "0.txt"


def test_what_is_no_document_is_not_left_out() -> None:
    """Lines and stored parts are done again, and the end is told if that fails."""
    job, rescue = _Job("chunk-1", (Line("", "a", 0, 0, "copy"),), 0), FilesRescue()
    assert rescue.halves(job) is None
    assert rescue.named(job) == ""
    assert rescue.without(job, frozenset({""})) is job


def test_a_killer_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    """Its line says what happened and what to do; the other files are read."""
    job = _Job("chunk-1", documents(tmp_path / "in", 3), 15)
    made = FilesRescue().without(job, frozenset({"1.txt"}))
    corpus_of(1, tmp_path / "corpus")
    chunk = done(made.batch, way_of(), FolderStorage(tmp_path / "corpus"), frozenset())
    assert chunk.aside == 3
    told = __import__("polars").read_ipc(chunk.tables["sources"])
    assert told.filter(file="1.txt")["verdict"].to_list() == [KILLER]
    assert "jixiao check" in told.filter(file="1.txt")["zh"].item()
    assert KILLER not in told.filter(__import__("polars").col("file") != "1.txt")["verdict"].to_list()
