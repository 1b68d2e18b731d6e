"""Who works here, for templates: `{% load staff %}`."""

from django import template
from django.utils import timezone

from loa.base.dates import today

from ..models import Account
from ..policies import is_staff

register = template.Library()


@register.filter
def works_in_the_back_office(account: Account) -> bool:
    """`{% if request.user|works_in_the_back_office %}`: whether the back office opens to them today."""
    return account.is_authenticated and is_staff(account, on=today(timezone.now()))
