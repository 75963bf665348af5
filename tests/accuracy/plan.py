"""Which documents are measured: every producer, format, layout, look and wear, chosen by one seed."""

from collections.abc import Iterator

from forms.dice import Dice
from forms.documents import FAMILIES
from forms.habits import draw
from forms.producers import PRODUCERS
from forms.specimens import LOOKS, Picture, Specimen
from forms.splits import FIRST_HELD_OUT_VARIANT, HELD_OUT_LOOKS, SCANNED_HELD_OUT
from forms.wear import WEARS

_MOST_HABITS = 3
_LOOKED_AT = ("PDF", "OFD", "DOCX", "HTML")
"""Formats whose look can change what is read."""
_SCANNED_TUNED = ("typst", "fpdf2")
_PLAIN_LOOKS = ("full", "full", "full", "shaded", "thin", "tight")
_PICTURES: tuple[tuple[Picture, str], ...] = (
    *(("scan PDF", wear) for wear in WEARS if wear != "low100"),
    ("scan PDF", "low100"), ("PNG", "clean200"), ("PNG", "noisy200"), ("JPEG", "photo200"), ("JPEG", "seal200"),
    ("TIFF", "fax200"), ("TIFF", "office200"),
)  # fmt: skip


def plan(seed: int, rounds: int) -> Iterator[Specimen]:
    """All specimens.

    Args:
        seed: of all choices.
        rounds: how often each producer prints each family; each picture is made of half as many pages.
    """
    yield from _digital(seed, rounds)
    yield from _pictured(seed, rounds)


def _digital(seed: int, rounds: int) -> Iterator[Specimen]:
    for number, producer in enumerate(PRODUCERS):
        dice = Dice(f"plan:{seed}:{producer}")
        looks = dice.sample(LOOKS, len(LOOKS))
        for index, family in enumerate(list(FAMILIES) * rounds):
            look = looks[index % len(looks)] if producer[0] in _LOOKED_AT and dice.chance(60) else "full"
            yield _specimen(dice, producer, family, seed * 10_000 + number * 100 + index, look=look)
        for index, family in enumerate(dice.sample(tuple(FAMILIES), 3 * rounds)):
            held = FIRST_HELD_OUT_VARIANT + dice.below(900)
            yield _specimen(dice, producer, family, seed * 10_000 + number * 100 + 50 + index, layout=held)


def _pictured(seed: int, rounds: int) -> Iterator[Specimen]:
    for number, (picture, wear) in enumerate(_PICTURES):
        dice = Dice(f"plan:{seed}:{picture}:{wear}")
        families = dice.sample(tuple(FAMILIES), min(3 + 3 * rounds, len(FAMILIES)))
        for index, family in enumerate(families):
            held = index % 3 == 2
            name = dice.choice(SCANNED_HELD_OUT if held else _SCANNED_TUNED)
            look = dice.choice(tuple(look for look in _PLAIN_LOOKS if look not in HELD_OUT_LOOKS))
            number_of = seed * 10_000 + 5_000 + number * 100 + index
            made = _specimen(dice, ("PDF", name), family, number_of, look=look, picture=picture, wear=wear)
            yield made


def _specimen(
    dice: Dice, producer: tuple[str, str], family: str, seed: int, *,
    look: str = "full", layout: int = 0, picture: Picture = "", wear: str = "",
) -> Specimen:  # fmt: skip
    single = family == "department" or bool(picture)
    return Specimen(
        family=family,
        seed=seed,
        producer=producer,
        look=look,
        habits=draw(dice, _MOST_HABITS),
        variant=layout,
        picture=picture,
        wear=wear,
        forms=1 if single else dice.choice((1, 1, 1, 2, 3)),
        listed=not single and dice.chance(12),
        many=not single and dice.chance(12),
    )
