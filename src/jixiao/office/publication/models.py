"""What the public may read: frozen copies, made in the act of publishing. The public site reads these tables only."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from jixiao.office.filing.models import Filing


class Publication(models.Model):
    """One project in one year in public: its lasting address, what lists and search show, whether it stands.

    The columns are copies of what the current edition holds, kept for lists; amounts there are rounded to whole 分.

    Attributes:
        uid: of the project; with `year` the public address.
        filing: what was published; the public site never follows it.
        edition: the number of the current edition; a correction makes a new one.
        first: when the first edition was published.
        changed: when it was last published, corrected or withdrawn.
        withdrawn: when it was withdrawn; none while it stands.
        notice: why it was withdrawn, for the public; empty while it stands.
        name, code, unit, department: as on the day of publication.
        unit_uid, department_uid: of their public pages.
        initial, adjusted, executed: total funds in 分 (0.01 元), for lists and sums; none where the form has none.
        claimed, grade: as the form states; digits, empty for none.
        computed, low, computed_grade: as recomputed; digits, empty for none.
        arithmetic, clause, doubt: how many questions of each family.
    """

    uid = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=0)
    first = models.DateTimeField()
    changed = models.DateTimeField(db_index=True)
    withdrawn = models.DateTimeField(null=True, blank=True)
    notice = models.TextField(default="", blank=True)
    name = models.CharField(max_length=400)
    code = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=200)
    unit_uid = models.CharField(max_length=16)
    department = models.CharField(max_length=200)
    department_uid = models.CharField(max_length=16)
    initial = models.BigIntegerField(null=True, blank=True)
    adjusted = models.BigIntegerField(null=True, blank=True)
    executed = models.BigIntegerField(null=True, blank=True)
    claimed = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=16, blank=True)
    computed = models.CharField(max_length=40, blank=True)
    low = models.CharField(max_length=40, blank=True)
    computed_grade = models.CharField(max_length=16, blank=True)
    arithmetic = models.PositiveSmallIntegerField(default=0)
    clause = models.PositiveSmallIntegerField(default=0)
    doubt = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Names in the database."""

        db_table = "publication_publication"
        constraints: ClassVar = [models.UniqueConstraint(fields=["uid", "year"], name="publication_once_a_year")]
        indexes: ClassVar = [
            models.Index(fields=["withdrawn", "year", "name", "uid"], name="publication_by_year"),
            models.Index(fields=["withdrawn", "changed"], name="publication_by_change"),
            models.Index(
                fields=["withdrawn", "year", "department_uid", "uid", "department", "initial", "adjusted", "executed"],
                name="publication_sums",
            ),
            models.Index(fields=["unit_uid", "year"], name="publication_by_unit"),
            models.Index(fields=["department_uid", "year"], name="publication_by_department"),
        ]

    def __str__(self) -> str:
        """Its project and year."""
        return f"{self.name} {self.year}"


class Sought(models.Model):
    """What search looks in, of each publication that stands: a narrow table, for it is read from end to end.

    Attributes:
        year: of the publication.
        words: see `publication.search`; begins with the project's name, by which hits are ordered.
    """

    publication = models.OneToOneField(Publication, models.CASCADE, primary_key=True, related_name="sought")
    year = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        """Names in the database."""

        db_table = "publication_sought"


class Edition(models.Model):
    """What was published, frozen: the public form, its public review, the plain words; never changed.

    Attributes:
        number: from 1.
        reason: why a correction was made, for the public; empty for the first.
        form: JSON of contract jixiao/form/1, listed fields only.
        review: JSON of `record.PublicReview`.
        told: JSON of the sections of plain words.
        layout: id of the layout of the official document.
        sha256: of `form`, in hexadecimal.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(default="", blank=True)
    form = models.TextField()
    review = models.TextField()
    told = models.TextField()
    layout = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)

    class Meta:
        """Names in the database."""

        db_table = "publication_edition"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "number"], name="publication_edition_once")
        ]


PAPERS: Final = ("pdf", "ofd", "docx", "xlsx")
"""The official document is offered in these formats."""


class Paper(models.Model):
    """The official document of an edition in one format, made once and kept by the hash of its bytes.

    Attributes:
        kind: one of `PAPERS`.
        sha256: of the file, in hexadecimal; its name in the store.
        size: bytes.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        """Names in the database."""

        db_table = "publication_paper"
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "kind"], name="publication_paper_once")]
