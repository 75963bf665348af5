"""The year: rounds with their rulebook and deadlines, projects, and the targets that were approved."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jixiao.office.people.models import Organisation


class Round(models.Model):
    """A filing round 自评批次: one fiscal year of one bureau.

    Attributes:
        bureau: whose round it is; all organisations below take part.
        fiscal_year: the year that is evaluated.
        title: what people call it, 2024年度项目支出绩效自评.
        form_title: the title printed on every form.
        rulebook: id of the rulebook, "cn-shanghai"; which version is in force is decided by the year.
        layout: id of the layout family of the official document, "shanghai".
        currency_unit: 万元 or 元.
        opens: the day from which units file.
        unit_due, department_due, finance_due, publish_due: last days of each hand.
        late_until: the last day on which a first submission that is late is still taken; none for as long as the round
            is not closed.
        monitoring_due: last day of mid-year monitoring; none where there is none.
        closed: whether nothing can be filed any more.
    """

    bureau = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds")
    fiscal_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    form_title = models.CharField(max_length=120)
    rulebook = models.CharField(max_length=40)
    layout = models.CharField(max_length=40)
    currency_unit = models.CharField(max_length=8, default="万元")
    opens = models.DateField()
    unit_due = models.DateField()
    department_due = models.DateField()
    finance_due = models.DateField()
    publish_due = models.DateField()
    late_until = models.DateField(null=True, blank=True)
    monitoring_due = models.DateField(null=True, blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        """Names in the database."""

        db_table = "rounds_round"
        ordering: ClassVar = ["-fiscal_year", "pk"]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Project(models.Model):
    """A project 项目 of a unit, through the years.

    Attributes:
        uid: names it in public addresses, never used twice.
        code: 项目编码; empty for none.
        ended: the last fiscal year it is filed for; none while it goes on.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="projects")
    uid = models.CharField(max_length=16, unique=True)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    name = models.CharField(max_length=200)
    ended = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "rounds_project"

    def __str__(self) -> str:
        """Its name."""
        return self.name


class ApprovedTarget(models.Model):
    """The targets of a project as they were approved with the budget 批复的绩效目标, apart from what is filed.

    Attributes:
        form: JSON of contract jixiao/form/1 with goal, indicators (targets, points) and initial funds; no actuals.
        source: where it came from: "import", "rolled", "entered", "filing".
        replaced: when a later approval took its place; none for the one in force.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="targets")
    fiscal_year = models.PositiveSmallIntegerField()
    form = models.TextField()
    source = models.CharField(max_length=12)
    approved = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replaced = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "rounds_target"
        indexes: ClassVar = [models.Index(fields=["project", "fiscal_year"], name="rounds_target_year")]


class Budget(models.Model):
    """The budget of a project for a year 年初预算, as finance approved it; a later one takes the place of the earlier.

    Attributes:
        amount: in 元.
        source: "import" or "entered".
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="budgets")
    fiscal_year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    source = models.CharField(max_length=12)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Names in the database."""

        db_table = "rounds_budget"
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "fiscal_year"], name="rounds_budget_once")]


class Monitoring(models.Model):
    """Mid-year monitoring 绩效运行监控 of a project: how far money and targets are, and what is expected at the end.

    Attributes:
        form: JSON of contract jixiao/form/1: the targets it was begun with; actual values are those so far.
        rows: JSON list parallel to the indicators: {"forecast", "reason", "measure"}.
        budget, executed, forecast: money of the year, spent so far, expected by its end; in 元.
        until: the day the figures are of.
        worst: the worst light: "red", "amber", "green", or empty where nothing can be told yet.
        lights: counts of green, amber and red lights, "3 1 0"; empty before it was saved.
        version: counts saves; a save names the version it was made from.
        handed_in: when it was handed in; none while it is being filled in.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="monitorings")
    project = models.ForeignKey(Project, models.PROTECT, related_name="monitorings")
    path = models.CharField(max_length=255, db_index=True)
    form = models.TextField()
    rows = models.TextField(default="[]")
    budget = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    executed = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    forecast = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    until = models.DateField()
    worst = models.CharField(max_length=8, blank=True, db_index=True)
    lights = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handed_in = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "rounds_monitoring"
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "project"], name="rounds_monitoring_once")]
