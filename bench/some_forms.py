"""Forms for the benches of writers: generated, no two alike, so that nothing remembered flatters a figure."""

from collections.abc import Iterator
from pathlib import Path

from forms.content import make
from forms.truth import truth_of
from jixiao.layout.families import load_families
from jixiao.writing.official import lay_out
from jixiao.writing.paper.model import Document


def documents(count: int, layout: str = "shanghai") -> Iterator[Document]:
    """So many forms of a layout, laid out, each made when it is asked for."""
    family = next(family for family in load_families() if family.id == layout)
    return (lay_out(truth_of(make(seed, family), family), family).document for seed in range(count))


def most_memory() -> int:
    """The most memory that this process held since it began, in MB; what its parent held is not counted."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
