from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "loa.reports"

    def ready(self) -> None:
        from loa.planning.registry import register

        from .measures import ReportsOnTime

        register(ReportsOnTime())
