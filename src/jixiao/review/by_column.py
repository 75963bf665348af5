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
from itertools import repeat
from typing import TYPE_CHECKING, Final, Literal, get_args

from jixiao.form import Form
from jixiao.review.compiled import APPLIES
from jixiao.review.context import NOTHING, Context
from jixiao.review.reviewer import Answer, Reviewer

if TYPE_CHECKING:
    from jixiao.language.columns import Frames, Results
    from jixiao.language.columns.batch import Batch
    from jixiao.language.kernel import Home

ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
"""What the number of an answer means."""
SCORES: Final = ("execution_score", "total", "total_low", "grade_computed", "score", "low", "high", "agrees")
"""The named values of a score sheet."""


Engine = Literal["polars", "kernel"]
"""What computes: operations on whole columns, or one fused loop (extra `kernel`). Both give the same, cell for cell."""


class ColumnReviewer:
    """A reviewer's scores and answers by column. Make it once, use it for many forms.

    Attributes:
        engine: what computes.
        codes: the codes of the checks that are answered.
        columns: the program made ready for many forms.
    """

    def __init__(
        self,
        reviewer: Reviewer,
        values: Iterable[str] = SCORES,
        checks: Iterable[str] | None = None,
        engine: Engine = "polars",
        home: "Home | None" = None,
    ) -> None:
        """Plan the outputs.

        Args:
            reviewer: the compiled review.
            values: the named values to give.
            checks: the codes of the checks to answer; by default all, those on trial too.
            engine: what computes.
            home: where a kernel keeps what it compiled; by default it is compiled for this process alone.

        Raises:
            ColumnsMissingError: Polars is not installed.
            KernelMissingError: the engine is the kernel, and numba is not installed.
        """
        self._reviewer = reviewer
        self.engine = engine
        self.codes = list(reviewer.checks if checks is None else checks)
        answers = {code: code + APPLIES if reviewer.checks[code].applies else None for code in self.codes}
        program, level = reviewer.scorer.program, reviewer.scorer.closure.level
        stretched = [applies for code, applies in answers.items() if applies and level(code) == "indicator"]
        names = [*values, *self.codes]
        self.columns: Batch = (
            program.by_column(names, stretched, answers)
            if engine == "polars"
            else program.kernel(names, stretched, answers, home)
        )

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
        return self.columns.run(frames)
