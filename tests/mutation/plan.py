"""Which tests are asked about a change, the likeliest to notice it first."""

from typing import Final

Stage = tuple[str, ...]
"""What pytest is given; a stage that has no test for a change says nothing."""

BOOKS: Final = "src/jixiao/rulebook/books/"
_LANGUAGE: Final = "src/jixiao/language/"
_PAGE: Final[Stage] = ("tests/language/test_language_javascript.py", "tests/equality/test_equality_javascript.py")
_COLUMNS: Final[Stage] = (
    "tests/language/test_language_columns.py",
    "tests/review/test_review_by_column.py",
    "tests/equality/test_equality_columns.py",
)
_CONTRACT: Final = "tests/rulebook/test_books_contract.py"
_SHELF: Final[Stage] = ("tests/rulebook", f"--ignore={_CONTRACT}")
_ORACLE: Final = "tests/oracle/test_scorer_against_oracle.py"
_LINES: Final[Stage] = (
    _ORACLE,
    "-k",
    "test_the_scorer_equals_the_oracle and (0] or 9000]) or changed_parameter or honest or every_kind",
)
_SCORING: Final[Stage] = (
    "tests/scoring/test_scoring_implied.py",
    "tests/scoring/test_scoring_rates.py",
    "tests/scoring/test_scoring_supported.py",
    "tests/scoring/test_scoring_kinds.py",
    "tests/scoring/test_scoring_columns.py",
    "tests/scoring/test_scoring_methods.py",
    "tests/scoring/test_scoring_books.py",
    "tests/scoring/test_scoring_lines.py",
    "tests/scoring/test_scoring_seed.py",
)
_EXAMPLES: Final[Stage] = ("tests/review/test_examples.py", "tests/review/test_check_pages.py")
_WHOLE: Final[Stage] = (
    "tests/review/test_seed_questions.py",
    "tests/review/test_reviewer.py",
    "tests/review/test_review_beside.py",
    "tests/review/test_review_whatif.py",
    "tests/review/test_no_line_unasked.py",
    "tests/review/test_published_errors.py",
    "tests/acceptance/test_whatif_cli.py",
    "tests/desk/test_explaining.py",
    "tests/desk/test_page_rules.py",
    "tests/properties/test_derivations.py",
    "tests/properties/test_scoring_laws.py",
)
_PLACES: Final[Stage] = (_ORACLE, "-k", "every_place")
_NEAR: Final[dict[str, Stage]] = {
    "explain.py": ("tests/language/test_language_explain.py", "tests/language", "tests/properties/test_derivations.py"),
    "result.py": ("tests/language/test_language_values.py", "tests/language/test_language_nulls.py"),
    "javascript/": _PAGE,
    "columns/": _COLUMNS,
}
_RULES: Final[Stage] = (
    "tests/language/test_language_intervals.py",
    "tests/language/test_language_bounds.py",
    "tests/language/test_language_values.py",
    "tests/language/test_language_nulls.py",
    "tests/language/test_language_flow.py",
    "tests/language/test_language_errors.py",
    "tests/language/test_language_closure.py",
    "tests/language/test_language_explain.py",
    "tests/language/test_language_columns.py",
)


def stages(file: str) -> list[Stage]:
    """The stages for a change in a file: one after the other until a test fails."""
    if file.startswith(BOOKS):
        return _of_book(file.removeprefix(BOOKS).split("/")[0])
    after: list[Stage] = [(_CONTRACT,), _LINES, _SHELF, _EXAMPLES, _WHOLE]
    if not file.startswith(_LANGUAGE):
        return [_SCORING, *after, _PLACES, (*_PAGE, *_COLUMNS)]
    name = file.removeprefix(_LANGUAGE)
    own = next((stage for start, stage in _NEAR.items() if name.startswith(start)), _RULES)
    if own in (_PAGE, _COLUMNS):  # nothing else runs these back ends
        return [own[:1], own[1:]]
    return [own, ("tests/language",), _SCORING, *after, (*_PAGE, *_COLUMNS)]


def _of_book(place: str) -> list[Stage]:
    """Its own worked cases first; then what every book has, and the oracle under what the place sets."""
    own: Stage = (_CONTRACT,) if place == "cn" else (_CONTRACT, "-k", place)
    oracle = [_LINES, _PLACES] if place == "cn" else [(_ORACLE, "-k", place)]
    return [own, _SCORING, *oracle, _EXAMPLES, _SHELF, _WHOLE]
