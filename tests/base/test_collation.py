import unicodedata

import pytest
from django.contrib.auth.models import Group

from loa.base.collation import compare, vi_order

DICTIONARY = ["An", "Ánh", "Ân", "Bình", "Dũng", "Đặng", "Oanh", "Ông", "Uyên", "Ưu"]
UNITS = ["Công đoàn cơ sở Công ty An Nhơn", "Công đoàn cơ sở Công ty Ân Hảo", "Công đoàn ngành Y tế", "Công ty"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordered", [DICTIONARY, UNITS, ["ma", "mà", "mả", "mã", "má", "mạ"], ["an", "An", "àn", "an ninh"]]
)
def test_lists_from_the_database_are_in_dictionary_order(ordered):
    Group.objects.all().delete()
    Group.objects.bulk_create([Group(name=name) for name in sorted(ordered, key=lambda name: name[::-1])])

    names = Group.objects.values_list("name", flat=True)

    assert list(names.order_by(vi_order("name"))) == ordered
    assert list(names.order_by(vi_order("name").desc())) == ordered[::-1]


def test_texts_that_differ_are_never_equal_to_the_database():
    assert compare("hoà", "hòa") == -compare("hòa", "hoà") != 0
    assert compare("An", unicodedata.normalize("NFC", "An")) == 0
