"""The fixed profile of Hypothesis, so that a run on one machine is the run on every machine.

A plugin of pytest: `conftest.py` takes it, and so do runs that need no office (`-p fixed_profile --noconftest`).
"""

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    max_examples=100,
    database=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],  # explaining a failure can take minutes
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", settings.get_profile("fixed"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
