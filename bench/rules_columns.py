"""Speed of scores and checks by column (Polars), beside the closure form by form, plain Decimal, and rule engines.

`./dev bench rules_columns`. Forms have 12 indicators; 2,048 different ones are repeated to the counts named. All times
are processor time of one core (Polars is held to one thread), the best of several rounds. Rows and text features are
made once, as columns, and timed apart. Engines of other projects (zen-engine, CEL) run one rule a form, beside the same
rule in our closure and by column: with `--peers`. Goal: 100,000 forms a second and core for the numeric checks.
"""

import importlib.util
import os
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl
from msgspec.structs import replace

from jixiao.form import Form
from jixiao.language import Cell, Program
from jixiao.language.closure import generate
from jixiao.language.columns import Frames
from jixiao.language.ir import reachable
from jixiao.review import ColumnReviewer, Reviewer
from oracle import scorer as oracle
from oracle.right_forms import right_form
from review.bench_of_books import reviewer

DIFFERENT: Final = 2_048
LINES: Final = 12
GROWTH: Final = (1_000, 10_000, 100_000, 1_000_000)
FILE: Final = 100_000
"""Forms in one pair of frames; a million forms are ten of them, as a corpus keeps whole forms in files."""
RULE: Final = "f.executed > f.adjusted if f.adjusted > 0 else False"
Engine = tuple[str, Callable[[dict[str, Any]], object]]
Case = tuple[dict[str, Cell], list[dict[str, Cell]]]


def forms() -> list[Form]:
    """Different forms of 12 indicators."""
    made = [right_form(number) for number in range(DIFFERENT)]
    return [
        replace(form, indicators=(form.indicators + other.indicators * 3)[:LINES])
        for form, other in zip(made, reversed(made), strict=True)
    ]


def nanoseconds(work: Callable[[], object], rounds: int = 5) -> int:
    """The least processor time of one call."""
    best = 0
    for _ in range(rounds):
        start = time.process_time_ns()
        work()
        took = time.process_time_ns() - start
        best = min(best or took, took)
    return best


def repeated(frames: Frames, count: int) -> Frames:
    """The frames' forms over and over, up to so many."""
    size = len(frames.forms)
    times = -(-count // size)
    forms, rows = (
        pl.concat([frame.with_columns(pl.col("form.id") + size * at) for at in range(times)])
        .filter(pl.col("form.id") < count)
        .rechunk()
        for frame in (frames.forms, frames.indicators)
    )
    return Frames(forms, rows, frames.vocabulary)


def hundredths(value: int) -> str:
    """Hundredths as a number with two decimals."""
    return f"{value // 100}.{value % 100:02}"


def a_second(count: int, took: int) -> str:
    """Forms a second, in thousands."""
    return f"{count * 10**9 // took:>9,} forms/s"


def numeric(made: Reviewer) -> list[str]:
    """The checks that read no text."""
    program, known = made.scorer.program, made.scorer.program.scope.schema.columns
    return [
        code
        for code in made.checks
        if all(known[name[0]][name[2:]].kind != "text" for name in program.columns_of(code))
    ]  # fmt: skip


def review_by_column(made: Reviewer, cases: Sequence[Case]) -> None:
    """Scores and checks by column and form by form; how time grows with forms."""
    few = ColumnReviewer(made, checks=numeric(made))
    whole = ColumnReviewer(made)
    closure = made.scorer.closure
    one = nanoseconds(lambda: [closure(*case) for case in cases[:256]]) // 256
    for name, by_column in (("checks that read no text", few), ("all checks", whole)):
        frames = by_column.columns.frames(cases)
        many = repeated(frames, FILE)
        took = nanoseconds(lambda: by_column.run(many))  # noqa: B023 -- called at once
        print(
            f"{one * FILE // took:4} × the closure: scores and {name} ({len(by_column.codes)} of {len(made.checks)}): "
            f"{a_second(FILE, took)}; {len(reachable(by_column.columns.outputs.values()))} operations"
        )
    print(f"     the closure, form by form: {a_second(1, one)}")
    for count in GROWTH:
        files, rest = divmod(count, FILE)
        some = repeated(frames, FILE if files else rest)
        took = nanoseconds(lambda: [whole.run(some) for _ in range(max(1, files))], 1 if files > 1 else 3)  # noqa: B023
        print(f"     all checks, {count:>9,} forms: {took // 10**6:>7,} ms {a_second(count, took)}")


def making(made: Reviewer, sample: Sequence[Form]) -> list[Case]:
    """The rows of forms, with what it takes to make them and the columns."""
    features = [made.features(form) for form in sample]
    cases = [made.scorer.cells(form, known) for form, known in zip(sample, features, strict=True)]
    columns = ColumnReviewer(made).columns
    for name, work in (
        ("text features", lambda: [made.features(form) for form in sample[:256]]),
        ("rows", lambda: [made.scorer.rows(form) for form in sample[:256]]),
        ("columns from rows", lambda: columns.frames(cases[:256])),
    ):
        print(f"     {name}, once: {nanoseconds(work, 3) // 256 // 1000:>5} µs a form")
    return cases


def one_rule(made: Reviewer, cases: Sequence[Case], peers: Sequence[Engine]) -> None:
    """One rule a form: by column, by closure, by other engines."""
    program = Program(made.scorer.program.scope.schema, {})
    program.condition("it", RULE)
    closure, columns = program.closure(), program.by_column()
    some: list[Case] = [(row, []) for row, _ in cases]
    answers = [closure(*case).conditions["it"] for case in some]
    many = repeated(columns.frames(some), FILE)
    whole = nanoseconds(lambda: columns.run(many))
    bare = generate(columns.outputs.values()).run
    ours = nanoseconds(lambda: [bare(*case) for case in some]) // len(some)
    told = nanoseconds(lambda: [closure(*case).verdict("it") for case in some]) // len(some)
    print(f"one rule, `{RULE}`")
    print(f"     by column {a_second(FILE, whole)}; form by form {a_second(1, ours)}, as a result {a_second(1, told)}")
    for name, evaluate in peers:
        rows = [{"adjusted": row["adjusted"], "executed": row["executed"]} for row, _ in some]
        assert [evaluate(row) for row in rows] == answers
        took = nanoseconds(lambda: [evaluate(row) for row in rows]) // len(rows)  # noqa: B023
        one, many_ = (hundredths(took * 100 * count // time) for count, time in ((1, ours), (FILE, whole)))
        print(f"{one} × {name} form by form, {many_} × by column; {name} {a_second(1, took)}")


def engines() -> list[Engine]:
    """The engines that are installed, each with the rule compiled."""
    found: list[Engine] = []
    for name, module in (("zen-engine", "zen"), ("CEL (Rust)", "cel")):
        if importlib.util.find_spec(module) is None:
            print(f"     {name} is not installed here: ./dev bench --peers rules_columns")
    if importlib.util.find_spec("zen"):
        import zen

        found.append(("zen-engine", zen.compile_expression("adjusted > 0 and executed > adjusted").evaluate))
    if importlib.util.find_spec("cel"):
        import cel

        found.append(("CEL (Rust)", cel.compile("adjusted > 0 && executed > adjusted").execute))
    return found


def decimal_alone(sample: Sequence[Form]) -> int:
    """Nanoseconds a form of the plain Decimal oracle: scores only, no checks."""
    return (
        nanoseconds(lambda: [(oracle.standing(form), oracle.grade(oracle.total(form))) for form in sample[:64]]) // 64
    )


def scores_alone(made: Reviewer, cases: Sequence[Case], sample: Sequence[Form]) -> None:
    """Scores by column beside plain Decimal."""
    columns = ColumnReviewer(made, checks=()).columns
    many = repeated(columns.frames(cases), FILE)
    took, plain = nanoseconds(lambda: columns.run(many)), decimal_alone(sample)
    print(
        f"{plain * FILE // took:4} × plain Decimal, scores only: {a_second(FILE, took)}; Decimal {a_second(1, plain)}"
    )


def main() -> None:
    """Print the table."""
    made = reviewer()
    sample = forms()
    cases = making(made, sample)
    scores_alone(made, cases, sample)
    review_by_column(made, cases)
    one_rule(made, cases, engines())


if __name__ == "__main__":
    main()
