"""What runs later for units and people: reading lists, and taking them over."""

from django.utils import timezone
from django_tasks import task

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM

from .actions import exports, imports
from .models import Account, Export, ImportRun


@task()
def preview_import(run_id: int) -> None:
    """A file that cannot be read leaves its sentence with the run."""
    try:
        imports.preview(ImportRun.objects.get(pk=run_id), at=timezone.now())
    except Refused:
        return


@task()
def make_export(export_id: int) -> None:
    """Asked twice, or again after a crash, it is done once."""
    exports.make(Export.objects.select_related("account").get(pk=export_id), at=timezone.now())


@task()
def take_up_exports() -> None:
    """Those that a crash left waiting."""
    for export_id in exports.forgotten(at=timezone.now()):
        make_export.enqueue(export_id)


@task()
def apply_import(run_id: int, account_id: int | None) -> None:
    """Asked twice, or again after a crash, it is done once."""
    run = ImportRun.objects.select_related("unit").get(pk=run_id)
    by = SYSTEM if account_id is None else Account.objects.get(pk=account_id)
    try:
        imports.apply(run, by=by, at=timezone.now())
    except Refused:
        return
