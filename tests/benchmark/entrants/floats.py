"""Scores in binary fractions: pandas with 64 bits, OpenFisca with its 32, each as its users write such a formula."""

from pathlib import Path
from typing import Any

from benchmark.entrants.lines import Line, lines_of, write


def by_pandas(benchmark: Path, out: Path) -> None:
    """A data frame of float64, `round(2)` at the end."""
    import pandas as pd

    rows = list(lines_of(benchmark))
    frame = pd.DataFrame(_numbers(rows))
    share = frame["actual"] / frame["target"]
    share = share.where(~frame["upper"], 1 / share).clip(0, 1)
    _write(out, rows, (frame["weight"] * share).round(2))


def by_openfisca(benchmark: Path, out: Path) -> None:
    """Variables of a tax-benefit system, an entity a line; its numbers are float32 arrays."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    entity = build_entity(key="line", plural="lines", label="a line of a form", is_person=True)

    def variable(name: str, kind: type = float, **more: Any) -> type:
        held = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name, **more}
        return type(name, (Variable,), held)

    def formula(line: Any, period: Any, _: Any) -> Any:
        from numpy import around, minimum, where

        share = line("actual", period) / line("target", period)
        share = where(line("upper", period), 1 / share, share)
        return around(line("weight", period) * minimum(1, share), 2)

    system = TaxBenefitSystem([entity])
    names = ("weight", "target", "actual")
    system.add_variables(*map(variable, names), variable("upper", bool), variable("score", formula=formula))
    rows = list(lines_of(benchmark))
    simulation = SimulationBuilder().build_default_simulation(system, count=len(rows))
    for name, cells in _numbers(rows).items():
        simulation.set_input(name, "2024", cells)
    _write(out, rows, simulation.calculate("score", "2024"))


def _numbers(rows: list[Line]) -> dict[str, Any]:
    from numpy import array

    made = {name: array([float(row[at]) for row in rows]) for at, name in ((3, "weight"), (4, "target"), (5, "actual"))}
    return made | {"upper": array([row[2] in ("≤", "<") for row in rows])}


def _write(out: Path, rows: list[Line], points: Any) -> None:
    write(out, "scores", (
        {"form": row[0], "line": row[1], "score": f"{score:.2f}"} for row, score in zip(rows, points, strict=True)
    ))  # fmt: skip
