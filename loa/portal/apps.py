from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PortalConfig(AppConfig):
    name = "loa.portal"

    def ready(self) -> None:
        from . import actions

        pre_migrate.connect(actions.before_migration, sender=self, dispatch_uid="portal.before_migration")
        post_migrate.connect(actions.after_migration, sender=self, dispatch_uid="portal.after_migration")
