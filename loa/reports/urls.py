from django.urls import path

from . import desk

desk_urls = [
    path("", desk.reports, name="reports"),
    path("lap/", desk.prefill, name="prefill"),
    path("<int:pk>/", desk.report, name="report"),
    path("<int:pk>/bang-chung/<str:target>/", desk.evidence, name="evidence"),
    path("<int:pk>/tong-va-dem/<str:target>/", desk.apart, name="apart"),
    path("<int:pk>/xem-truoc/", desk.preview, name="preview"),
    path("<int:pk>/van-ban/", desk.document, name="document"),
    path("<int:pk>/van-ban/khi-chap-nhan/", desk.document_as_accepted, name="document_as_accepted"),
    path("<int:pk>/pdf/", desk.printing, name="printing"),
    path("<int:pk>/pdf/lap/", desk.print_, name="print"),
    path("<int:pk>/pdf/tep.pdf", desk.pdf, name="pdf"),
    path("<int:pk>/viet/", desk.write, name="write"),
    path("<int:pk>/nop/", desk.submit, name="submit"),
    path("<int:pk>/tra-lai/", desk.give_back, name="give_back"),
    path("<int:pk>/chap-nhan/", desk.accept, name="accept"),
    path("<int:pk>/luc-do-va-nay/", desk.replay, name="replay"),
    path("<int:pk>/ho-so/", desk.record, name="record"),
    path("<int:pk>/dinh-chinh/", desk.correct, name="correct"),
    path("<int:pk>/dinh-chinh/doan/<str:place>/", desk.passage, name="passage"),
    path("<int:pk>/dinh-chinh/doan/<str:place>/nop/", desk.correct_passage, name="correct_passage"),
    path("dinh-chinh/<int:pk>/chap-nhan/", desk.accept_correction, name="accept_correction"),
    path("dinh-chinh/<int:pk>/tra-lai/", desk.return_correction, name="return_correction"),
    path("<int:pk>/xin-gia-han/", desk.ask_for_time, name="ask_for_time"),
    path("gia-han/<int:pk>/", desk.decide_extension, name="decide_extension"),
]
