"""Where everything is. Modules list their own addresses in `desk_urls` and `public_urls`."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail.admin import urls as wagtail_urls

urlpatterns = [
    path("quan-tri/", include(wagtail_urls)),
    path("tai-khoan/", include("allauth.urls")),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
]
