from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "loa.reports"

    def ready(self) -> None:
        from loa.people import tables
        from loa.planning.registry import register

        from .measures import ReportsOnTime
        from .tables import TABLES

        register(ReportsOnTime())
        for table in TABLES:
            tables.register(table)
