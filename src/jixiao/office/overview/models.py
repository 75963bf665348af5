"""Inquiries: rules that were tried, reviews of all forms; answers are kept for a while, filings never change."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Round

RULES: Final = "rules"
REVIEW: Final = "review"


class Inquiry(models.Model):
    """Something asked of all forms of a round below a node 试算或整体审核, and the answer once there is one.

    Attributes:
        kind: `RULES` or `REVIEW`.
        asked: JSON of what is tried or how it is reviewed, with the filters.
        forms: how many forms it is about.
        job: number of the job that works on it; none where it was answered at once.
        answer: the packed answer; empty until it is there.
        book: the answer as a workbook; empty for none.
        answered: when; none until then.
        zh, en: why there can be no answer, in both languages; empty for no reason.
    """

    kind = models.CharField(max_length=12)
    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    node = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    asked = models.TextField(default="{}")
    forms = models.PositiveIntegerField(default=0)
    job = models.BigIntegerField(null=True)
    answer = models.BinaryField(default=b"")
    book = models.BinaryField(default=b"")
    answered = models.DateTimeField(null=True)
    zh = models.TextField(default="", blank=True)
    en = models.TextField(default="", blank=True)

    class Meta:
        """Names in the database."""

        db_table = "overview_inquiry"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Its kind and number."""
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether there is an answer, or a reason why there is none."""
        return self.answered is not None or bool(self.zh)
