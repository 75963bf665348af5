"""What a request of the office costs the processor, beside a plain Django form of the same text in the same run.

In one process, through all middleware, on a SQLite file: a save with scoring and checks, the form page, my work, the
department overview of many forms, a published project page. The peer is what Django gives for nothing: a ModelForm over
the same text column, validated and saved in a transaction, without scores, checks, history or conflicts.
"""

import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SEED = Path(__file__).resolve().parents[1] / "examples" / "shanghai-2024.txt"
ROUNDS = 40
FORMS = 5000
"""How many forms the overview is over; another number as argument."""


def main() -> None:
    """Make the office, take turns, print the table."""
    forms = int(sys.argv[1]) if len(sys.argv) > 1 else FORMS
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        os.environ |= {"JIXIAO_DATA": folder, "DJANGO_SETTINGS_MODULE": "jixiao.office.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        logging.disable(logging.CRITICAL)
        call_command("migrate", verbosity=0)
        works = made(forms)
        figures = turns(works)
    plain = figures["plain Django form"]
    for name, took in figures.items():
        ratio = took * 100 // plain
        print(f"  {name:32} {took // 1000:5}.{took // 100 % 10} ms   {ratio // 100}.{ratio % 100:02} × the plain form")


def turns(works: dict[str, Callable[[], None]]) -> dict[str, int]:
    """The median processor time of each in microseconds; they take turns, so that a busy machine hits all."""
    taken: dict[str, list[int]] = {name: [] for name in works}
    for number in range(ROUNDS):
        for name, work in works.items():
            if "overview" in name and number >= ROUNDS // 8:
                continue
            start = time.process_time_ns()
            work()
            taken[name].append((time.process_time_ns() - start) // 1000)
    return {name: sorted(times)[len(times) // 2] for name, times in taken.items()}


def made(forms: int) -> dict[str, Callable[[], None]]:
    """The passes, each a request that must be answered with 200."""
    from django.db import transaction
    from django.forms import modelform_factory
    from django.test import Client
    from tools.load.people import make_clerks

    from jixiao.office.filing.models import Filing
    from jixiao.office.people.models import Role, User
    from jixiao.office.publication.acts import publish

    clerk = make_clerks(20, forms, str(SEED))[0]
    filing = Filing.objects.select_related("round").get(pk=clerk.filing)
    reviewer = User.objects.create(username="finance", name="财政", language="zh-hans")
    Role.objects.create(user=reviewer, organisation=filing.round.bureau, kind="finance")
    published = Filing.objects.exclude(pk=filing.pk).select_related("round", "project", "unit").first()
    assert published is not None
    published.state = "published"
    published.save(update_fields=["state"])
    publish(published, by=reviewer)
    inside, outside, above = Client(), Client(), Client()
    inside.cookies["sessionid"] = clerk.session
    above.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")
    overview = above.get("/overview/", follow=True).request["PATH_INFO"]
    form = modelform_factory(Filing, fields=["form"])
    held = {"version": 1, "count": 0}

    def get(client: Client, path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    def save() -> None:
        held["count"] += 1
        change = {"cell": f"{clerk.keys[0]}/deviation", "was": "", "now": f"原因{held['count']}"}
        body = json.dumps({"base": held["version"], "changes": [change]})
        answer = inside.post(f"/filings/{filing.pk}/save", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        held["version"] = answer.json()["version"]

    def plain() -> None:
        held["count"] += 1
        text = filing.form.replace("已完成", f"已完成{held['count']}")
        with transaction.atomic():
            bound = form({"form": text}, instance=Filing.objects.get(pk=filing.pk))
            assert bound.is_valid()
            bound.save()

    return {
        "plain Django form": plain,
        "save, scored and checked": save,
        "form page": lambda: get(inside, f"/filings/{filing.pk}/"),
        "my work": lambda: get(inside, "/"),
        "published project page": lambda: get(outside, f"/open/projects/{published.project.uid}/2024/"),
        f"overview of {forms} forms": lambda: get(above, overview),
    }


if __name__ == "__main__":
    main()
