"""The wheel leg of the tests: build the wheel, install it alone with its pinned packages, run it on the seed."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
UV = HOUSE / ".tools" / "bin" / "uv"


def run(*command: object, allowed: tuple[int, ...] = (0,)) -> str:
    """Run a command and return what it printed; stop if its exit code is not an allowed one."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


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
        sys.stdout.write(f"{wheel.name}: installed alone, scored the seed\n")


if __name__ == "__main__":
    main()
