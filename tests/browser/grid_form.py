"""The form page without a server: the ministry's book, a form of seven rows, a save that a test answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

from playwright.sync_api import Route

from browser.grid_page import COLUMNS, HEADS, Pages, row
from jixiao.desk.library import page_rules, reviewer, shelf
from jixiao.form import Form
from jixiao.office.filing.live.book import page_book
from jixiao.office.filing.live.state import page_features, page_form
from jixiao.office.filing.live.words import page_words
from jixiao.review import specimen

NUMBER: Final = 3
SUGGESTED: Final = [{"text": "管网改造长度", "note": "2023年"}, {"text": "新建管网长度", "note": ""}]


@dataclass
class Server:
    """Answers saves as a test says; remembers what was asked."""

    answer: Callable[[Route, dict[str, Any]], None] | None = None
    version: int = 1
    asked: list[dict[str, Any]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)

    def save(self, route: Route) -> None:
        """One save."""
        asked = json.loads(route.request.post_data or "{}")
        self.asked.append(asked)
        if self.answer is not None:
            self.answer(route, asked)
            return
        self.version += 1
        route.fulfill(json=self.saved(asked))

    def saved(self, asked: dict[str, Any], **cells: str) -> dict[str, Any]:
        """What is told after a save: new rows have their keys, and the features of a row that says nothing."""
        given = {name: f"k{at}" for at, name in enumerate((r for r in asked.get("rows", ()) if r[0] == "n"), start=90)}
        self.rows = [given.get(name, name) for name in asked.get("rows", self.rows or keys())]
        known = dict(zip(keys(), state()["features"]["rows"], strict=True))
        blank = next(iter(known.values()))
        features = {**state()["features"], "rows": [known.get(key, blank) for key in self.rows]}
        told = {"version": self.version, "saved": "10:32:05", "keys": given, "rows": self.rows, "cells": cells}
        return {**told, "state": {**state(), "features": features}}


@cache
def form() -> Form:
    """A sound form."""
    return specimen({})


def keys() -> list[str]:
    """The keys of its rows."""
    return [f"k{number}" for number in range(1, len(form().indicators) + 1)]


@cache
def state() -> dict[str, Any]:
    """What the page's script begins with."""
    return {"form": page_form(form()), "features": dict(page_features(_reviewer(), form())), "evidence": None}


@cache
def _reviewer() -> Any:
    return reviewer(shelf().on("cn", date(2024, 12, 31)))


def pages(server: Server) -> Pages:
    """The page and what it loads."""
    book = _reviewer().scorer.book
    return {
        "/": _page(),
        "/rules.js": page_rules(book),
        "/words.json": page_words().decode(),
        "/book.json": page_book(_reviewer()).decode(),
        "/save": server.save,
        "/suggest": lambda route: route.fulfill(json={"suggestions": SUGGESTED if "k1" in route.request.url else []}),
    }


def _page() -> str:
    addresses = {
        "save": "/save",
        "rules": "/rules.js",
        "words": "/words.json",
        "book": "/book.json",
        "login": "/",
        "suggest": "/suggest",
    }
    data = {"id": NUMBER, "version": 1, "editable": True, "rows": keys(), "addresses": addresses, "state": state()}
    data |= {"person": 0, "anchors": {"funds/total": "funds/total/adjusted"}}
    told = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    head = "".join(f'<th scope="col" id="h-{name}">{label}</th>' for name, label in zip(COLUMNS, HEADS, strict=True))
    return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>填报</title>
<link rel="stylesheet" href="/static/look/office.css">
<link rel="stylesheet" href="/static/filing/form.css">
<script type="module" src="/static/filing/page/form_page.js"></script></head><body><main><h1>填报</h1>
<form id="form" method="post" action="/save"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<input type="hidden" name="base" value="1"><p class="bar"><button class="main">保存</button>
<span class="saving" id="saving" role="status">第 1 版</span></p><div class="form-page"><div class="sheet">
<sheet-grid><template data-row-template>{row("{key}", ("",) * len(COLUMNS))}</template>
<table aria-label="自评表"><tbody>{_funds()}<tr>{head}</tr>{_rows()}{_total()}</tbody></table></sheet-grid></div>
<aside class="form-side" aria-label="得分"><section class="panel" id="figures"><h2>得分</h2><dl class="score-line">
<div><dt>自评</dt><dd data-figure="claimed"></dd></div><div><dt>复算</dt><dd data-figure="computed"></dd></div>
<div><dt>执行率</dt><dd data-figure="rate"></dd></div></dl></section>
<section class="panel" id="findings"><h2>疑点 <span data-count></span></h2></section></aside></div></form>
<script type="application/json" id="filing-data">{told}</script></main></body></html>"""


def _cell(name: str, text: object, label: str) -> str:
    shown = "" if text is None else text
    return (
        f'<td id="cell-{name}"><textarea data-cell="{name}" name="{name}" aria-label="{label}" rows="1">{shown}'
        f'</textarea><span class="fault" id="fault-{name}" data-fault="{name}"></span></td>'
    )


def _funds() -> str:
    funds = form().funds
    rows = (
        ("total", "年度资金总额"),
        ("current_year", "当年财政拨款"),
        ("carryover", "上年结转"),
        ("other", "其他资金"),
    )
    amounts = ("initial", "adjusted", "executed")
    made = []
    for name, label in rows:
        cells = (
            _cell(f"funds/{name}/{each}", getattr(getattr(funds, name), each), f"{label} {each}") for each in amounts
        )
        more = "<td></td><td></td><td></td>"
        if name == "total":
            execution = form().execution
            more = "".join(
                _cell(f"execution/{part}", getattr(execution, part), f"预算执行 {part}")
                for part in ("weight", "rate", "score")
            )
        made.append(f'<tr><th colspan="2">{label}</th>{"".join(cells)}{more}</tr>')
    return "".join(made)


def _rows() -> str:
    made = []
    for key, line in zip(keys(), form().indicators, strict=True):
        texts = (line.level1, line.level2, line.name, line.target.text, line.actual.text, line.weight, line.score)
        made.append(row(key, (*("" if text is None else str(text) for text in texts), line.deviation)))
    return "".join(made)


def _total() -> str:
    total = form().total
    cells = _cell("total/weight", total.weight, "总分分值") + _cell("total/score", total.score, "总分得分")
    return f'<tr data-after-rows><th colspan="5">总分</th>{cells}<td></td></tr>'
