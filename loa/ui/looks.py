"""The look of today, which every page carries: looked up once a minute, and at once where it was just chosen."""

from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from loa.base.dates import today

from .models import Look

LASTS = 60.0
"""Seconds for which an answer is kept in each process: a page costs no query for its look."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What templates need of the look."""

    name: str
    logo: str = ""
    """Address of the mark; empty for Loa's own."""
    sheet: str = ""
    """Address of the stylesheet with the colours; empty for Loa's own."""


_kept: list[tuple[float, Shown]] = []


def current() -> Shown:
    if not _kept or _kept[0][0] < monotonic():
        keep(shown(latest(on=today(timezone.now()))))
    return _kept[0][1]


def keep(look: Shown) -> None:
    """Let this be the answer for a while."""
    _kept[:] = [(monotonic() + LASTS, look)]


def forget() -> None:
    _kept.clear()


def as_installed() -> Shown:
    return Shown(name=settings.WAGTAIL_SITE_NAME)


def latest(*, on: date) -> Look | None:
    """The look in force on `on`."""
    return Look.objects.filter(from_on__lte=on).order_by("-from_on").first()


def history() -> list[Look]:
    """All looks chosen so far, the newest first, those of days to come included."""
    return list(Look.objects.order_by("-from_on"))


def look_with_key(pk: int) -> Look:
    """Raises Look.DoesNotExist."""
    return Look.objects.get(pk=pk)


def shown(look: Look | None) -> Shown:
    if look is None:
        return as_installed()
    key = f"{look.pk}-{look.chosen_at:%Y%m%d%H%M%S}"
    return Shown(
        name=look.name or settings.WAGTAIL_SITE_NAME,
        logo=look.logo.url if look.logo else "",
        sheet=reverse("ui:sheet", args=[look.pk, key]) if look.colour else "",
    )
