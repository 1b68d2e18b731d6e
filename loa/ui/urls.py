"""Addresses of what belongs to the look, and of the guide for everybody."""

from django.urls import path

from . import public

public_urls = [
    path("giao-dien/<int:pk>/<slug:key>.css", public.sheet, name="sheet"),
    path("huong-dan/", public.guide_index, name="guide"),
    path("huong-dan/<slug:name>/", public.guide_page, name="guide-page"),
    path("huong-dan/hinh/<str:name>", public.guide_picture, name="guide-picture"),
]
