"""What can be done with the site: the list of official channels, the first page."""

from .arranging import arrange, change_front, discard_front
from .channels import check_channel_again, end_channel, verify_channel
from .settling import after_migration, before_migration

__all__ = [
    "after_migration",
    "arrange",
    "before_migration",
    "change_front",
    "check_channel_again",
    "discard_front",
    "end_channel",
    "verify_channel",
]
