from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "loa.audience"

    def ready(self) -> None:
        from loa.planning.registry import register

        from .measures import ConfirmedReach

        register(ConfirmedReach(), grows=True)
