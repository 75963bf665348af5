"""Many hard forms of a layout from one seed: drawn by Hypothesis once, kept, and the same for every format."""

import hashlib
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from jixiao.form import Form, decode_forms, encode_forms
from jixiao.layout.families import load_families
from roundtrip import hard_forms
from roundtrip.hard_forms import GBK_RARE, RARE

FAMILIES = {family.id: family for family in load_families()}
PRINTED = tuple(name for name, family in FAMILIES.items() if family.printing)
LETTERS = {"gbk": GBK_RARE, "rare": RARE}
"""Which rare letters: those of GBK, which the fonts shipped have; or also those of later planes."""
LONGEST = (40, 40, 40, 40, 40, 300, 3000)
"""How long a text may get: now and then longer than a page."""


def contents(layout: str, letters: str, count: int, number: int, store: Path | None = None) -> tuple[Form, ...]:
    """So many forms of a layout, the same for the same number; kept in a folder, where one is given."""
    key = hashlib.sha256(Path(hard_forms.__file__).read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]
    kept = store / f"{layout}-{letters}-{count}-{number}-{key}.json" if store else None
    if kept and kept.is_file():
        return decode_forms(kept.read_bytes())
    made = _drawn(layout, LETTERS[letters], count, number)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(encode_forms(made))
    return made


def _drawn(layout: str, rare: str, count: int, number: int) -> tuple[Form, ...]:
    found: list[Form] = []
    one = st.sampled_from(LONGEST).flatmap(lambda longest: hard_forms.forms(FAMILIES[layout], rare, longest))

    @seed(number)
    @settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(one)
    def draw(form: Form) -> None:
        found.append(form)

    while len(found) < count:
        draw()
        number += 1
    return tuple(found[:count])
