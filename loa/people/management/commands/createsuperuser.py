"""`loa createsuperuser`: Django's command, with a fact: superusers see everything, so the ledger counts them."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction
from django.utils import timezone

from loa.ledger import actions as ledger
from loa.ledger.facts import SYSTEM

from ...events import SuperuserMade
from ...models import Account


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            known = set(Account.objects.filter(is_superuser=True).values_list("pk", flat=True))
            super().handle(*args, **options)
            for account in Account.objects.filter(is_superuser=True).exclude(pk__in=known):
                ledger.record(SuperuserMade(subject=account.ref), by=SYSTEM, at=timezone.now())
