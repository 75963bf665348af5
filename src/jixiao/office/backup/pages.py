"""The page of backups for the system administrator: what there is, when the last one was made, why one failed."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jixiao.office.accounts.door import door
from jixiao.office.backup.daily import folder, kept
from jixiao.office.backup.tasks import KIND
from jixiao.office.jobs.models import Job

_LATE: Final = timedelta(hours=36)


@door("keep_backups")
@require_GET
def backups(request: HttpRequest) -> HttpResponse:
    """The backups of every day."""
    place = folder()
    files = [_line(path) for path in kept(place)] if place else []
    late = bool(place) and (not files or timezone.now() - files[0]["at"] > _LATE)
    known = {
        "place": place, "files": files, "late": late, "keep": settings.BACKUP_KEEP,
        "sealed": bool(settings.BACKUP_PASSPHRASE), "failed": _failed() if place else None,
    }  # fmt: skip
    return render(request, "backup/backups.html", known)


def _failed() -> Job | None:
    """The last run that is over or is tried again, if it failed."""
    last = Job.objects.filter(kind=KIND).exclude(attempts=0).order_by("-pk").first()
    return last if last and last.error_zh else None


def _line(path: Any) -> dict[str, Any]:
    seen = path.stat()
    return {"name": path.name, "size": seen.st_size, "at": datetime.fromtimestamp(int(seen.st_mtime), UTC)}
