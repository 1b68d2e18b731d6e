"""Where the back office finds stories."""

from typing import Any

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .embedding import PhotoEmbed
from .urls import desk_urls
from .viewsets import StoryViewSet

register_snippet(StoryViewSet)


@hooks.register("register_admin_urls")
def screens() -> list[URLResolver]:
    return [path("toa-soan/", include((desk_urls, "newsroom")))]


@hooks.register("register_rich_text_features", order=10)
def pictures_in_texts(features: Any) -> None:
    """In the place of Wagtail's own, which draws while the page is asked for."""
    features.register_embed_type(PhotoEmbed)
