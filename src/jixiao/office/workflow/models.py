"""Rectification 整改: what a reviewer asks a unit to put right, and the words that went back and forth."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from jixiao.office.filing.models import Filing
from jixiao.office.rounds.models import Project

OPEN: Final = "open"
REPLIED: Final = "replied"
ACCEPTED: Final = "accepted"


class Item(models.Model):
    """One thing to be put right 整改事项.

    Attributes:
        filing: the filing in whose review it was found.
        project: the filing's project: the item comes back on the project's next filings until it is accepted.
        path: the unit's path, so that a subtree's items are found without a join.
        level: "department" or "finance": who raised it and judges the replies.
        cell: the cell it is about, as in `filing.cells`; empty for the whole form.
        finding: code of the finding it rests on, "JX204"; empty where the reviewer found it alone.
        words: what is to be put right.
        due: until when.
        state: open (waits for the unit), replied (waits for the reviewer), accepted.
        promised: whether the last reply promises it for the next year: even when accepted it comes back then.
        closed: when it was accepted.
    """

    STATES: ClassVar = [(OPEN, "待整改"), (REPLIED, "已答复"), (ACCEPTED, "已通过")]

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="items")
    project = models.ForeignKey(Project, models.PROTECT, related_name="items")
    path = models.CharField(max_length=255, db_index=True)
    level = models.CharField(max_length=12)
    cell = models.CharField(max_length=200, blank=True)
    finding = models.CharField(max_length=10, blank=True)
    words = models.TextField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default=OPEN, db_index=True)
    promised = models.BooleanField(default=False)
    raised = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "workflow_item"
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        """What is to be put right."""
        return self.words


class Reply(models.Model):
    """Words about an item: the unit's reply, or the reviewer's judgement of it.

    Attributes:
        kind: "reply", "accept" or "refuse".
        words: what was done, or why it is not enough.
        evidence: where that can be seen: a file, a number, a place.
        promised: whether it is promised for the next year instead of done.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=8)
    words = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    promised = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Names in the database."""

        db_table = "workflow_reply"
        ordering: ClassVar = ["pk"]
