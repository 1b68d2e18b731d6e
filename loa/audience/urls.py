from django.urls import path

from . import desk

desk_urls = [path("don-vi/<int:pk>/", desk.unit, name="unit")]
