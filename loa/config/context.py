"""What every template may know about the house."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    return {"site_name": settings.WAGTAIL_SITE_NAME, "demo": settings.MODE == "demo"}
