"""Where the back office finds stories."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .urls import desk_urls
from .viewsets import StoryViewSet

register_snippet(StoryViewSet)


@hooks.register("register_admin_urls")
def screens() -> list[URLResolver]:
    return [path("toa-soan/", include((desk_urls, "newsroom")))]
