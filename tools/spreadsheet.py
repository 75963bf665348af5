"""A spreadsheet engine of other people: the third opinion on scores where no LibreOffice is installed.

HyperFormula from npm, its hash pinned here, set up once under .tools/spreadsheet. It is used by a drill and never
shipped (its licence is GPL 3).
"""

import sys
import tempfile
from pathlib import Path

from tools.browser import HOUSE, _packed

PACKAGE, VERSION = "hyperformula", "3.0.0"
INTEGRITY = "fAmwxQnbo405llUZiLcnrQTWA26kmbWZk+Cn58PJrANJ/xHBk7ls0ilcNJRIJdti5Z6AqPVi0hZSKvHLbTYtyQ=="
"""SHA-512 of the npm package, base64: as the registry told on 2026-11-27."""


def engine() -> Path:
    """The script of the engine; fetched once.

    Raises:
        SystemExit: it could not be had.
    """
    place = HOUSE / ".tools" / "spreadsheet" / VERSION / "hyperformula.js"
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            if not _packed(PACKAGE, VERSION, INTEGRITY, Path(folder)):
                sys.exit(f"{PACKAGE} could not be fetched from npm, and there is no LibreOffice (soffice) in PATH.")
            (Path(folder) / "package" / "dist" / "hyperformula.full.min.js").replace(place)
    return place
