"""Events from before get the user name of their actor as it is now: the best that is known."""

from typing import Any

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery

STEP = 10_000


def fill(apps: Any, schema_editor: Any) -> None:
    """In steps, so that no statement takes long."""
    event, user = apps.get_model("journal", "Event"), apps.get_model("people", "User")
    name = Subquery(user.objects.filter(pk=OuterRef("actor_id")).values("username")[:1])
    last = event.objects.aggregate(last=Max("pk"))["last"] or 0
    for begin in range(0, last + 1, STEP):
        rows = event.objects.filter(pk__gte=begin, pk__lt=begin + STEP, actor__isnull=False, actor_name="")
        rows.update(actor_name=name)


class Migration(migrations.Migration):
    """Fill the names."""

    dependencies = [("journal", "0002_places"), ("people", "__first__")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
