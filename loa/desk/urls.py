"""Addresses of the screens that belong to the back office itself."""

from django.urls import path

from . import guide, look

desk_urls = [
    path("giao-dien/", look.look, name="look"),
    path("huong-dan/", guide.index, name="guide"),
    path("huong-dan/<slug:name>/", guide.page, name="guide-page"),
    path("huong-dan/hinh/<str:name>", guide.picture, name="guide-picture"),
]
