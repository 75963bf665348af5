"""review 审查: checks as pages, features, findings as questions. Takes texts and forms; opens no file.

checks, lexicons = load_checks(pages), load_lexicons(words)      # file name → TOML, handed in
reviewer = Reviewer(book, checks, lexicons)                      # compiled once
sheet, review = reviewer.review(form, Context(last_year=before))
review.findings[0].ask.zh
"""

from jixiao.review.by_column import ANSWERS, ColumnReviewer
from jixiao.review.context import Context, Peers, Similar, Spread
from jixiao.review.fairness import Fairness
from jixiao.review.lexicon import Lexicons, load_lexicons
from jixiao.review.page import Check, Checks, Example, load_check, load_checks
from jixiao.review.refusal import PageRefusedError
from jixiao.review.reviewer import Answer, Reviewer
from jixiao.review.specimen import specimen
from jixiao.review.verdict import Family, Finding, Review, Severity, Undecided

__all__ = [
    "ANSWERS", "Answer", "Check", "Checks", "ColumnReviewer", "Context", "Example", "Fairness", "Family", "Finding",
    "Lexicons", "PageRefusedError", "Peers", "Review", "Reviewer", "Severity", "Similar", "Spread", "Undecided",
    "load_check", "load_checks", "load_lexicons", "specimen",
]  # fmt: skip
