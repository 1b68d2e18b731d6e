from django.urls import path

from . import desk

desk_urls = [
    path("", desk.reports, name="reports"),
    path("lap/", desk.prefill, name="prefill"),
    path("<int:pk>/", desk.report, name="report"),
    path("<int:pk>/bang-chung/<slug:target>/", desk.evidence, name="evidence"),
    path("<int:pk>/xem-truoc/", desk.preview, name="preview"),
    path("<int:pk>/van-ban/", desk.document, name="document"),
    path("<int:pk>/viet/", desk.write, name="write"),
    path("<int:pk>/nop/", desk.submit, name="submit"),
    path("<int:pk>/tra-lai/", desk.give_back, name="give_back"),
    path("<int:pk>/chap-nhan/", desk.accept, name="accept"),
]
