"""What all tests share: a fixed Hypothesis profile, so that a run on one machine is the run on every machine.

And the office's settings, with a data folder that goes when the tests end.
"""

import os
import tempfile
from pathlib import Path

import django
from django.conf import settings as office

import fixed_profile  # noqa: F401 -- registers it

_DATA = tempfile.TemporaryDirectory(prefix="jixiao-tests-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
os.environ["JIXIAO_DATA"] = _DATA.name
os.environ.setdefault("JIXIAO_RATE_LIMITS", "off")  # tests ask more often than people; some switch them on
django.setup()  # at once: conftest modules below import models
office.DATA = Path(_DATA.name)  # one of several processes of pytest has read the settings before, with another's folder
