from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from .urls import desk_urls


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("ke-hoach/", include((desk_urls, "planning")))]
