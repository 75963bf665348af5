"""A cluster of two workers gives what the embedded run gives, cell for cell; ./dev test --cluster runs this.

JIXIAO_CLUSTER_FORMS makes it larger: 1000000 is the full size, by hand.
"""

import os
import re
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace

from cluster.killers import DEADLY, deadly_review
from cluster.large import large_corpus
from cluster.standalone import conf, spark_cluster
from jixiao.corpus.building.run import Asked, set_aside
from jixiao.corpus.engines.by_sql import explained, statements_of
from jixiao.corpus.engines.named import Engine
from jixiao.corpus.engines.rays import cluster_of, on_ray
from jixiao.corpus.engines.scoring import by_jobs, by_statements
from jixiao.corpus.engines.spark import on_spark, session_of
from jixiao.corpus.manifest import Corpus
from jixiao.corpus.scoring.checks import codes_of
from jixiao.corpus.scoring.part import Way
from jixiao.corpus.scoring.run import Counting, score_corpus
from jixiao.corpus.scoring.tables import OF_FORMS, OF_INDICATORS
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.desk.doctor import of_engine
from jixiao.desk.library import checks, reviewer_on

pytestmark = [
    pytest.mark.cluster, pytest.mark.enable_socket,
    pytest.mark.filterwarnings("default"),  # other projects' libraries warn as they like
]  # fmt: skip
FORMS = int(os.environ.get("JIXIAO_CLUSTER_FORMS", "12000"))
PART = max(1_500, min(100_000, FORMS // 20))
HOUSE = Path(__file__).resolve().parents[2]
WAY = Way(reviewer_on, checks())
LARGE = 100_000
Digests = dict[str, str]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Forms right and wrong, hard ones too, under two books, in several parts."""
    return large_corpus(tmp_path_factory.mktemp("corpus"), FORMS, PART)


def scored(corpus: Corpus, counting: Counting | None = None, way: Way = WAY) -> Digests:
    """The digests of the tables of scores, whoever computes them."""
    made = score_corpus(corpus, way, 1, counting=counting)
    assert made.forms == FORMS
    assert made.alone > 0
    files = [name for table in (OF_FORMS, OF_INDICATORS) for name in corpus.storage.names(table)]
    return {name: sha256(corpus.storage.get(name)).hexdigest() for name in files}


@pytest.fixture(scope="session")
def embedded(corpus: Corpus) -> Digests:
    """What this machine computes by itself."""
    return scored(corpus)


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """Two workers of Spark."""
    with spark_cluster() as address:
        yield Engine("spark", address)


def test_spark_gives_the_same_bytes(corpus: Corpus, embedded: Digests, spark: Engine) -> None:
    """The same wheel, mapped over parts, writes the files of the embedded run to the byte."""
    with session_of(spark, conf()) as session:
        assert scored(corpus, partial(by_jobs, on_spark(spark, session))) == embedded


def test_generated_sql_gives_the_same_bytes(corpus: Corpus, spark: Engine) -> None:
    """Spark's own engine computes the statement made from the same rules; not a line of ours runs on its workers.

    Small corpora are asked the numeric checks only, for planning all of them takes Spark longer than computing them.
    """
    way = replace(WAY, asked="numeric" if FORMS < LARGE else "all")
    with session_of(spark, conf()) as session:
        assert scored(corpus, partial(by_statements, session, None), way) == scored(corpus, way=way)
        reviewer = reviewer_on("cn", "2024-12-31")
        statements = statements_of(reviewer, codes_of(reviewer, way.asked)).by_level
        for statement in statements.values():
            assert 1_000 < len(explained(session, statement)) < 2 * len(statement)


def test_the_doctor_finds_the_workers_fit(corpus: Corpus, spark: Engine) -> None:
    """Versions of the workers, the corpus in their reach, and the digest of the trial."""
    settings = [f"{name}={value}" for name, value in conf().items()]
    told = list(of_engine(spark.address, corpus.storage.label, settings))
    assert {line.state for line in told} == {"good"}, told
    assert "fit for work" in told[-1].en


@pytest.fixture(scope="session")
def ray() -> Iterator[None]:
    """Ray with two workers."""
    seen = {"env_vars": {"PYTHONPATH": str(HOUSE / "tests"), "POLARS_MAX_THREADS": "1"}}
    with cluster_of(Engine("ray", ""), num_cpus=2, _node_ip_address="127.0.0.1", runtime_env=seen):
        yield


def test_ray_gives_the_same_bytes(corpus: Corpus, embedded: Digests, ray: None) -> None:
    """Tasks of Ray write the files of the embedded run to the byte."""
    assert scored(corpus, partial(by_jobs, on_ray)) == embedded


def test_a_file_that_kills_its_worker_costs_that_file_alone(tmp_path: Path, ray: None) -> None:
    """Of twenty files one kills whoever reads it: the corpus is that of the nineteen, and the one is told."""
    text = (HOUSE / "examples" / "shanghai-2024.txt").read_text(encoding="utf-8")
    first = re.findall(r"项目名称\s*(\S+)", text)[0]
    (tmp_path / "in").mkdir()
    for at in range(20):
        name = DEADLY if at == 7 else f"{first}第{at}期"
        (tmp_path / "in" / f"表{at:02}.txt").write_text(text.replace(first, name), encoding="utf-8")
    way = replace(way_of(), review=deadly_review)
    made = build_corpus(files_of(tmp_path / "in"), str(tmp_path / "ray"), way, Asked(turn=on_ray)).corpus
    assert [line.file for line in set_aside(made)] == ["表07.txt"]
    assert dict(made.manifest.counts) == {"read": 19, "worker_killed": 1}
    (tmp_path / "in" / "表07.txt").unlink()
    alone = build_corpus(files_of(tmp_path / "in"), str(tmp_path / "here"), way, Asked(processes=1)).corpus
    for table in ("forms", "indicators", "findings"):
        one, other = (pl.concat([each.frame(part, table) for part in each.parts]) for each in (made, alone))
        assert one.equals(other), table
