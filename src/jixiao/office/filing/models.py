"""The record of one project in one round: the form as it stands, every save, every version that changed hands."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from jixiao.office.doors.states import WORDS
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Project, Round

DRAFT: Final = "draft"
WITH_HEAD: Final = "with_head"
WITH_DEPARTMENT: Final = "with_department"
WITH_FINANCE: Final = "with_finance"
APPROVED: Final = "approved"
PUBLISHED: Final = "published"


class Filing(models.Model):
    """One self-evaluation 自评 on its way from draft to publication.

    `form` is JSON of contract jixiao/form/1 (no places) and the one truth; the columns of figures are what the server
    last computed from it, kept for lists and overviews.

    Attributes:
        unit: the project's unit when the round began.
        path: the unit's path, so that a subtree's filings are found without a join.
        keys: stable keys of the indicator rows, by blanks, parallel to `form.indicators`: "k1 k2 k5".
        last_key: the highest number a key has had; keys are never used twice.
        version: counts saves; a save names the version it was made from.
        state: where it stands.
        returned: whether it came back from a reviewer and has not been submitted again.
        claimed, computed, low: total score as stated, as recomputed, and its lower end; in points.
        supported: the total that evidence supports; none where nobody was asked for evidence.
        grade, grade_computed: 优, 良, 中, 差 as stated and as recomputed.
        initial, adjusted, executed: total funds in 元.
        arithmetic, clause, doubt: how many findings of each family.
        codes: codes of the findings, by blanks, one a finding: "JX204 JX304 JX304".
        at_stake: points of the rows that findings are about, each row once.
        fingerprint: of the rulebook it was scored under.
        saved, saved_by: the last save.
        submitted: when the clerk last handed it in.
        late: whether it was first handed in after the unit's last day.
        moved: when its state last changed.
        department_score, finance_score: a reviewer's own score beside the claimed one; none where none was given.
    """

    STATES: ClassVar = [(state, words.zh) for state, words in WORDS.items()]

    round = models.ForeignKey(Round, models.PROTECT, related_name="filings")
    project = models.ForeignKey(Project, models.PROTECT, related_name="filings")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="filings")
    path = models.CharField(max_length=255, db_index=True)
    form = models.TextField()
    keys = models.TextField(default="", blank=True)
    last_key = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=STATES, default=DRAFT, db_index=True)
    returned = models.BooleanField(default=False)
    claimed = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    computed = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    supported = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    grade = models.CharField(max_length=8, blank=True)
    grade_computed = models.CharField(max_length=8, blank=True)
    initial = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    adjusted = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    executed = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    arithmetic = models.PositiveSmallIntegerField(default=0)
    clause = models.PositiveSmallIntegerField(default=0)
    doubt = models.PositiveSmallIntegerField(default=0)
    codes = models.TextField(default="", blank=True)
    at_stake = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    fingerprint = models.CharField(max_length=80, blank=True)
    saved = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)
    moved = models.DateTimeField(null=True, blank=True)
    department_score = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    finance_score = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "filing_filing"
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "project"], name="filing_once_a_round")]

    def __str__(self) -> str:
        """Its project."""
        return self.project.name

    def row_keys(self) -> tuple[str, ...]:
        """The keys of the indicator rows in order."""
        return tuple(self.keys.split())


class Save(models.Model):
    """One save: the cells it changed. All of them in order are the history of every value; refused ones are kept, too.

    Attributes:
        number: the version it made; of a refused save, the version it met.
        base: the version it was made from.
        changes: JSON list of {"cell", "was", "now"} (see `filing.cells`).
        rows: the keys of the rows after it, where it added, removed or moved some; otherwise empty.
        refused: whether it met another's change and its changes were not taken; they can be read here.
        kind: how it came about: "typed", "import", "rolled", "returned", "restored", "api".
        token: made by the page for this save, so that one sent twice is done once; empty for none.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="saves")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    changes = models.TextField()
    rows = models.TextField(default="", blank=True)
    refused = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, default="typed")
    token = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        """Names in the database."""

        db_table = "filing_save"
        indexes: ClassVar = [models.Index(fields=["filing", "number"], name="filing_save_number")]


class Version(models.Model):
    """The whole form as it went from one hand to another, with the review at that moment; frozen.

    Attributes:
        number: the filing's version.
        act: what moved it: "submit", "approve_finance", "publish" …
        form: JSON of contract jixiao/form/1.
        review: JSON of the form's entry in contract jixiao/review/1 (score sheet, findings, rulebook).
        sha256: of `form`, in hexadecimal.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20)
    form = models.TextField()
    keys = models.TextField(default="", blank=True)
    review = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Names in the database."""

        db_table = "filing_version"
        ordering: ClassVar = ["pk"]


class Decision(models.Model):
    """A step of the workflow: who moved the filing, with which words, about which cells.

    Attributes:
        act: as in `workflow.table`.
        before, after: states.
        reason: why it was returned, or a note.
        cells: JSON list of {"cell", "words"}: what exactly is asked for; with "score" a reviewer's points for the line.
        score: the reviewer's own score; none where none was given.
        version: the frozen version it was decided on.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=20)
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(default="", blank=True)
    cells = models.TextField(default="[]")
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="decisions")

    class Meta:
        """Names in the database."""

        db_table = "filing_decision"
        ordering: ClassVar = ["pk"]


class Evidence(models.Model):
    """A file that bears out an actual value or the spending 佐证; removed ones stay to be seen as removed.

    Attributes:
        cell: what it bears out: "k3/actual" or "execution".
        name: the file's name as it was handed in.
        sha256: of its bytes; they are kept by it (see `filing.files`).
        size: in bytes.
        note: what it shows and where in it, in the words of whoever attached it.
        removed, removed_by: when and who took it away; none while it stands.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="evidence")
    cell = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Names in the database."""

        db_table = "filing_evidence"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Comment(models.Model):
    """Words about a cell 批注: the first of a thread, or an answer to it.

    Attributes:
        cell: as in `filing.cells`; empty for the whole form.
        parent: the first comment of the thread; none for that one itself.
        resolved, resolved_by: when and who closed the thread; none while it is open.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="comments")
    cell = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    resolved = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Names in the database."""

        db_table = "filing_comment"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Its first letters."""
        return self.text[:40]


class Mention(models.Model):
    """A person named in a comment with @, who finds it among what waits.

    Attributes:
        seen: when the person opened the thread; none until then.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    seen = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "filing_mention"
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "user"], name="filing_mention_once")]
