"""Tokens 令牌: what a program shows instead of a password. The secret itself is kept nowhere."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Token(models.Model):
    """One token of one person; it can do what the person may do, within its scopes, until it ends.

    Attributes:
        name: what it is for, in its owner's words.
        digest: SHA-256 of the secret, in hexadecimal.
        hint: the last four letters of the secret, to tell tokens apart.
        scopes: by blanks: "forms:read forms:write decisions:write".
        expires: when it ends by itself.
        revoked: when its owner ended it; none while it holds.
        used: when it was last shown, to the hour; none for never.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = models.CharField(max_length=120)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Names in the database."""

        db_table = "api_token"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Its name and the end of its secret."""
        return f"{self.name} …{self.hint}"
