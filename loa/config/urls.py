"""Where everything is. Modules list their own addresses in `desk_urls` and `public_urls`."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail.admin import urls as wagtail_urls

from loa.newsroom import urls as newsroom
from loa.people import urls as people
from loa.portal import urls as portal
from loa.ui import urls as ui

urlpatterns = [
    path("quan-tri/", include(wagtail_urls)),
    path("tai-khoan/", include((people.public_urls, "people_public"))),
    path("tai-khoan/", include("allauth.urls")),
    path("duyet-bai/", include((newsroom.public_urls, "newsroom_public"))),
    path("gop-tin/", include((newsroom.contribution_urls, "contributions"))),
    path("", include((ui.public_urls, "ui"))),
    path("", include((portal.public_urls, "portal"))),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
]
