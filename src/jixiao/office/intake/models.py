"""An import: the files that were handed in, what was found in each, and what has become of it."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from jixiao.office.filing.models import Filing
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Project, Round

FORMS: Final = "forms"
TARGETS: Final = "targets"


class Batch(models.Model):
    """Files handed in together 一次导入.

    Attributes:
        organisation: where its projects are looked for, with all that is below.
        path: of the organisation.
        what: whether the files are self-evaluations or approved targets 绩效目标申报表.
        job: number of the job that reads them, or that files what is good; jobs are forgotten after a while.
        read: when all of them had been read; none until then.
    """

    WHAT: ClassVar = [(FORMS, "绩效自评表"), (TARGETS, "绩效目标申报表")]

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    path = models.CharField(max_length=255, db_index=True)
    what = models.CharField(max_length=8, choices=WHAT, default=FORMS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made = models.DateTimeField()
    job = models.BigIntegerField(null=True)
    read = models.DateTimeField(null=True)

    class Meta:
        """Names in the database."""

        db_table = "intake_batch"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Its number."""
        return f"{self.pk}"


class Source(models.Model):
    """One file 文件, or one member of an archive.

    Attributes:
        archive: the archive it came in; none for a file of its own.
        name: as people know it; a member's is that of its archive, a slash, and its own.
        sha256: names its bytes in the store of files; empty where they could not be had.
        state: "waiting", "read", "refused", "unpacked" (an archive), "twice" (the same bytes as another of the batch).
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sources")
    archive = models.ForeignKey("self", models.CASCADE, null=True, related_name="members")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, db_index=True, blank=True)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default="waiting")

    class Meta:
        """Names in the database."""

        db_table = "intake_source"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Entry(models.Model):
    """One line of the table of verdicts: a form that was found in a file, or a file in which none could be.

    Attributes:
        number: which form of the file, from 1; 0 where there is none.
        form: as it was read, JSON of contract jixiao/form/1 with places and problems; empty where there is none.
        mended: as a person corrected it, without places; empty while nothing was corrected.
        checked: JSON list of pointers that a person confirmed or corrected.
        name, code, unit: 项目名称, 项目编码, 单位 as they stand in it, for the table.
        doubts: how many doubtful places nobody has confirmed yet.
        project: whose it is; none while that is not known.
        how: how that is known: "code", "name", "person"; empty for not.
        near: JSON list of [project, per cent]: the most similar names, for a person to choose from.
        verdict: one of `verdicts.VERDICTS`.
        why_zh, why_en: the sentence to the verdict, where there is more to say.
        filing, version: where it went, and as which of the filing's versions.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="entries")
    source = models.ForeignKey(Source, models.CASCADE, related_name="entries")
    number = models.PositiveSmallIntegerField(default=0)
    form = models.TextField(default="", blank=True)
    mended = models.TextField(default="", blank=True)
    checked = models.TextField(default="[]")
    name = models.CharField(max_length=200, default="", blank=True)
    code = models.CharField(max_length=40, default="", blank=True)
    unit = models.CharField(max_length=120, default="", blank=True)
    doubts = models.PositiveSmallIntegerField(default=0)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=8, default="", blank=True)
    near = models.TextField(default="[]")
    verdict = models.CharField(max_length=12, db_index=True)
    why_zh = models.TextField(default="", blank=True)
    why_en = models.TextField(default="", blank=True)
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(null=True)
    filed = models.DateTimeField(null=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Names in the database."""

        db_table = "intake_entry"
        ordering: ClassVar = ["source", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "number"], name="intake_entry_once")]

    def __str__(self) -> str:
        """The project's name in it."""
        return self.name


class Shown(models.Model):
    """One page, or one table, of a file as it is shown beside what was read; made once for a file's bytes.

    Attributes:
        sha256: of the file.
        number: from 1, in order; 0 for a file of which nothing can be shown.
        page, width, height: as in `layout.shown.Sheet`.
        picture: names the page's PNG in the store of files; empty where it is drawn from cells.
        cells: JSON list of `layout.shown.ShownCell`.
    """

    sha256 = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    page = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    picture = models.CharField(max_length=64, default="", blank=True)
    cells = models.TextField(default="[]")

    class Meta:
        """Names in the database."""

        db_table = "intake_shown"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sha256", "number"], name="intake_shown_once")]

    def __str__(self) -> str:
        """Its file and number."""
        return f"{self.sha256} {self.number}"
