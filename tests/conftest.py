"""What all tests share: a fixed Hypothesis profile, so that a run on one machine is the run on every machine.

And the office's settings, with a data folder that goes when the tests end.
"""

import os
import tempfile
from pathlib import Path

import django
from django.conf import settings as office
from hypothesis import HealthCheck, Phase, settings

_DATA = tempfile.TemporaryDirectory(prefix="jixiao-tests-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
os.environ["JIXIAO_DATA"] = _DATA.name
os.environ.setdefault("JIXIAO_RATE_LIMITS", "off")  # tests ask more often than people; some switch them on
django.setup()  # at once: conftest modules below import models
office.DATA = Path(_DATA.name)  # one of several processes of pytest has read the settings before, with another's folder

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
