"""Other documents handed in on the command line: read, matched to the forms, told where there is no match."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from jixiao.cli import jixiao
from jixiao.desk.errors import WrongUse
from jixiao.form import Form, encode_forms
from jixiao.review import specimen


def written(path: Path, *forms: Form) -> str:
    """Forms as data in a file."""
    path.write_bytes(encode_forms(forms))
    return str(path)


def run(*words: str) -> Result:
    """The command; what it raises is raised."""
    return CliRunner().invoke(jixiao, list(words), standalone_mode=False, catch_exceptions=False)


def checked(*words: str) -> dict[str, list[str]]:
    """The one form that was checked: codes found, codes undecided, remarks in English."""
    (file,) = json.loads(run("check", *words, "--format", "json").stdout)["files"]
    (form,) = file["forms"]
    codes = {part: [item["code"] for item in form[part]] for part in ("findings", "undecided")}
    return codes | {"remarks": [remark["en"] for remark in form.get("remarks", [])]}


def test_documents_handed_in_decide_what_was_open(tmp_path: Path) -> None:
    """With last year's form, the approved targets and statistics, no check is open for want of them."""
    form = written(tmp_path / "now.json", specimen({}))
    before = written(tmp_path / "before.json", specimen({"year": 2022, "funds": {"total": "300 300 280"}}))
    approved = written(tmp_path / "approved.json", specimen({"lines": {"0": "~ | ~ | ≥15公里"}}))
    peers = str(tmp_path / "peers.json")
    run("peers", *[before] * 3, "--least", "3", "--out", peers)
    alone = checked(form)
    assert {"JX310", "JX348", "JX352", "JX356"} <= {*alone["undecided"]}
    told = checked(form, "--last-year", before, "--approved", approved, "--peers", peers)
    assert {"JX348", "JX349", "JX352"} <= {*told["findings"]}
    assert not {"JX310", "JX348", "JX352", "JX356"} & {*told["undecided"]}
    assert told["remarks"] == []


def test_what_is_not_found_is_said(tmp_path: Path) -> None:
    """A form whose project is not among those handed in says so, and the checks stay open."""
    form = written(tmp_path / "now.json", specimen({}))
    other = written(tmp_path / "other.json", specimen({"year": 2022, "project": "校舍加固"}))
    told = checked(form, "--last-year", other)
    assert "JX310" in told["undecided"]
    assert told["remarks"] == [
        "last year's form of this project is not among the files given (by code, else by unit and name): not compared."
    ]
    text = "".join(run("check", form, "--last-year", other).stdout.split())
    assert "没有本项目上年的自评表" in text
    assert "JX348、JX349、JX350需要：上年的自评表" in text


def test_wrong_documents_are_a_sentence(tmp_path: Path) -> None:
    """A path without a form, and statistics that are none, stop the run before anything is reviewed."""
    form = written(tmp_path / "now.json", specimen({}))
    with pytest.raises(WrongUse, match="no form was read there"):
        run("check", form, "--last-year", str(tmp_path / "nowhere"))
    with pytest.raises(WrongUse, match="holds no statistics of projects"):
        run("check", form, "--peers", form)


def test_peers_are_dated_and_named(tmp_path: Path) -> None:
    """Statistics say where they come from, when they were made, of which years and how many projects."""
    files = [written(tmp_path / f"{year}.json", specimen({"year": year})) for year in (2021, 2022, 2023)]
    result = run("peers", *files, "--least", "3", "--source", "某市排水项目")
    peers = msgspec.json.decode(result.stdout_bytes)
    assert (peers["source"], peers["years"], peers["projects"]) == ("某市排水项目", [2021, 2022, 2023], 3)
    assert peers["schema"] == "jixiao/peers/1"
    assert {similar["name"] for similar in peers["indicators"]} == {"改造排水管网长度", "更换检查井盖"}
