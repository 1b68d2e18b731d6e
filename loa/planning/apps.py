from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "loa.planning"

    def ready(self) -> None:
        from loa.people.tables import register

        from .deeds import LISTINGS
        from .listings import register as offer
        from .tables import TABLES

        for table in TABLES:
            register(table)
        for listing in LISTINGS:
            offer(listing)
