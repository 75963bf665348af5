"""Build docs/reference from the program: the schemas, every check, every version of every rulebook."""

import os
import sys
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, Final

import msgspec

from jixiao.corpus.schema import CORPUS_SCHEMA, TABLES, described
from jixiao.desk.library import checks, shelf
from jixiao.form import json_schema
from jixiao.review import Check
from jixiao.rulebook import Book
from jixiao.writing.book_entries import entries
from jixiao.writing.fixing.as_json import fix_schema
from jixiao.writing.folder.as_json import folder_schema
from jixiao.writing.json_report import review_schema
from jixiao.writing.letter.letter import letter_schema
from jixiao.writing.letter.summary import summary_schema
from jixiao.writing.sealed import seal_schema
from jixiao.writing.verified import verify_schema
from jixiao.writing.words import (
    EVIDENCE,
    FAMILY,
    FAMILY_MEANS,
    SEVERITY,
    TRIAL,
    TRIAL_MEANS,
    clause_source,
    fairness_text,
)

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
KEPT = "README.md"
"""The one page of that folder that is written by hand and kept in git."""
_MADE = "<!-- made by ./dev docs; change the source, not this page -->"


def pages() -> dict[str, str]:
    """Every generated page by its name below docs/reference."""
    made = {"form.schema.json": _json(json_schema()), "review.schema.json": _json(review_schema())}
    made["folder.schema.json"] = _json(folder_schema())
    made |= {"letter.schema.json": _json(letter_schema()), "summary.schema.json": _json(summary_schema())}
    made["fix.schema.json"] = _json(fix_schema())
    made |= {"verify.schema.json": _json(verify_schema()), "seal.schema.json": _json(seal_schema())}
    made |= {"corpus.md": corpus_page(), "corpus-tables.json": _json(described())}
    made["checks.md"] = checks_page()
    made["permissions.md"] = permissions_page()
    made["hostile-files.md"] = f"{_MADE}\n\n{_of_tests('hostile.hostile_table').page()}"
    made |= {name: f"{_MADE}\n\n{text}" for name, text in _of_tests("compliance.pages").pages().items()}
    for identifier in shelf().ids():
        for day in shelf().versions(identifier):
            made[f"rulebooks/{identifier}-{day}.md"] = book_page(shelf().on(identifier, day), day)
    return made


def _of_tests(name: str) -> ModuleType:
    tests = str(REFERENCE.parents[1] / "tests")
    if tests not in sys.path:
        sys.path.insert(0, tests)
    return import_module(name)


def checks_page() -> str:
    """All checks on one page."""
    known = checks()
    lines = [_MADE, "", "# 检查目录 Checks", "", f"{len(known)} checks. `jixiao explain CODE` prints one.", ""]
    for family in FAMILY:
        mine = [check for check in known.values() if check.family == family]
        means = FAMILY_MEANS[family]
        lines += [f"## {FAMILY[family].zh} {FAMILY[family].en} ({len(mine)})", "", f"{means.zh} · {means.en}", ""]
        lines += [line for check in mine for line in _check(check)]
    return "\n".join(lines).rstrip() + "\n"


def permissions_page() -> str:
    """The table of acts: who may do what, where, in which state, and where it leads."""
    _set_up()
    from jixiao.office.doors.states import STEPS, WORDS
    from jixiao.office.doors.table import FILING, NEAR, OFFICE

    steps = [*(words.zh for words in STEPS.values())], [*(words.en for words in STEPS.values())]
    heads = " | ".join(f"{zh} {en}" for zh, en in zip(*steps, strict=True))
    lines = [
        _MADE, "", "# 权限表 Permissions", "",
        "本表由程序所用的同一张表生成。The same table that the program asks: `src/jixiao/office/doors/table.py`.", "",
        "## 对自评表的动作 Acts on a form", "",
        f"| 动作 act | {heads} | 之后 leads to | 需写明原因 reason |", "|---" * (len(STEPS) + 3) + "|",
    ]  # fmt: skip
    for name, act in FILING.items():
        cells = [_roles(role for role, states in act.roles.items() if state in states) for state in STEPS]
        leads = " / ".join(f"{WORDS[state].zh} {WORDS[state].en}" for state in (act.after, act.straight) if state)
        lines.append(
            f"| {act.zh} {act.en} `{name}` | {' | '.join(cells)} | {leads or '—'} | {'是 yes' if act.reason else '—'} |"
        )
    lines += ["", "## 在机构里的动作 Acts in an organisation", "", "| 动作 act | 角色 roles |", "|---|---|"]
    lines += [f"| {act.zh} {act.en} `{name}` | {_roles(act.roles)} |" for name, act in OFFICE.items()]
    lines += ["", "## 管到哪里 How near", "", "| 角色 role | 范围 reach |", "|---|---|"]
    lines += [f"| {_roles([role])} | {_REACH[near]} |" for role, near in NEAR.items()]
    return "\n".join(lines) + "\n"


_REACH: Final = {"own": "本单位 its own organisation", "below": "本级和所有下级 its organisation and all below"}


def _set_up() -> None:
    """The table names roles as the office's models do, so the office is set up, on a folder that goes again."""
    import django
    from django.apps import apps

    if not apps.ready:
        with TemporaryDirectory() as folder:
            os.environ |= {"JIXIAO_DATA": folder, "DJANGO_SETTINGS_MODULE": "jixiao.office.settings"}
            django.setup()


def _roles(roles: Iterable[str]) -> str:
    from jixiao.office.people.duties import ROLE_NAMES

    return "、".join(f"{ROLE_NAMES[role][0]} {ROLE_NAMES[role][1]}" for role in roles) or "—"


def corpus_page() -> str:
    """Every table of a corpus with its columns, scales and units."""
    lines = [_MADE, "", f"# 多表库 Corpus (`{CORPUS_SCHEMA}`)", "", "A number is stored times 10 to its scale.", ""]
    for table in TABLES.values():
        lines += [f"## {table.name} · {table.zh} {table.en}", "", "| column | 内容 | what | kind | scale | unit |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += [
            f"| `{one.name}` | {one.zh} | {one.en} | {one.kind} | {one.scale or ''} | {one.unit} |"
            for one in table.fields
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def book_page(book: Book, day: date) -> str:
    """Every value of a book with clause, evidence and source."""
    head = [
        _MADE,
        "",
        f"# {book.id} · {book.zh}",
        "",
        f"{book.en}. In force from {day}; files: {', '.join(book.files)}.",
        "",
    ]
    table = ["| id | 内容 | entry | value | since | clause | evidence |", "|---|---|---|---|---|---|---|"]
    for entry in entries(book):
        clause, mark = entry.clause, EVIDENCE[entry.clause.evidence]
        said = entry.said.en if entry.kind != "reading" else f"{entry.said.zh} {entry.said.en}"
        ground = f"{clause.document} {clause.article}"
        cells = (entry.id, entry.title.zh, entry.title.en, said, entry.since, ground, f"{mark.zh} {mark.en}")
        table.append("| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*head, *table]) + "\n"


def _check(check: Check) -> list[str]:
    severity = SEVERITY[check.severity]
    lines = [
        f"### {check.code} {check.title.zh}",
        "",
        f"{check.title.en} · `{check.name}` · {severity.zh} {severity.en}",
        "",
    ]
    lines += [f"- 公道：{fairness_text(check.fairness).zh} {fairness_text(check.fairness).en}"]
    if check.trial:
        lines += [f"- {TRIAL.zh}：{TRIAL_MEANS.zh} {TRIAL_MEANS.en}"]
    for label, text in (("问题", check.wrong), ("为什么", check.why), ("怎么办", check.do)):
        lines += [f"- {label}：{text.zh} {text.en}"]
    if check.clause is not None:
        mark = EVIDENCE[check.clause.evidence]
        lines += [f"- 条款：{clause_source(check.clause)}（{mark.zh} {mark.en}）"]
    if check.clause_of:
        lines += [
            f"- 条款：随规则集，取 `{check.clause_of}` 的条款 Of the rulebook in use, the clause of `{check.clause_of}`"
        ]
    return [*lines, ""]


def _json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def main(folder: Path = REFERENCE) -> None:
    """Write every page into a folder, and take away those of an older build that are none any more."""
    made = pages()
    for path in [*folder.glob("*.md"), *folder.glob("*.json"), *folder.glob("rulebooks/*.md")]:
        if path.name != KEPT and path.relative_to(folder).as_posix() not in made:
            path.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
