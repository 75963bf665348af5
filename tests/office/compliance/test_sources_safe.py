"""What no source may hold: text marked as safe, SQL put together, shells, evaluated text, weak ciphers."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import jixiao

PACKAGE: Final = Path(jixiao.__file__).parent
SOURCES: Final = sorted(PACKAGE.rglob("*.py"))
PAGES: Final = sorted(PACKAGE.rglob("*.html"))
SCRIPTS: Final = sorted(PACKAGE.rglob("*.js"))

MARKS_SAFE: Final = {
    "office/filing/drawing.py", "office/filing/pages/form.py", "writing/show/page.py", "writing/html/bilingual.py",
    "writing/original/office/package.py",
}  # fmt: skip
"""A table whose every cell jinja2 escaped; JSON whose ends of elements are escaped; pages of the desk in one file, each
text escaped before it is put in (tests/writing/test_html_page.py); a package's own markup."""
SPEAKS_SQL: Final = ("office/journal/", "office/backup/", "corpus/publishing/database.py")
"""Put names of their own triggers, tables and columns into statements, nothing of people."""
ENCRYPTS: Final = ("office/sealing/", "office/backup/keys.py")
"""Fields of people; keys in a backup under a passphrase."""
COMPILES: Final = {"language/closure.py", "language/kernel/compiled.py"}
"""Rules of a book, from a checked tree of our own language, never from their text."""
SPEAKS: Final = (
    "office/jobs/", "office/serve/", "reading/", "office/journal/", "desk/corpus/standing/", "corpus/bucket.py",
    "corpus/engines/probe.py", "desk/corpus/fetching.py",
)  # fmt: skip
"""Rooms that know sockets: which port is free, which machine this is, pipes of the confined child, the process that
tries rules (a socket of this machine in the data folder), a corpus in a bucket or built from an address that a person
named, which machine of a cluster answers. None of the latter is reached from the office."""


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a source, by the last name of what is called."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            whole = ast.unparse(node.func)
            yield whole, node


def where(file: Path) -> str:
    """A source below the package."""
    return file.relative_to(PACKAGE).as_posix()


def found(is_it: Callable[[str, ast.Call], bool]) -> dict[str, list[str]]:
    """The calls of a kind, by source."""
    told: dict[str, list[str]] = {}
    for file in SOURCES:
        hits = [ast.unparse(node)[:80] for name, node in calls(file) if is_it(name, node)]
        if hits:
            told[where(file)] = hits
    return told


def test_no_page_marks_text_as_safe() -> None:
    """Templates escape everything; two sources mark text that they have escaped themselves."""
    pages = [file.name for file in PAGES if re.search(r"\|\s*safe\b|autoescape\s+(off|false)", file.read_text("utf-8"))]
    assert pages == []
    assert set(found(lambda name, _: name.endswith(("mark_safe", "SafeString", "Markup")))) == MARKS_SAFE


def test_sql_is_written_in_few_places_and_never_put_together_from_input() -> None:
    """A statement is a constant text, its values beside it; no raw query of the ORM anywhere."""
    raw = found(lambda name, _: name.rsplit(".", 1)[-1] in ("RawSQL", "extra") or name.endswith("objects.raw"))
    assert raw == {}
    made = found(lambda name, node: name.endswith((".execute", ".executemany")) and not _is_constant(node))
    assert [each for each in made if not each.startswith(SPEAKS_SQL)] == [], made


def _is_constant(node: ast.Call) -> bool:
    if not node.args:
        return True
    first = node.args[0]
    return isinstance(first, ast.Constant) or (isinstance(first, ast.Name | ast.Attribute) and not _is_made(first))


def _is_made(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.BinOp | ast.Call)


def test_no_shell_and_nothing_evaluated() -> None:
    """No shell, no text run as a program, a template, a pickle or a path: what comes from people stays data."""
    evil = {"eval", "exec", "os.system", "os.popen", "compile", "pickle.loads", "pickle.load", "marshal.loads"}
    assert set(found(lambda name, _: name in evil or name.endswith(("from_string", ".etree.XPath")))) == COMPILES
    shells = found(lambda _, node: any(each.arg == "shell" for each in node.keywords))
    assert shells == {}


def test_few_rooms_may_speak_to_others() -> None:
    """Nothing of ours opens connections: the database, mail and the provider are reached by their libraries alone."""
    speakers = re.compile(r"\n\s*(?:import|from) (requests|urllib\.request|http\.client|smtplib|socket|ftplib)\b")
    told = {where(file) for file in SOURCES if speakers.search(file.read_text(encoding="utf-8"))}
    assert {each for each in told if not each.startswith(SPEAKS)} == set()


def test_scripts_write_text_as_text() -> None:
    """No script of ours puts text in as markup, evaluates it, or listens to other windows."""
    evil = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|srcdoc"
    )
    assert [where(file) for file in SCRIPTS if evil.search(file.read_text(encoding="utf-8"))] == []
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|\son[a-z]+=\"|style=\"|javascript:"
    )
    office = [file for file in PAGES if "office" in where(file)]
    assert [where(file) for file in office if inline.search(file.read_text(encoding="utf-8"))] == []


def test_weak_hashes_are_used_nowhere() -> None:
    """Neither MD5 nor SHA-1, for whatever purpose."""
    weak = found(lambda name, _: name.rsplit(".", 1)[-1].lower() in ("md5", "sha1"))
    assert weak == {}


def test_ciphers_are_used_in_one_place_with_approved_modes() -> None:
    """Whatever is encrypted is encrypted in two places, by an authenticated mode; nothing by bare ECB or CBC."""
    users = {where(file) for file in SOURCES if re.search(r"primitives\.ciphers|fernet", file.read_text("utf-8"))}
    assert all(each.startswith(ENCRYPTS) for each in users), users
    assert found(lambda name, _: name.endswith(("modes.ECB", "modes.CBC", "PKCS1v15"))) == {}
