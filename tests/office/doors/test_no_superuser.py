"""There is no all-powerful user: neither a flag set by hand nor a page of the framework's opens any door."""

from django.apps import apps
from django.conf import settings
from django.db import connection

from jixiao.office.doors.ask import hands, may_here, readable
from jixiao.office.doors.table import OFFICE
from jixiao.office.filing.models import Filing
from jixiao.office.people.models import User
from office.doors.addresses import ROLE, THING, routes
from office.doors.things import address, browser, make_things
from office.making import Office


def test_a_flag_set_by_hand_opens_nothing(office: Office) -> None:
    """A user with is_superuser and is_staff, in the object and as columns put into the database, gets nowhere."""
    things = make_things(office)
    made = User.objects.create_user("root", "pass-Word-2024")
    connection.check_constraints()  # PostgreSQL alters no table that has them pending
    with connection.cursor() as cursor:
        for flag in ("is_superuser", "is_staff"):
            cursor.execute(f"ALTER TABLE people_user ADD COLUMN {flag} integer DEFAULT 0")
            cursor.execute(f"UPDATE people_user SET {flag} = 1 WHERE id = %s", [made.pk])  # noqa: S608 -- two names
    made = User.objects.get(pk=made.pk)
    made.is_superuser, made.is_staff = True, True
    assert hands(made) == ()
    assert not any(may_here(made, act) for act in OFFICE)
    assert not Filing.objects.filter(readable(made)).exists()
    client, wrong = browser(made), []
    for route in sorted(THING | ROLE):
        where = address(route, things.parts(route) if route in THING else {})
        wrong += [(method, route) for method in ("get", "post") if getattr(client, method)(where).status_code
                  not in (403, 404, 405)]  # fmt: skip
    assert not wrong, wrong


def test_no_admin_of_the_framework_is_there() -> None:
    """Django's own administration is not installed and has no address; users have no permissions of its kind."""
    assert not any(name.startswith("django.contrib.admin") for name in settings.INSTALLED_APPS)
    assert not any("admin" in route.split("/") for route in routes())
    assert "django.contrib.admin" not in {config.name for config in apps.get_app_configs()}
    assert not {"is_superuser", "is_staff", "user_permissions", "groups"} & {
        one.name for one in User._meta.get_fields()
    }
