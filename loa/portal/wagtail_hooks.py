from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from .urls import desk_urls


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("trang-cong-khai/", include((desk_urls, "portal_desk")))]
