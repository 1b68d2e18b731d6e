from django.urls import URLResolver, include, path
from wagtail import hooks

from .urls import desk_urls


@hooks.register("register_admin_urls")
def screens() -> list[URLResolver]:
    return [path("bao-cao/", include((desk_urls, "reports")))]
