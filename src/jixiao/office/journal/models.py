"""Events, and their places in the log: rows are added, never changed (`guards` has the database refuse it)."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Event(models.Model):
    """An act that took place 事件.

    Attributes:
        at: when.
        actor: who; none for the system itself.
        actor_name: the user name that they had at that moment, whatever it is now; empty for the system itself.
        act: what, "filing.submitted": the room, a dot, a past participle.
        subject: what it was done to, "filing/12".
        organisation: path of the organisation it belongs to, "/1/12/"; empty for the whole office.
        details: JSON of what else matters; texts, never a password, token or secret.
        address: the network address the request came from; empty for none.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=60, blank=True, default="", db_default="")
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


class Leaf(models.Model):
    """The place of an event in the log, and the hashes of its line; they stay when the event itself is forgotten.

    Attributes:
        number: the place, from 0 without a gap.
        event: the event; the row may be gone after the time of retention.
        sm3, sha256: of the leaf, in hexadecimal digits.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.DO_NOTHING, db_constraint=False, related_name="leaf")
    sm3 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        """Names in the database."""

        db_table = "journal_leaf"

    def __str__(self) -> str:
        """Its number."""
        return str(self.number)


class Node(models.Model):
    """The root of a complete subtree of 16, 256, 4096 … leaves: with them a proof asks few questions.

    Attributes:
        place: level and number in one, as `subtrees.place` says.
        sm3, sha256: in hexadecimal digits.
    """

    place = models.BigIntegerField(primary_key=True)
    sm3 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        """Names in the database."""

        db_table = "journal_node"

    def __str__(self) -> str:
        """Its place."""
        return str(self.place)


class Checkpoint(models.Model):
    """What the log was at a moment, signed.

    Attributes:
        size: how many leaves.
        sm3, sha256: both roots, in hexadecimal digits.
        at: when.
        daily: whether it is the one of its day; those are published.
        note: the signed text.
    """

    size = models.BigIntegerField()
    sm3 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    daily = models.BooleanField(default=False)
    note = models.TextField()

    class Meta:
        """Names in the database."""

        db_table = "journal_checkpoint"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["daily", "at"], name="journal_checkpoint_daily")]

    def __str__(self) -> str:
        """Size and moment."""
        return f"{self.size} {self.at}"


class Head(models.Model):
    """Where the sequencer stands; one row, which is also its lock. Whatever it says can be worked out from the leaves.

    Attributes:
        size: how many leaves there are.
        frontier: the roots of the complete subtrees that they make up, as JSON.
        last_event: the highest event that has a place.
        gaps: numbers below it that nobody has seen yet: events not committed, or never to be; as JSON.
    """

    ONE: ClassVar = 1

    size = models.BigIntegerField(default=0)
    frontier = models.TextField(default="[]")
    last_event = models.BigIntegerField(default=0)
    gaps = models.TextField(default="[]")

    class Meta:
        """Names in the database."""

        db_table = "journal_head"

    def __str__(self) -> str:
        """Its size."""
        return str(self.size)


class SecondPlace(models.Model):
    """How far checkpoints have reached the second place, and since when they do not.

    Attributes:
        name: the place as `JIXIAO_ANCHOR` names it.
        checkpoint: number of the last checkpoint that is there; 0 for none.
        size: how many leaves that one has.
        reached: when one was last written there.
        failing: since when it cannot be reached; none while it can.
        why_zh, why_en: what went wrong.
        told: when the audit administrators were written to about it.
    """

    name = models.CharField(max_length=255, unique=True)
    checkpoint = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    reached = models.DateTimeField(null=True)
    failing = models.DateTimeField(null=True)
    why_zh = models.CharField(max_length=400, default="", blank=True)
    why_en = models.CharField(max_length=400, default="", blank=True)
    told = models.DateTimeField(null=True)

    class Meta:
        """Names in the database."""

        db_table = "journal_second_place"

    def __str__(self) -> str:
        """Its name."""
        return self.name
