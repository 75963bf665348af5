"""The labels of varied forms held against the forms themselves: scored again, and asked about again.

A label was given to a base form. Its variants keep it because their ratios are the same; that they are is shown on a
sample: the lawful scores by the plain Decimal oracle, and every question of our own checks, must be those of the base.
"""

from collections.abc import Iterable, Iterator, Sequence

from benchmark.truth import scores
from benchmark.varying import Mould
from forms.dice import Dice
from jixiao.form import Form, decode_form
from review import bench_of_books


def differences(made: Sequence[Mould], sample: Iterable[tuple[int, int]]) -> Iterator[str]:
    """What differs between variants and their bases; nothing, if the labels are true.

    Args:
        made: the moulds.
        sample: which: number of the mould, number of the variant.
    """
    for at, number in sample:
        base, varied = made[at].base, decode_form(made[at].variant(number).encode())
        if scores(varied) != scores(base.form):
            yield f"mould {at}, variant {number}: other scores"
        if other := _asked(varied) ^ _asked(base.form):
            yield f"mould {at}, variant {number} of {base.kind} {base.code}: {sorted(other)}"


def drawn(count: int, forms: int, made: Sequence[Mould], seed: int) -> Iterator[tuple[int, int]]:
    """So many forms of a benchmark, drawn at random, as moulds and variants."""
    dice = Dice(f"proof {seed} {forms}")
    for _ in range(count):
        number = dice.below(forms)
        yield number % len(made), number // len(made)


def _asked(form: Form) -> set[tuple[str, str]]:
    _, review = bench_of_books.reviewer("cn").review(form)
    return {(finding.code, finding.pointer) for finding in review.findings}
