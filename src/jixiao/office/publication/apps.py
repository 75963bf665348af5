"""The room as a Django application."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """公开."""

    name = "jixiao.office.publication"
    label = "publication"
    verbose_name = "公开"
