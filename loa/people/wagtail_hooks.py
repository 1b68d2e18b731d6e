"""Where the back office finds the screens of units, people and accounts."""

from django.urls import URLResolver, include, path
from wagtail import hooks

from .urls import desk_urls


@hooks.register("register_admin_urls")
def screens() -> list[URLResolver]:
    return [path("to-chuc/", include((desk_urls, "people")))]
