"""Accounts are listed as Vietnamese lists of people are, and found in any spelling."""

import unicodedata

import pytest

from loa.people import rosters
from loa.people.policies import scope
from loa.people.roles import Ability
from tests import make
from tests.make import DAY

pytestmark = pytest.mark.django_db
NAMES = ("Đỗ Thị Ánh", "Nguyễn Văn An", "Trần Thị Đào", "Lê Văn Dũng", "Phạm Thị Ý")


@pytest.fixture
def registrar():
    unit = make.unit()
    for name in reversed(NAMES):
        make.account(role="writer", unit=unit, name=name)
    return make.account(role="registrar", unit=unit, name="Zzz")


def listed(account, words="", after=""):
    found, following = rosters.page_of(
        rosters.accounts(scope(account, Ability.SEE_PEOPLE, on=DAY)), words=words, after=after
    )
    return [one.name for one in found], following


def test_by_given_name_in_vietnamese_order(registrar):
    assert listed(registrar)[0] == [
        "Nguyễn Văn An",
        "Đỗ Thị Ánh",
        "Lê Văn Dũng",
        "Trần Thị Đào",
        "Phạm Thị Ý",
        "Zzz",
    ]


@pytest.mark.parametrize("words", ["dao", "Đào", "tran thi dao", unicodedata.normalize("NFD", "Đào"), "THỊ ĐÀO"])
def test_in_any_spelling(registrar, words):
    assert listed(registrar, words)[0] == ["Trần Thị Đào"]


def test_the_next_page_goes_on_where_this_one_ends(registrar, settings):
    unit = registrar.grants.get().unit
    for number in range(rosters.PAGE):
        make.account(role="writer", unit=unit, name=f"Người {number:03} Mẫu")
    first, after = listed(registrar)
    second, end = listed(registrar, after=after)

    assert (len(first), end) == (rosters.PAGE, "")
    assert len(set(first + second)) == len(first + second) == rosters.PAGE + len(NAMES) + 1
    assert listed(registrar, after="không.phải")[0] == first
