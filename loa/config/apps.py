from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "loa.config"

    def ready(self) -> None:
        from . import wiring

        wiring.connect()
