"""A whole form put in place of the filing's: the same indicators keep their keys, and the history tells every cell."""

from typing import Any

from jixiao.form import Form
from jixiao.office.filing.changing import difference
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.merging import Asked, Merged
from jixiao.office.filing.rows import keyed
from jixiao.office.filing.saving import Refused, Saved, editable, judged, write
from jixiao.office.look.words import say


def replace_form(user: Any, number: int, form: Form, base: int, kind: str) -> Saved:
    """Put a form in place of the one that was read.

    Args:
        user: who does it.
        number: of the filing.
        form: the new form.
        base: the version that was read; a form as a whole is not merged with what others did since.
        kind: how it came about, for the history.

    Raises:
        Http404: there is no such filing for this person.
        Refused: the person may not, the round or the state is past it, or the version is another by now (412).
    """
    filing = editable(user, number)
    if filing.version != base:
        raise _another_version(filing.version)
    held = record_of(filing)
    record, new, last_key = keyed(form, held, filing.last_key)
    changes = tuple(difference(held, record))
    if not changes:
        return Saved(filing, held, judged(filing, held), {})
    done = write(user, filing, Merged(record, changes, new, last_key), Asked(base=base), kind)
    if done is None:
        raise _another_version(filing.version)
    return done


def _another_version(version: int) -> Refused:
    words = say(
        f"这张表现在是第 {version} 版，与您读到的不同，没有保存。请重新读取后再改。",
        f"The form is at version {version} by now; nothing was saved. Read it again, then change it.",
    )
    return Refused(412, "version", words)
