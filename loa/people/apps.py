from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "loa.people"

    def ready(self) -> None:
        from .sheets import TABLES
        from .tables import register

        for table in TABLES:
            register(table)
