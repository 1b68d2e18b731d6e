from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "loa.config"

    def ready(self) -> None:
        from . import permissions, wiring

        wiring.connect()
        post_migrate.connect(permissions.name_all)
