"""Where files are kept that are nobody's business: under no public address."""

from django.core.files.storage import Storage, storages


def private() -> Storage:
    return storages["private"]
