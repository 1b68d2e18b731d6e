from django.urls import path

from . import desk

desk_urls = [
    path("", desk.review, name="review"),
    path("<int:pk>/", desk.story, name="story"),
    path("<int:pk>/duyet/", desk.approve, name="approve"),
    path("<int:pk>/tra-lai/", desk.send_back, name="send_back"),
    path("<int:pk>/xuat-ban/", desk.publish, name="publish"),
    path("<int:pk>/dinh-chinh/", desk.correct, name="correct"),
    path("<int:pk>/go/", desk.withdraw, name="withdraw"),
    path("<int:pk>/noi-dang/", desk.place, name="place"),
    path("noi-dang/<int:pk>/ket-thuc/", desk.end_placement, name="end_placement"),
]
