from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "loa.desk"

    def ready(self) -> None:
        from . import pictures

        pictures.put_in_charge()
