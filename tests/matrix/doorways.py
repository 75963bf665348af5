"""Where pages and the API fetch things by what a request names, read from their syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OFFICE: Final = Path(__file__).resolve().parents[2] / "src" / "jixiao" / "office"
DOORS: Final = {
    "doors/ask.py": "the table, asked",
    "filing/door.py": "filings",
    "intake/door.py": "batches, lines, files of an import",
    "accounts/door.py": "people, roles and organisations, for who manages them",
    "year/door.py": "rounds, projects, targets",
    "overview/sight.py": "a round and a node, looked at; inquiries there",
    "api/access.py": "whose token it is",
}
"""The modules through which things are reached, each with what it is the door of."""
GUARDED: Final = frozenset(
    {
        "Filing", "Evidence", "Version", "Save", "Decision", "Comment", "Mention", "Round", "Project", "ApprovedTarget",
        "Budget", "Monitoring", "Organisation", "User", "Role", "Proposal", "PeopleList", "Batch", "Source", "Entry",
        "Shown", "Item", "Reply", "Inquiry", "Token", "Event", "Publication", "Edition", "Paper",
    }
)  # fmt: skip
"""The things that belong to somebody."""
_NAMES: Final = ("pk", "id", "uid", "number")
"""What a request names a thing by; also as `pk__in` and `publication__uid`."""
OWNERS: Final = frozenset({"filing", "by", "user", "user_id", "organisation__in", "round", "node", "sha256"})
"""What narrows a fetch to the things of something that came through a door, or to one's own."""
ASKING: Final = frozenset({"readable", "within"})
"""Functions whose conditions ask the table: a fetch narrowed by one is no way around."""
_GETTERS: Final = frozenset({"filter", "get", "in_bulk", "get_or_create", "update_or_create"})


@dataclass(frozen=True, slots=True)
class Fetch:
    """A thing fetched by its name: the module, the function, the model."""

    module: str
    function: str
    model: str

    def __str__(self) -> str:
        """For lists."""
        return f"{self.module}::{self.function}::{self.model}"


def page_modules() -> list[Path]:
    """Every module that answers requests: of the folders of pages, of the API, and what the urls name."""
    folders = ("*/pages/*.py", "*/views/*.py", "api/*.py", "*/views.py")
    found = [one for folder in folders for one in OFFICE.glob(folder)]
    public = OFFICE / "publication"
    return sorted(one for one in found if public not in one.parents and _name(one) not in DOORS)


def _name(path: Path) -> str:
    return path.relative_to(OFFICE).as_posix()


def fetches(module: str, source: str) -> Iterator[Fetch]:
    """The things that a module fetches by name, outside of the doors."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
                if model := _fetched(call):
                    yield Fetch(module, node.name, model)


def _fetched(call: ast.Call) -> str:
    """The guarded model that a call fetches by name; empty for none."""
    given = {keyword.arg or "" for keyword in call.keywords}
    named = any(map(_is_name, given)) and not given & OWNERS
    if isinstance(call.func, ast.Name) and call.func.id == "get_object_or_404":
        return _model_in(call.args[0]) if call.args and named else ""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _GETTERS:
        return _model_in(call.func.value) if named or call.func.attr == "in_bulk" else ""
    return ""


def _is_name(keyword: str) -> bool:
    parts = keyword.removesuffix("__in").split("__")
    return parts[-1] in _NAMES


def _model_in(node: ast.expr) -> str:
    """The model at the beginning of a chain `Model.objects.filter(…)`, or named itself; empty for a door's answer."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call) and any(map(_narrows, node.args)):
            return ""
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) and node.id in GUARDED else ""


def _narrows(node: ast.expr) -> bool:
    """Whether an argument is a condition that asks the table."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING


def all_fetches() -> set[str]:
    """Everything that pages and the API fetch by themselves."""
    return {str(one) for path in page_modules() for one in fetches(_name(path), path.read_text(encoding="utf-8"))}
