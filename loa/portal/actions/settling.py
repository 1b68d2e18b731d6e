"""What the site needs before its first page."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from .. import watching
from ..models import Printing


def before_migration(**_signal: Any) -> None:
    """Receiver of Django's `pre_migrate`."""
    watching.remove()


def after_migration(*, apps: Any, **_signal: Any) -> None:
    """Receiver of Django's `post_migrate`; it also comes when the tables of this module have just been dropped."""
    if "printing" not in apps.all_models["portal"]:
        return
    now = timezone.now()
    _printing, made = Printing.objects.get_or_create(pk=1, defaults={"made_at": now})
    if not made:  # nobody watched while tables were rebuilt
        Printing.objects.filter(pk=1).update(number=F("number") + 1, made_at=now)
    watching.install(apps)
