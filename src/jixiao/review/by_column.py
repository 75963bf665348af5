"""Many forms at once: scores and the answers of all checks as columns; what `Reviewer` says of each form by itself.

    by_column = ColumnReviewer(reviewer)
    frames = by_column.frames(forms)          # rows and text features, once; kept, they serve every book like this one
    answers = by_column.run(frames)
    answers.forms["JX101"]                    # 0 pass, 1 finding, 2 not applicable, 3 cannot decide: see ANSWERS
    answers.forms["total"]                    # the score, times 100
    answers.indicators                        # the same for each indicator, with form.id and row.at

Needs the extra `columns`.
"""

from collections.abc import Iterable
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Final, get_args

from jixiao.form import Form
from jixiao.review.compiled import APPLIES
from jixiao.review.context import NOTHING, Context
from jixiao.review.reviewer import Answer, Reviewer

if TYPE_CHECKING:
    import polars as pl

    from jixiao.language.columns import Frames, Results

ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
"""What the number of an answer means."""
SCORES: Final = ("execution_score", "total", "total_low", "grade_computed", "score", "low", "high", "agrees")
"""The named values of a score sheet."""


class ColumnReviewer:
    """A reviewer's scores and answers by column. Make it once, use it for many forms."""

    def __init__(self, reviewer: Reviewer, values: Iterable[str] = SCORES, checks: Iterable[str] | None = None) -> None:
        """Plan the outputs.

        Args:
            reviewer: the compiled review.
            values: the named values to give.
            checks: the codes of the checks to answer; by default all, those on trial too.

        Raises:
            ColumnsMissingError: Polars is not installed.
        """
        self._reviewer = reviewer
        codes = list(reviewer.checks if checks is None else checks)
        self._applies = {code: code + APPLIES for code in codes if reviewer.checks[code].applies}
        level = reviewer.scorer.closure.level
        stretched = [applies for code, applies in self._applies.items() if level(code) == "indicator"]
        self.codes = codes
        names = [*values, *codes, *self._applies.values()]
        self.columns = reviewer.scorer.program.by_column(names, stretched)

    def frames(self, forms: Iterable[Form], contexts: Iterable[Context] | None = None, first: int = 0) -> "Frames":
        """Rows and features of forms as columns.

        Args:
            forms: the forms; they are numbered from `first`.
            contexts: what is known beside each; nothing by default.
            first: the number of the first form.
        """
        scorer, features = self._reviewer.scorer, self._reviewer.features
        pairs = zip(forms, contexts or repeat(NOTHING))  # noqa: B905 -- one side may be endless
        return self.columns.frames(
            (scorer.cells(form, features(form, context), context.evidence) for form, context in pairs), first
        )

    def run(self, frames: "Frames") -> "Results":
        """Scores and answers of all forms; the column of a check holds the numbers of its answers."""
        results = self.columns.run(frames)
        forms, indicators = (self._answered(frame) for frame in (results.forms, results.indicators))
        return type(results)(forms, indicators, results.vocabulary, results.unheld)

    def _answered(self, frame: "pl.DataFrame") -> "pl.DataFrame":
        told = {series.name: series for series in frame.get_columns()}
        for code in self.codes:
            if code in told:
                told[code] = _answers(told[code], told.pop(self._applies.get(code, ""), None))
        return type(frame)(told)


def _answers(fires: "pl.Series", applies: "pl.Series | None") -> "pl.Series":
    """The numbers of the answers of one check, decided in the order in which `Reviewer` decides."""
    decided = _number("finding").zip_with(fires if applies is None else fires & applies, _number("cannot decide"))
    decided = _number("pass").zip_with(~fires, decided)
    return decided if applies is None else _number("not applicable").zip_with(~applies, decided)


@cache
def _number(answer: Answer) -> "pl.Series":
    """The number of an answer as a column of one cell."""
    import polars as pl

    return pl.Series([ANSWERS.index(answer)], dtype=pl.UInt8)
