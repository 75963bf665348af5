"""One event: who did what to what, when, with which details. Rows are added, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Event(models.Model):
    """An act that took place 事件.

    Attributes:
        at: when.
        actor: who; none for the system itself.
        act: what, "filing.submitted": the room, a dot, a past participle.
        subject: what it was done to, "filing/12".
        organisation: path of the organisation it belongs to, "/1/12/"; empty for the whole office.
        details: JSON of what else matters; texts, never a password, token or secret.
        address: the network address the request came from; empty for none.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40, db_index=True)
    subject = models.CharField(max_length=60, db_index=True)
    organisation = models.CharField(max_length=255, db_index=True, blank=True)
    details = models.TextField(default="{}")
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "journal_event"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """The act and its subject."""
        return f"{self.act} {self.subject}"
