"""scoring 评分: form + rulebook → score sheet, every number with its derivation and clause.

scorer = Scorer(book)                    # compiled once
sheet = scorer.score(form)
scorer = Scorer(book, Extension(conditions={"JX101": "weights_total != 100"}))
sheet, result = scorer.run(form)         # one pass for scores and conditions
result.conditions["JX101"]
"""

from jixiao.scoring.columns import form_row, indicator_rows, pointer_of
from jixiao.scoring.evidence import EXECUTION, Attached, Item
from jixiao.scoring.labels import LabelReader
from jixiao.scoring.scorer import Extension, Features, Scorer, clause_of, program_of, score
from jixiao.scoring.sheet import Clause, Evidence, Line, ScoreSheet, Step, Supported, Text

__all__ = [
    "EXECUTION", "Attached", "Clause", "Evidence", "Extension", "Features", "Item", "LabelReader", "Line", "ScoreSheet",
    "Scorer", "Step", "Supported", "Text", "clause_of", "form_row", "indicator_rows", "pointer_of", "program_of",
    "score",
]  # fmt: skip
