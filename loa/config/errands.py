"""The home screen of the back office: whose answers it shows, in their order."""

from loa.desk import errands


def connect() -> None:
    errands.connect()
