"""The room as Django knows it; the tasks of all rooms are found when it is ready."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """The queue."""

    name = "jixiao.office.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the rooms have in their `tasks` modules."""
        autodiscover_modules("tasks")
