"""What every template may know about the house."""

from django.conf import settings
from django.http import HttpRequest

from loa.ui import looks


def house(request: HttpRequest) -> dict[str, object]:
    look = looks.current()
    return {"site_name": look.name, "look": look, "demo": settings.MODE == "demo"}
