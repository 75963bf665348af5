"""The room as a Django application."""

from django.apps import AppConfig


class FilingConfig(AppConfig):
    """填报."""

    name = "jixiao.office.filing"
    label = "filing"
    verbose_name = "填报"

    def ready(self) -> None:
        """Follow organisations that move."""
        from jixiao.office.filing.following import follow
        from jixiao.office.people.tree import followers

        if follow not in followers:
            followers.append(follow)
