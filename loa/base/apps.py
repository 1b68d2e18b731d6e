from django.apps import AppConfig
from django.db.backends.signals import connection_created

from loa.base.collation import teach_sqlite


class BaseConfig(AppConfig):
    name = "loa.base"

    def ready(self) -> None:
        connection_created.connect(teach_sqlite, dispatch_uid="loa.base.collation")
