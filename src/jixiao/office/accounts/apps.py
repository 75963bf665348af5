"""The room as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "jixiao.office.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Listen to what the libraries tell of sign-ins and second factors."""
        from jixiao.office.accounts import guessing, telling

        telling.listen()
        guessing.listen()
