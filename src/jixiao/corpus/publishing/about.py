"""What a published corpus says of itself: title, licence, publisher, where it came from."""

from typing import Any, Final

from msgspec import Struct

OPEN_DATA_SCHEMA: Final = "jixiao/open-data/1"


class Licence(Struct, frozen=True):
    """Under which terms the data may be used; an empty name where none is stated.

    Attributes:
        name: as the Open Definition names it, "CC-BY-4.0".
        title: what people call it.
        path: the address of its text.
    """

    name: str = ""
    title: str = ""
    path: str = ""

    @property
    def described(self) -> dict[str, str]:
        """What is stated of it."""
        named = {"name": self.name, "title": self.title, "path": self.path}
        return {key: value for key, value in named.items() if value}


class About(Struct, frozen=True):
    """The whole.

    Attributes:
        title: in people's language.
        publisher: who publishes it; empty for nobody named.
        home: the address at which the site will be read; empty for none.
        licence: the terms.
        digest: SHA-256 of the corpus it was made from.
        program: name and version of what made it.
        forms: how many forms.
    """

    title: str
    publisher: str
    home: str
    licence: Licence
    digest: str
    program: str
    forms: int

    @property
    def description(self) -> str:
        """What it is, in both languages."""
        return (
            "项目支出绩效自评表、按规则重算的结果与提出的问题。 "
            "Self-evaluation forms of project spending, what the rules give for them, and the questions asked."
        )

    @property
    def provenance(self) -> dict[str, Any]:
        """From what it was made, and by what."""
        return {"schema": OPEN_DATA_SCHEMA, "corpus_sha256": self.digest, "program": self.program, "forms": self.forms}
