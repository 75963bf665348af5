"""A form put right, field by field, in the order in which its numbers follow from one another."""

from jixiao.form import Form
from jixiao.review.context import NOTHING, Context
from jixiao.review.corrections.amounts import correct_amounts, correct_rate, correct_row_rates
from jixiao.review.corrections.model import Corrected
from jixiao.review.corrections.pen import Pen
from jixiao.review.corrections.points import correct_total_points, leave_headings
from jixiao.review.corrections.scores import correct_scores
from jixiao.review.corrections.standing import Standing
from jixiao.review.corrections.totals import correct_grade, correct_total_score
from jixiao.review.reviewer import Reviewer

_IN_ORDER = (
    correct_amounts, correct_rate, correct_row_rates, correct_total_points, leave_headings, correct_scores,
    correct_total_score, correct_grade,
)  # fmt: skip


def correct(form: Form, reviewer: Reviewer, context: Context = NOTHING) -> Corrected:
    """Put right what is arithmetic, or follows exactly from the form and the rule in force; say what does not.

    Args:
        form: the form as read.
        reviewer: of the book in force at its place and year.
        context: what is known beside the form, for the questions that keep a line's score from being touched.
    """
    features = reviewer.features(form, context)
    _, review = reviewer.reviewed(form, features, context)
    pen = Pen(Standing(reviewer, form, features), review.findings)
    for step in _IN_ORDER:
        step(pen)
    return pen.result()
