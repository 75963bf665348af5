"""G4: every part is pinned with hashes, seven days old at least, of a licence we may run, listed, asked about."""

from pathlib import Path

from drills.row import Drill, Outcome, Row
from supply import parts as supply


def run(drill: Drill) -> Outcome:
    """Judge the requirement files; what cannot be asked for on this machine is told, and is no fault."""
    pinned, faults = 0, []
    for name in supply.PINNED:
        try:
            pinned += len(supply.parts(supply.HOUSE / "requirements" / f"{name}.txt"))
        except ValueError as error:
            faults.append(str(error))
    found = supply.parts()
    faults += [f"{name} names where packages come from" for name in supply.addresses(_files())]
    licences = {part.name: supply.licence(part.name) for part in found}
    faults += [f"{name} is under {text}" for name, text in licences.items() if supply.is_refused(text)]
    young, unknown = supply.too_new(supply.locked_on())
    faults += [f"{name} came on {day} and was not seven days old" for name, day in young.items()]
    flaws = supply.audit()
    faults += list(flaws.flaws)
    listed = len(supply.sbom(found)["components"])
    told = [f"{listed} parts listed", f"ages: {unknown or 'all known'}", f"{flaws.asked} asked about known flaws"]
    told += [f"NOT ASKED about {len(flaws.not_asked)}: {flaws.not_asked[0]}"] if flaws.not_asked else []
    return Outcome(pinned, tuple(faults), tuple(told))


def _files() -> list[Path]:
    return [*(supply.HOUSE / "requirements").iterdir(), supply.HOUSE / "pyproject.toml", supply.HOUSE / "dev"]


ROW = Row(
    id="G4", zh="依赖固定、带散列、满七天、已列清单", en="parts pinned by hash, seven days old, listed, asked about",
    ci=300, full=300, unit="pins", run=run,
)  # fmt: skip
