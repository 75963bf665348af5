"""A column whose texts are sealed: the program reads and writes them as they are, the database never sees them."""

from typing import Any, ClassVar, Final

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from jixiao.office.sealing.port import opened, seal

_ASKS: Final = ("exact", "isnull")


class SealedText(models.TextField):  # type: ignore[type-arg]  # Django has one type at run time
    """A sealed text. Whether it is empty can be asked in a query; what it holds cannot: each seal is different."""

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What is stored."""
        return super().get_db_prep_save(seal(value, self.about) if isinstance(value, str) else value, connection)

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """What was stored, opened."""
        return opened(value, self.about) if isinstance(value, str) else value

    @property
    def about(self) -> str:
        """What the texts are about: no seal of one column opens in another."""
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001 -- Django's public name for it

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether it is empty.

        Raises:
            FieldError: a query asks what it holds.
        """
        if lookup_name not in _ASKS:
            raise FieldError(f"{self.about} is sealed: no query can ask {lookup_name!r} of it")
        return _Empty if lookup_name == "exact" else super().get_lookup(lookup_name)


class _Empty(Exact):
    """Equal to the empty text, and to nothing else."""

    allowed: ClassVar = ("",)

    def get_prep_lookup(self) -> Any:
        """The empty text.

        Raises:
            FieldError: another is asked for.
        """
        if self.rhs not in self.allowed:
            raise FieldError("a sealed column can only be asked whether it is empty")
        return super().get_prep_lookup()
