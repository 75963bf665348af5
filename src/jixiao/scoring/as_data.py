"""Where columns come from, as data: for those who make rows of a form in another language."""

from collections.abc import Mapping
from typing import Final

from jixiao.scoring.columns import _DECLARED, _FORM_FIELDS, _INDICATOR_FIELDS
from jixiao.scoring.labels import _NOISE

DECLARED: Final[Mapping[str, str]] = _DECLARED
"""Columns of points that a heading declares, with the heading."""

FORM_FIELDS: Final[Mapping[str, str]] = _FORM_FIELDS
INDICATOR_FIELDS: Final[Mapping[str, str]] = _INDICATOR_FIELDS
"""Column → the field it comes from, where they differ in name."""

NOISE: Final[str] = _NOISE.pattern
"""What is taken out of a printed result before it is looked up among labels."""
