"""Many hard forms of a layout from one seed, the same for every format."""

from random import Random

from msgspec.structs import replace

from jixiao.form import Form
from jixiao.layout.families import load_families
from roundtrip.hard_forms import Hard
from roundtrip.words import GBK_RARE, RARE

FAMILIES = {family.id: family for family in load_families()}
PRINTED = tuple(name for name, family in FAMILIES.items() if family.printing)
LETTERS = {"gbk": GBK_RARE, "rare": RARE}
"""Which rare letters: those of GBK, which the fonts shipped have; or also those of later planes."""
LONGEST = (*(40,) * 10, 300, 300, 3000)
"""How long a text may get: now and then longer than a page."""


def contents(layout: str, letters: str, count: int, number: int) -> tuple[Form, ...]:
    """So many forms of a layout, the same for the same number; some have the name of the one before, some are it."""
    random = Random(f"{layout} {letters} {number}")  # noqa: S311 -- contents, no secrets
    made: list[Form] = []
    while len(made) < count:
        form = Hard(random, FAMILIES[layout], LETTERS[letters], random.choice(LONGEST)).form()
        turn = random.randrange(12)
        if made and turn == 0:
            form = made[-1]
        elif made and turn == 1:
            form = replace(form, project=replace(form.project, name=made[-1].project.name))
        made.append(form)
    return tuple(made)
