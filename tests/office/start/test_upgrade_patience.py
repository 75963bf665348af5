"""While tables are brought up to date on PostgreSQL, no step waits or holds others up for long."""

import pytest
from django.db import connection

from jixiao.office.serve.ready import _patience


@pytest.mark.django_db
def test_an_upgrade_has_limits_and_leaves_none_behind() -> None:
    """A wait of four seconds for a table, five for a statement; SQLite has neither, for nobody is at work then."""
    if connection.vendor != "postgresql":
        with _patience():
            assert connection.vendor == "sqlite"
        return
    asked = "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
    with connection.cursor() as cursor:
        with _patience():
            cursor.execute(asked)
            assert cursor.fetchone() == ("4s", "5s")
        cursor.execute(asked)
        assert cursor.fetchone() == ("0", "0")
