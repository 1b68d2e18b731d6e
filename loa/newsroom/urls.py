from django.urls import path

from . import public
from .desk import approval, checks, likeness, lists, output, remarks, stories, templates

desk_urls = [
    path("", stories.review, name="review"),
    path("<int:pk>/", stories.story, name="story"),
    path("<int:pk>/duyet/", stories.approve, name="approve"),
    path("<int:pk>/tra-lai/", stories.send_back, name="send_back"),
    path("<int:pk>/xuat-ban/", stories.publish, name="publish"),
    path("<int:pk>/dinh-chinh/", stories.correct, name="correct"),
    path("<int:pk>/go/", stories.withdraw, name="withdraw"),
    path("<int:pk>/noi-dang/", stories.place, name="place"),
    path("noi-dang/<int:pk>/ket-thuc/", stories.end_placement, name="end_placement"),
    path("<int:pk>/lam-mau/", templates.keep, name="keep_template"),
    path("<int:pk>/xin-duyet/", approval.ask, name="ask_by_link"),
    path("duong-dan/<int:pk>/thu-lai/", approval.revoke, name="revoke_link"),
    path("duyet-thay/", approval.deputies, name="deputies"),
    path("duyet-thay/<int:pk>/ket-thuc/", approval.end_deputy, name="end_deputy"),
    path("<int:pk>/xoa-noi-dung/", stories.kill, name="kill"),
    path("<int:pk>/ngon-ngu/", stories.translate, name="translate"),
    path("trung/", likeness.alike, name="alike"),
    path("trung/gop/", likeness.join, name="join"),
    path("trung/de-rieng/", likeness.keep_apart, name="keep_apart"),
    path("<int:pk>/tach/", likeness.part, name="part"),
    path("san-luong/", output.output, name="output"),
    path("san-luong/tin-bai/", output.rows, name="output_rows"),
    path("<int:pk>/kiem-tra/", checks.check, name="check"),
    path("kiem-tra/", checks.check_text, name="check_text"),
    path("<int:pk>/gop-y/", remarks.make, name="make_remark"),
    path("gop-y/<int:pk>/tra-loi/", remarks.answer, name="answer_remark"),
    path("gop-y/<int:pk>/xong/", remarks.resolve, name="resolve_remark"),
    path("mau/", templates.templates, name="templates"),
    path("mau/<int:pk>/viet/", templates.begin, name="begin"),
    path("mau/<int:pk>/thoi-dung/", templates.retire, name="retire_template"),
    path("danh-muc/", lists.lists, name="lists"),
    path("danh-muc/<slug:code>/", lists.entry, name="new_entry"),
    path("danh-muc/<slug:code>/<int:pk>/", lists.entry, name="entry"),
    path("danh-muc/<slug:code>/<int:pk>/bo/", lists.remove_entry, name="remove_entry"),
]

public_urls = [path("<str:token>/", public.decide, name="decide")]
