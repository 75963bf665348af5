"""The wheel leg of the tests: build the wheel, install it alone, run it on the seed, serve the demo office from it."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
UV = HOUSE / ".tools" / "bin" / "uv"

PAGES = {"": "password", "accounts/login/": "password", "static/look/office.css": "@layer"}
"""Pages of the office and a word of each."""


def run(*command: object, allowed: tuple[int, ...] = (0,)) -> str:
    """Run a command and return what it printed; stop if its exit code is not an allowed one."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def office(jixiao: Path, there: Path) -> str:
    """Serve the demo office from a folder that is not the house; what it printed first, once its pages answered."""
    command = [str(jixiao), "serve", "--demo", "--lang", "en", "--data", str(there / "data"), "--port", "0"]
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DATABASE_", "PYTHON"))
    }
    with subprocess.Popen(command, cwd=there, env=kept, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603
        try:
            lines = greeting(running)
            found = re.search(r"http://[0-9.:]+/", "\n".join(lines))
            if not found or "clerk" not in "\n".join(lines):
                sys.exit("the installed wheel did not serve the demo office:\n" + "\n".join(lines))
            for page, word in PAGES.items():
                with urllib.request.urlopen(found.group() + page, timeout=30) as answer:  # noqa: S310 -- our own server
                    if word not in answer.read().decode():
                        sys.exit(f"/{page} of the installed wheel's office lacks {word}")
        finally:
            running.send_signal(signal.SIGTERM)
        if running.wait(30):
            sys.exit(f"the office did not stop cleanly: exit {running.returncode}")
    return lines[0]


def greeting(running: "subprocess.Popen[str]") -> list[str]:
    """The lines that the office prints once it is there."""
    lines: list[str] = []
    while running.stdout is not None and (line := running.stdout.readline()):
        lines.append(line.rstrip())
        if "Ctrl-C" in line:
            break
    return lines


def main() -> None:
    """Build, install, run; the seed's seven forms must come out with claimed and recomputed 100."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", there)
        wheel = next(there.glob("*.whl"))
        run(UV, "venv", "--quiet", "--python", sys.executable, there / "env")
        binaries = there / "env" / ("Scripts" if os.name == "nt" else "bin")
        install = (UV, "pip", "install", "--quiet", "--python", binaries / "python")
        run(*install, "--require-hashes", "-r", HOUSE / "requirements" / "run.txt")
        run(*install, "--no-deps", "--no-index", wheel)
        seed = HOUSE / "examples" / "shanghai-2024.txt"
        printed = run(binaries / "jixiao", "check", seed, "--format", "json", allowed=(1,))
        forms = [form for file in json.loads(printed)["files"] for form in file["forms"]]
        scores = [form["computed"]["score"] for form in forms]
        if scores != ["100.00"] * 7:
            sys.exit(f"the installed wheel scored the seed {scores}, not seven times 100.00")
        served = office(binaries / "jixiao", there)
        sys.stdout.write(f"{wheel.name}: installed alone, scored the seed, served the demo office ({served})\n")


if __name__ == "__main__":
    main()
