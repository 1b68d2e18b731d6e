"""Model fields that mean the same in SQLite and PostgreSQL."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class KeyField(models.CharField):
    """Text compared byte by byte in both databases: codes, paths, sort keys, references.

    PostgreSQL would otherwise compare by the locale of the database, so that neither ranges of paths nor our own
    sort keys would hold; SQLite compares this way by itself.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = dict(super().db_parameters(connection))
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
