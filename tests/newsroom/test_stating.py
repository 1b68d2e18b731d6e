"""Whether a text states a value, however it is written."""

import pytest

from loa.newsroom.stating import Former, Stated, canonical, states, telling, verdict

NEW, OLD = "4.140.000 đồng/tháng", "3.860.000 đồng/tháng"


@pytest.mark.parametrize(
    "text",
    [
        "Từ ngày 01/01, mức lương là 4.140.000 đồng/tháng.",
        "mức mới: 4,14 triệu đồng mỗi tháng",
        "4 triệu 140 nghìn đồng một tháng",
        "4.140.000đ",
        "4 140 000 VNĐ",
        "VND 4,140,000 per month",
        "4.14 million dong a month",
        "MỨC LƯƠNG 4.140.000 ĐỒNG",
    ],
)
def test_a_value_is_found_in_every_form_of_its_number(text):
    assert states(text, NEW)


@pytest.mark.parametrize(
    "text", ["14.140.000 đồng", "4.140.000.000 đồng", "4.140 đồng", "4.140.000 người", "bốn triệu đồng", ""]
)
def test_another_number_is_another_value(text):
    assert not states(text, NEW)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("có hiệu lực từ 1/1/2026.", "ngày 01/01/2026"),
        ("từ ngày 1 tháng 1 năm 2026", "01/01/2026"),
        ("tăng 7,2 phần trăm", "7,2 %"),
        ("nghỉ thai sản 6 tháng", "6 tháng"),
        ("theo Nghị định số 293/2025/NĐ-CP ngày 10/11/2025", "Nghị định số 293/2025/NĐ-CP"),
        ("gọi số 1900 1234", "1900 1234"),
        ("thưởng hai triệu rưỡi, tức 2 triệu rưỡi", "2.500.000"),
        ("Hoà giải viên", "hòa giải viên"),
    ],
)
def test_days_shares_and_words_are_values_too(text, wording):
    assert states(text, wording)


def test_each_number_has_one_form():
    assert canonical("Tăng 1,5 tỷ, còn 3 triệu 200 ngàn đồng/tháng") == "tang 1500000000 con 3200000 dong / thang"


def test_a_bare_small_number_tells_nothing():
    assert [telling(wording) for wording in ("12", "5.000", "12 ngày", "85 %", "", "!")] == [
        False, True, True, True, False, False,
    ]  # fmt: skip


def test_a_text_is_settled_when_it_says_the_value_and_nothing_former():
    texts = {
        "title": "Lương tăng",
        "short": "Nay là 4,14 triệu đồng.",
        "deep": "Mức 3.860.000 đồng/tháng.",
        "summary": "",
    }

    found = verdict(texts, now=[NEW], formers=[Former(wordings=(OLD,))])

    assert found.editions == (
        Stated(edition="title"), Stated(edition="short", now=True), Stated(edition="deep", former=OLD),
    )  # fmt: skip
    assert (found.settled, found.wrong) == (False, False)
    assert verdict(texts | {"deep": ""}, now=[NEW], formers=[Former(wordings=(OLD,))]).settled


def test_a_comparison_with_the_former_value_is_no_mistake_but_a_wrong_value_stands_nowhere():
    text = {"short": "Tăng từ 3.860.000 đồng lên 4.140.000 đồng."}

    assert verdict(text, now=[NEW], formers=[Former(wordings=(OLD,))]).settled
    wrong = verdict(text, now=[NEW], formers=[Former(wordings=(OLD,), wrong=True)])
    assert (wrong.settled, wrong.wrong) == (False, True)


def test_a_value_that_returns_is_no_former_one():
    text = {"short": "Mức 3.860.000 đồng."}

    assert verdict(text, now=[OLD], formers=[Former(wordings=(OLD,)), Former(wordings=(NEW,), wrong=True)]).settled


def test_a_text_without_the_value_is_not_settled():
    assert not verdict({"short": "Lương sẽ tăng."}, now=[NEW]).settled
    assert not verdict({}, now=[NEW]).settled
