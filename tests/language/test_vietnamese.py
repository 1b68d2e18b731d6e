"""The test of the test: it knows Vietnamese from English."""

import pytest

from tests.language.reading import texts_of
from tests.language.vietnamese import foreign

SENTENCES = [
    "Nghiêng người quay quắt trước quyển sách khuếch đại, giặt giũ, giếng khuya, ngoằn ngoèo, huỳnh huỵch.",
    "Quốc gia, quýt, quét, quăng, quần, quên, quynh, thuở, khuỷu tay, tuýp, boong, xoong, yếm, yêu, ỷ lại, y tế.",
    "Đoàn viên, người lao động: những chuyện được nghe, được hỏi, được trả lời ở CĐCS.",
    "Thư điện tử gửi đến nguoi-viet@vi-du.example lúc 08:05 ngày 05/02/2026, tệp danh-sach.xlsx (1,5 MB).",
    "gi gì giết giêng gin tuyệt nguyệt xuýt xoa suýt soát",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_vietnamese_is_let_through(sentence):
    assert foreign(sentence) == []


@pytest.mark.parametrize(
    "english",
    ["Save draft", "Delete", "Edit", "Search", "Are you sure?", "Unpublish", "No results", "Today", "Filter by", "Next",
     "No", "Home", "Upload", "1 page selected", "Add", "Trang web: Settings", "Tin bài live", "Sort", "Log out", "Yes"],
)  # fmt: skip
def test_english_is_caught(english):
    assert foreign(english)


def test_everything_a_page_says_is_read_and_nothing_it_does_not_say():
    page = (
        '<html lang="vi"><head><title>Tin bài</title><style>body {color: red}</style></head>'
        '<body><a href="/save/" title="Mở">Xem</a><img src="x.jpg" alt="Ảnh"><input type="submit" value="Gửi">'
        '<input type="text" value="typed"><option>Chọn</option><button aria-label="Đóng"></button>'
        '<p lang="en">In <b>English</b></p><script>var save = "Save";</script><p>Hết</p></body></html>'
    )

    assert texts_of(page, "text/html; charset=utf-8") == [
        "Tin bài", "Mở", "Xem", "Ảnh", "Gửi", "Chọn", "Đóng", "Hết",
    ]  # fmt: skip
    assert texts_of('{"step": "choose", "html": "<p>Chọn</p>"}', "application/json") == ["Chọn"]
