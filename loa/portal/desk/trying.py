"""An action from a screen: thanks when it was done, the reason when it was refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages

from loa.base.errors import Refused
from loa.people.screens import DeskRequest


def tried(request: DeskRequest, action: Callable[[], Any], thanks: str) -> bool:
    try:
        action()
    except Refused as reason:
        messages.error(request, str(reason))
        return False
    messages.success(request, thanks)
    return True
