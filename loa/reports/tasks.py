"""What runs later for reports: setting their pages."""

from django.utils import timezone
from django_tasks import task

from loa.ledger.facts import SYSTEM

from . import actions
from .models import Printing


@task()
def print_report(printing_id: int) -> None:
    """Asked twice, or again after a crash, it is done once."""
    asked = Printing.objects.select_related("report__unit").get(pk=printing_id)
    actions.print_report(asked, by=SYSTEM, at=timezone.now())


@task()
def take_up_printings() -> None:
    """Those that a crash left waiting."""
    for printing_id in actions.unprinted(at=timezone.now()):
        print_report.enqueue(printing_id)
