"""A small slice of the drill; `./dev drill` runs as many as you like."""

from hostile.drill import drill, table
from hostile.mutations import SAMPLES, mutants


def test_changed_files_get_their_verdict() -> None:
    """Files of every format with something changed inside are read or refused; no reader fails by an error of ours."""
    found = drill(10 * len(SAMPLES), seed=7)
    assert found.total() == 10 * len(SAMPLES)
    assert {name for name, _ in found} == set(SAMPLES)
    assert not [code for _, code in found if "inner error" in code or code == "nothing"]
    assert sum(number for (_, code), number in found.items() if code == "read") > len(SAMPLES)
    assert len(list(table(found))) == len(SAMPLES)


def test_mutants_are_the_same_for_the_same_seed() -> None:
    """A drill can be run again: the same seed makes the same files, another seed others."""
    assert list(mutants(16, 3)) == list(mutants(16, 3))
    assert list(mutants(16, 3)) != list(mutants(16, 4))
