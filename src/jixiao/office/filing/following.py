"""Filings follow their unit when a subtree of organisations moves."""

from jixiao.office.filing.models import Filing
from jixiao.office.people.tree import rewrite


def follow(old: str, new: str) -> None:
    """Write the paths of the filings anew."""
    rewrite(Filing.objects.all(), old, new)
