"""The rows C1 and C2 tell faults that are planted, and none where there is none."""

import json
import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
EXPECTED = {
    "nothing (C1)": "",
    "acknowledged first": "of them are lost",
    "named before written": "has its name and not its bytes",
    "blind sweep": "the sweep found 0",
    "nothing (C2)": "",
    "always done": "acknowledged, but",
    "of two parts": "neither before nor after",
    "wordless": "answered as an unknown failure",
}
"""Each planted fault, and words that tell it; none where nothing is planted."""


def test_planted_faults_are_told(tmp_path: Path) -> None:
    """An early acknowledgement, a torn file, a blind sweep, a false "done", a half act, a failure without words."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JIXIAO_DATA")}
    done = subprocess.run(
        [sys.executable, "-m", "drills.durable.planted", str(tmp_path)], capture_output=True, text=True, check=False,
        env=kept | {"PYTHONPATH": str(TESTS), "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.keys() == EXPECTED.keys()
    for name, words in EXPECTED.items():
        if words:
            assert any(words in fault for fault in told[name]), (name, told[name])
        else:
            assert told[name] == [], name
