from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "loa.planning"

    def ready(self) -> None:
        from loa.people.tables import register

        from .tables import TABLES

        for table in TABLES:
            register(table)
