"""LibreOffice and the browsers as producers: files converted by programs that a machine may lack."""

import importlib
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_BATCH = 25
_SECONDS = 600
_FILTERS = {"html": "html:XHTML Calc File:UTF8"}


def missing_soffice() -> str:
    """Empty where LibreOffice is installed, else what is missing."""
    return "" if shutil.which("soffice") else "soffice (LibreOffice)"


def missing_chromium() -> str:
    """Empty where Chromium is installed, else what is missing."""
    return "" if _chromium() else "chromium"


def missing_weasyprint() -> str:
    """Empty where WeasyPrint can be imported, else what is missing."""
    return "" if importlib.util.find_spec("weasyprint") else "weasyprint (requirements/peers.txt)"


def missing_pdftotext() -> str:
    """Empty where poppler's pdftotext is installed, else what is missing."""
    return "" if shutil.which("pdftotext") else "pdftotext (poppler)"


def _chromium() -> str | None:
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def convert(files: Sequence[bytes], source: str, target: str) -> list[bytes]:
    """Files of one ending as files of another, by LibreOffice, many in one run.

    Raises:
        RuntimeError: it made no file of one of them.
    """
    made: list[bytes] = []
    for start in range(0, len(files), _BATCH):
        made += _converted(files[start : start + _BATCH], source, target)
    return made


def _converted(files: Sequence[bytes], source: str, target: str) -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        paths = [folder / "in" / f"{index:04}.{source}" for index in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--infilter=HTML (StarWriter)"] if source == "html" and target in ("pdf", "docx") else []
        command += ["--convert-to", target, "--outdir", str(folder / "out"), *map(str, paths)]
        _run(command)
        return [_result(folder / "out" / f"{path.stem}.{target}") for path in paths]


def _run(command: Sequence[str], data: bytes = b"") -> bytes:
    """What a program prints; it is one of the few named here, and its arguments are ours."""
    done = subprocess.run(command, input=data, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
    return done.stdout


def _result(path: Path) -> bytes:
    if not path.is_file():
        raise RuntimeError(f"LibreOffice made no {path.name}")
    return path.read_bytes()


def chromium_pdf(pages: Sequence[bytes]) -> list[bytes]:
    """HTML pages printed to PDF by Chromium, one after another.

    Raises:
        RuntimeError: it made no file.
    """
    made = []
    for page in pages:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "page.html").write_bytes(page)
            command = [
                str(_chromium()), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
                f"--print-to-pdf={folder}/page.pdf", f"file://{folder}/page.html",
            ]  # fmt: skip
            _run(command)
            made.append(_result(folder / "page.pdf"))
    return made


def weasyprint_pdf(pages: Sequence[bytes]) -> list[bytes]:
    """HTML pages printed to PDF by WeasyPrint."""
    weasyprint: Any = importlib.import_module("weasyprint")
    return [bytes(weasyprint.HTML(string=page.decode()).write_pdf()) for page in pages]


def pdftotext(files: Sequence[bytes]) -> list[bytes]:
    """The text of PDFs in content order, by poppler."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    return [_run(command, data) for data in files]
