"""Who: users, the tree of organisations, and which role a user has where."""

from typing import ClassVar, Final

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from jixiao.office.sealing.fields import SealedText

CLERK: Final = "clerk"
HEAD: Final = "head"
DEPARTMENT: Final = "department"
FINANCE: Final = "finance"
AUDITOR: Final = "auditor"
PUBLISHER: Final = "publisher"
SYSTEM_ADMIN: Final = "system_admin"
SECURITY_ADMIN: Final = "security_admin"
AUDIT_ADMIN: Final = "audit_admin"


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, username: str, password: str | None = None, **more: object) -> "User":
        """A new user with a hashed password; without one, nobody can sign in until it is set."""
        user = self.model(username=self.model.normalize_username(username), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in 用户. There is no all-powerful user: what one may do comes from roles alone.

    Attributes:
        username: what is typed at sign-in.
        name: 姓名.
        email: empty for none; sealed in the database.
        phone: 联系电话, printed on some forms; empty for none; sealed in the database.
        language: zh-hans or en; empty follows the browser.
        is_active: whether the person may sign in.
        organisation: where the person belongs; what they may do there comes from roles all the same.
        invitation: what makes the link of their invitation valid, once; empty where none is open.
        invited: when the open invitation was made.
        joined: when the account was made.
        password_set: when the password was last set.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = SealedText(blank=True)
    phone = SealedText(blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, blank=True, related_name="members")
    invitation = models.CharField(max_length=24, blank=True)
    invited = models.DateTimeField(null=True, blank=True)
    joined = models.DateTimeField(default=timezone.now)
    password_set = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False
    is_superuser = False

    class Meta:
        """Names in the database."""

        db_table = "people_user"

    def __str__(self) -> str:
        """The person's name."""
        return self.name or self.username

    def get_full_name(self) -> str:
        """The person's name."""
        return str(self)


class Organisation(models.Model):
    """A node of the tree: finance bureau 财政局 → departments 主管部门 → units 预算单位.

    Attributes:
        path: ids from the root down, "/1/12/133/": a subtree is what begins with it.
        code: 单位编码 of the budget platform; empty for none.
        uid: names it in public addresses, never used twice.
        closed: whether it has ceased; its past stays.
    """

    KINDS: ClassVar = [("bureau", "财政局"), ("department", "主管部门"), ("unit", "预算单位")]

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, db_index=True, blank=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    uid = models.CharField(max_length=16, unique=True)
    closed = models.BooleanField(default=False)

    class Meta:
        """Names in the database."""

        db_table = "people_organisation"

    def __str__(self) -> str:
        """Its name."""
        return self.name

    def holds(self, path: str) -> bool:
        """Whether a place of the tree is this organisation or below it."""
        return path.startswith(self.path)


class Role(models.Model):
    """What a user is in an organisation; a department's or bureau's role covers what is below it."""

    KINDS: ClassVar = [
        (CLERK, "经办人"),
        (HEAD, "单位负责人"),
        (DEPARTMENT, "主管部门审核人"),
        (FINANCE, "财政审核人"),
        (AUDITOR, "审计（只读）"),
        (PUBLISHER, "公开人"),
        (SYSTEM_ADMIN, "系统管理员"),
        (SECURITY_ADMIN, "安全管理员"),
        (AUDIT_ADMIN, "审计管理员"),
    ]

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=16, choices=KINDS)

    class Meta:
        """Names in the database."""

        db_table = "people_role"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation", "kind"], name="people_role_once")
        ]


class Proposal(models.Model):
    """A role that somebody who makes accounts asks for; whoever grants roles accepts or declines it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="proposals")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Role.KINDS)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Names in the database."""

        db_table = "people_proposal"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation", "kind"], name="people_proposal_once")
        ]


class UsedPassword(models.Model):
    """A password that was in use, as its hash: it is not taken again too soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Names in the database."""

        db_table = "people_used_password"
        ordering: ClassVar = ["-pk"]


class PeopleList(models.Model):
    """An uploaded workbook of organisations and people, between its dry run and its application.

    Attributes:
        name: the file's name, as text.
        sha256: of its bytes, in hex.
        lists: JSON of what was read (`lists.sheet.Lists`); sealed in the database.
        applied: when it was applied; none for a dry run.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    lists = SealedText()
    applied = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "people_list"
