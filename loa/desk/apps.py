from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "loa.desk"

    def ready(self) -> None:
        from . import pictures, words

        pictures.put_in_charge()
        words.put_in()
