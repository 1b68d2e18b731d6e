"""What a newsroom has on its first day."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from .. import lists, terms
from ..models import (
    Channel,
    Licence,
    Limits,
    ProductType,
    ProvinceRule,
    Requirement,
    Story,
    Term,
    Theme,
    UnitApproval,
)

BEGINNING = date(2020, 1, 1)


def after_migration(*, apps: Any, **_signal: Any) -> None:
    """Receiver of Django's `post_migrate`; it also comes when the tables of this module have just been dropped."""
    if "story" in apps.all_models["newsroom"]:
        settle_in()


@transaction.atomic
def settle_in() -> None:
    """Fill empty lists and set the workflow up; what staff have changed is left alone.

    After migrations rather than in one, so that it also holds for a database that a test, or a restore, has emptied.
    """
    if not Theme.objects.exists():
        rows = enumerate(lists.THEMES, start=1)
        Theme.objects.bulk_create([Theme(code=code, name=name, position=n) for n, (code, name) in rows])
    if not ProductType.objects.exists():
        ProductType.objects.bulk_create([ProductType(position=n, **row) for n, row in enumerate(lists.PRODUCT_TYPES)])
        types = {product_type.code: product_type for product_type in ProductType.objects.all()}
        rules = [(types[code], row) for code, rows in lists.REQUIREMENTS.items() for row in rows]
        Requirement.objects.bulk_create([Requirement(product_type=kept, **row) for kept, row in rules])
    if not Channel.objects.exists():
        Channel.objects.bulk_create([Channel(position=n, **row) for n, row in enumerate(lists.CHANNELS)])
    if not Licence.objects.exists():
        Licence.objects.bulk_create([Licence(position=n, **row) for n, row in enumerate(lists.LICENCES)])
    if not Limits.objects.exists():
        Limits.objects.create(valid_from=BEGINNING)
    if not Term.objects.exists():
        Term.objects.bulk_create(_terms())
    if not UnitApproval.objects.exists():
        ProvinceRule.objects.bulk_create([ProvinceRule(**row) for row in lists.PROVINCE_RULES], ignore_conflicts=True)
        _set_workflow_up()


def _terms() -> list[Term]:
    """Each term once, with its abbreviation and what it is said instead of."""
    short = {name: abbreviation for abbreviation, name in terms.ABBREVIATIONS.items()}
    avoided = {name: said for said, name in terms.INSTEAD.items()}
    plain = terms.EXPLAINED
    names = dict.fromkeys([*short, *terms.PLAIN, *avoided, *plain])
    return [
        Term(name=name, abbreviation=short.get(name, ""), avoided=avoided.get(name, ""), plain=plain.get(name, ""))
        for name in names
    ]


def _set_workflow_up() -> None:
    workflow = Workflow.objects.create(name=lists.WORKFLOW)
    for number, row in enumerate(lists.STEPS):
        step = UnitApproval.objects.create(**row)
        WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=number)
    story = ContentType.objects.get_for_model(Story, for_concrete_model=False)
    WorkflowContentType.objects.update_or_create(content_type=story, defaults={"workflow": workflow})
