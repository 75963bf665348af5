"""Kernels that are kept: what one process compiled is right in another, whatever else that one loads."""

import json
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
RUN = """
import json, sys
from jixiao.corpus.scoring.home import home_in
from language.rule_bench import FORM, indicator, program

given = []
for step in map(int, sys.argv[2:]):
    rules = {f"v{at}": f"min(i.x, {at}) + {step}" for at in range(24)}  # enough to be a function of its own
    kernel = program(**rules).kernel(home=home_in(sys.argv[1]))
    results = kernel.run(kernel.frames([(FORM, [indicator(x=5)])]))
    given.append(results.indicators["v20"].to_list())
print(json.dumps(given))
"""


def given(home: Path, *steps: int) -> list[object]:
    """What the kernels of some programs give, in a process of its own."""
    command = [sys.executable, "-c", RUN, str(home), *map(str, steps)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TESTS)  # noqa: S603
    found: list[object] = json.loads(done.stdout)
    return found


def test_kernels_kept_by_two_processes_stay_apart_in_a_third(tmp_path: Path) -> None:
    """Each of two programs gives its own numbers where they meet, though both were the first of their process."""
    assert given(tmp_path, 1) == [[105]]
    assert given(tmp_path, 2, 1) == [[205], [105]]
