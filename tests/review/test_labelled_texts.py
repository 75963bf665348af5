"""How often features are right on texts labelled by hand: those tuned on, those kept aside, fresh ones."""

import pytest

from review import labelled

ON_TRIAL = {"no_measure"}
"""Lists of features that only a check on trial reads."""


@pytest.mark.parametrize("half", labelled.HALVES)
@pytest.mark.parametrize("name", [name for name in labelled.JUDGES if name not in ON_TRIAL])
def test_what_is_marked_deserves_it(name: str, half: str) -> None:
    """Nine of ten texts that a feature marks deserve a question, and it marks at least half of those that do."""
    count = labelled.counts(name, half)
    assert count.right * 10 >= (count.right + count.wrong) * 9, count.faults
    assert count.right >= count.missed, count.faults


def test_a_feature_on_trial_is_there_for_a_reason() -> None:
    """A list that is left out above really has a feature that is wrong too often, so its check is on trial."""
    for name in ON_TRIAL:
        counts = [labelled.counts(name, half) for half in labelled.HALVES]
        right, wrong = sum(count.right for count in counts), sum(count.wrong for count in counts)
        assert right * 10 < (right + wrong) * 9


def test_the_texts_are_many_and_of_both_kinds() -> None:
    """Hundreds of texts, none twice in its list; every list has some of both kinds."""
    held = [labelled.lists(), labelled.lists()["fresh"]]
    texts = [
        text for lists in held for name in labelled.JUDGES for kind in ("ask", "leave") for text in lists[name][kind]
    ]
    assert len(texts) >= 500
    for lists in held:
        for name in labelled.JUDGES:
            of_list = lists[name]["ask"] + lists[name]["leave"]
            assert len(set(of_list)) == len(of_list), name
            assert min(len(lists[name]["ask"]), len(lists[name]["leave"])) >= 2, name
