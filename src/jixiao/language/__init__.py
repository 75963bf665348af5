"""language 规则语言: rule text → typed, exact integer form → a Python closure that keeps every named value.

A text is one expression in a small subset of Python's syntax:

- names: `f.x` form column, `i.x` indicator column, `p.x` parameter of the book, `x` a value named before;
- `+ - * /`, chained comparisons, `and or not`, `a if c else b`, `in ("…", …)`, `is None`, `is not None`;
- `min max abs round floor sum count any all blank case`; `case(x, {"≥": a, "≤": b}, default)`;
- whole and decimal numbers (exact, digit for digit), texts, `True False None`.

Numbers are exact rationals. A divisor must be proved positive (`a / b if b > 0 else None`); `sum` takes only what was
rounded. A null makes what is computed from it null; `and or not` are three-valued; `if` takes its second branch on
null; `sum` and `count` leave nulls out, `any` and `all` are null where a null decides. Whether an expression stands for
the form or for each indicator follows from `i.`; aggregates (`sum count any all`) run over the indicators.

    schema = Schema(form=[Column("adjusted", scale=2, high=Decimal(10) ** 12, nullable=True)], indicator=[…])
    program = Program(schema, {"places": 2})
    program.let("rate", "f.executed / f.adjusted if f.adjusted > 0 else None", zh="执行率", en="rate")
    program.condition("JX001", "rate > 1")
    run = program.closure()
    result = run({"adjusted": 10000, "executed": 9950}, [])
    result.form["rate"]            # Fraction(199, 200); Decimal where a value was rounded
    result.conditions["JX001"]     # False; a list, one an indicator, for a condition on indicators; None: unknown
    result.needs("JX001")          # the empty columns responsible, when it is None: ("f.adjusted",)
    run.explain(result, "rate")    # ("执行率 = …", "rate = …")
"""

from jixiao.language.errors import ColumnsMissingError, KernelMissingError, RuleError
from jixiao.language.program import Closure, Program
from jixiao.language.result import Named, Result, Values, Verdict
from jixiao.language.schema import Cell, Column, Schema

__all__ = [
    "Cell", "Closure", "Column", "ColumnsMissingError", "KernelMissingError", "Named", "Program", "Result", "RuleError",
    "Schema", "Values", "Verdict",
]  # fmt: skip
