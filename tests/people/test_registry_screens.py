"""The register on the screen: finding people, seeing what is held about them, writing down what changed."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from loa.base.text import fold, name_key
from loa.ledger import queries as ledger
from loa.people import register
from loa.people.actions import belonging
from loa.people.models import Area, Consent, Duty, Membership, Person, Post, UnitPlace
from loa.people.policies import scope
from loa.people.register import Presence, Wanted
from loa.people.roles import Ability
from tests import make
from tests.make import DAY, LONG_AGO, NOON

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/to-chuc/nguoi/"


@pytest.fixture(autouse=True)
def in_english():
    """The texts under test are message ids; the catalogue has its own check."""
    with override("en"):
        yield


@pytest.fixture
def province():
    return make.unit(code="T", name="LĐLĐ tỉnh Mẫu")


@pytest.fixture
def factory(province):
    return make.unit(parent=province, code="N1", name="CĐCS Nhà máy Một")


@pytest.fixture
def school(province):
    return make.unit(parent=province, code="N2", name="CĐCS Trường Hai")


@pytest.fixture
def officer(client, province):
    account = make.account(role="officer", unit=province)
    client.force_login(account)
    return account


@pytest.fixture
def registrar(client, province):
    account = make.account(role="registrar", unit=province)
    client.force_login(account)
    return account


def found(viewer, *, size=register.PAGE, **wanted):
    rows, following = register.people(scope(viewer, Ability.SEE_PEOPLE, on=DAY), Wanted(**wanted), size=size)
    return [row.person.full_name for row in rows], following


def page_of(person):
    return reverse("people:person", args=[person.pk])


def shown(client, address, **query):
    response = client.get(address, query, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def sent(client, address, **typed):
    return client.post(address, typed, headers={"accept-language": "en"})


@pytest.mark.parametrize("few", [0, 2_000])
def test_people_are_listed_by_given_name_page_by_page(monkeypatch, few, province, factory, officer):
    monkeypatch.setattr(register, "FEW", few)
    for name in ("Lê Bình", "Trần An", "Phạm Ánh", "Lê An", "Lê An"):
        make.person(unit=factory, name=name)
    make.person(unit=make.unit(), name="Người Khác")

    first, after = found(officer, size=2)
    second, following = found(officer, size=2, after=after)
    third, end = found(officer, size=2, after=following)

    assert (first, second, third, end) == (["Lê An", "Lê An"], ["Trần An", "Phạm Ánh"], ["Lê Bình"], "")


@pytest.mark.parametrize("few", [0, 2_000])
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("nguyen van hoa", ["Nguyễn Văn Hòa"]),
        ("Hoà", ["Nguyễn Văn Hòa", "Lê Thị Hoa"]),
        ("+84 905.123.456", ["Lê Thị Hoa"]),
        ("905123456", ["Lê Thị Hoa"]),
        ("dv-7", ["Nguyễn Văn Hòa"]),
        ("khong co", []),
        ("0905 999 999", []),
        ("100%", []),
    ],
)
def test_people_are_found_by_name_phone_or_code_in_any_writing(monkeypatch, few, words, names, factory, officer):
    monkeypatch.setattr(register, "FEW", few)
    make.person(unit=factory, name="Nguyễn Văn Hòa", member_code="DV-7")
    make.person(unit=factory, name="Lê Thị Hoa", phone="+84905123456")
    make.person(unit=make.unit(), name="Trần Hoà", phone="+84905123456", member_code="DV-8")

    assert sorted(found(officer, words=words)[0]) == sorted(names)


def test_a_list_shows_those_who_are_here_or_have_left_of_one_unit_and_what_is_below(province, factory, school, officer):
    here = make.person(unit=factory, name="Lê Ở", standing="worker")
    gone = make.person(unit=factory, name="Lê Đi")
    belonging.leave(gone, on=DAY, by=officer, at=NOON)
    moved = make.person(unit=factory, name="Lê Chuyển")
    belonging.move(moved, to=school, on=DAY, by=officer, at=NOON)
    path = UnitPlace.objects.get(unit=factory).path

    assert found(officer)[0] == ["Lê Chuyển", "Lê Ở"]
    assert found(officer, standing="worker")[0] == [here.full_name]
    assert found(officer, path=path)[0] == [here.full_name]
    assert found(officer, path=path, presence=Presence.LEFT)[0] == [gone.full_name]
    assert found(officer, presence=Presence.ALL)[0] == ["Lê Chuyển", "Lê Đi", "Lê Ở"]
    assert found(make.superuser())[0] == ["Lê Chuyển", "Lê Ở"]


@pytest.mark.parametrize("query", [{}, {"q": "Mẫu"}, {"q": "0905 123 456"}, {"unit": "N1"}, {"presence": "all"}])
def test_the_list_costs_the_same_however_many_people(client, officer, factory, django_assert_max_num_queries, query):
    costs = []
    for how_many in (1, 3):
        while Person.objects.count() < how_many:
            make.person(unit=factory, phone="+84905123456")
        with django_assert_max_num_queries(40) as asked:
            page = shown(client, LIST, **query)
        assert page.count("Nguyễn Thị Mẫu") == how_many
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_a_page_costs_the_same_however_long_a_history(client, registrar, factory, django_assert_max_num_queries):
    person = make.person(unit=factory)
    costs = []
    for number in range(1, 4):
        post = Post.objects.create(code=f"p{number}", name=f"Chức vụ {number}", folded=f"chuc vu {number}")
        Duty.objects.create(person=person, post=post, unit=factory, started_on=LONG_AGO)
        Consent.objects.create(person=person, channel="sms", purpose=f"news{number}", proof="Phiếu", given_at=NOON)
        belonging.move(
            person, to=factory, standing=("worker", "member")[number % 2 == 0], on=date(2025, number, 1),
            by=registrar, at=NOON,
        )  # fmt: skip
        with django_assert_max_num_queries(40) as asked:
            page = shown(client, page_of(person))
        assert page.count("Chức vụ") == number
        costs.append(len(asked))

    assert costs[0] == costs[2]


def test_the_list_says_when_there_is_nobody_and_when_a_unit_is_not_theirs(client, officer, province):
    other = make.unit(code="X9")
    make.person(unit=other, name="Trần Lạ")

    assert "Nobody in your units matches" in shown(client, LIST, q="khong ai")
    for code in ("X9", "khong-co"):
        page = shown(client, LIST, unit=code)
        assert "Trần Lạ" not in page
        assert "data-wrong" in page


def test_the_page_of_a_person_shows_where_they_were_what_they_hold_and_who_wrote_it(client, registrar, factory, school):
    person = make.person(unit=factory, phone="+84905123456", birth_year=1985)
    Duty.objects.create(
        person=person, unit=school, post=Post.objects.get(code="grassroots-committee"), started_on=date(2026, 1, 1)
    )
    belonging.move(person, to=school, standing="worker", on=date(2025, 6, 1), by=registrar, at=NOON)

    page = shown(client, page_of(person))

    for text in ("0905 123 456", "1985", "CĐCS Nhà máy Một", "CĐCS Trường Hai", "01/06/2025", "Uỷ viên BCH CĐCS"):
        assert text in page
    for text in ("Changed unit or standing", registrar.name, "Erase the data"):
        assert (text in page) is (text != "Erase the data")


def test_people_of_other_units_are_not_there(client, officer):
    person = make.person(unit=make.unit())

    assert client.get(page_of(person)).status_code == 404
    for name in ("correct", "move", "leave", "post", "consent", "erase"):
        assert client.get(reverse(f"people:person-{name}", args=[person.pk])).status_code == 404
    for name in ("export", "withdraw"):
        assert client.post(reverse(f"people:person-{name}", args=[person.pk])).status_code == 404


def test_somebody_who_moved_on_is_seen_by_the_new_unit_alone(client, factory, school):
    person = make.person(unit=factory)
    belonging.move(person, to=school, on=DAY, by=make.superuser(), at=NOON)

    answers = []
    for unit in (factory, school):
        client.force_login(make.account(role="chair", unit=unit))
        answers.append(client.get(page_of(person)).status_code)

    assert answers == [404, 200]


AN = {
    "full_name": "Lê Văn An",
    "birth": "5/2/1985",
    "phone": "0905.123.456",
    "gender": "m",
    "area": "phuong 1",
}


def test_an_officer_writes_somebody_in(client, officer, factory):
    area = Area.objects.create(code="p1", name="Phường 1", name_key="p", folded="phuong 1")

    answer = sent(client, reverse("people:person-new"), unit="N1", standing="member", on="2026-01-01", **AN)

    person = Person.objects.get()
    assert answer["Location"] == page_of(person)
    assert (person.born_on, person.phone, person.gender, person.area) == (
        date(1985, 2, 5), "+84905123456", "m", area,
    )  # fmt: skip
    assert (person.folded, person.name_key) == (fold("Lê Văn An"), name_key("Lê Văn An"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": "A1"},
        {"birth": "xx"},
        {"birth": "1/1/2999"},
        {"phone": "12"},
        {"email": "x"},
        {"area": "Không có"},
        {"unit": "X9"},
        {"unit": "none"},
        {"on": "2999-01-01"},
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_written(client, officer, factory, wrong):
    make.unit(code="X9")
    typed = {"unit": "N1", "standing": "member", "on": "2026-01-01", **AN, "area": ""} | wrong

    page = sent(client, reverse("people:person-new"), **typed)

    assert (page.status_code, Person.objects.count()) == (200, 0)
    assert "errorlist" in page.content.decode()


def test_a_chair_corrects_a_number(client, factory):
    person = make.person(unit=factory, birth_year=1985, phone="+84905777000")
    chair = make.account(role="chair", unit=factory)
    client.force_login(chair)
    address = reverse("people:person-correct", args=[person.pk])
    assert "0905 777 000" in shown(client, address)

    sent(client, address, full_name=person.full_name, birth="1985", phone="0905 000 111")

    [entry] = ledger.history(person.ref)
    assert (Person.objects.get().phone, entry.actor, entry.data) == ("+84905000111", chair.ref, {"fields": ["phone"]})


def test_verbs_are_carried_out_on_the_screen(client, registrar, factory, school):
    person = make.person(unit=factory)
    post = Post.objects.get(code="grassroots-committee")

    def do(name, **typed):
        answer = sent(client, reverse(f"people:person-{name}", args=[person.pk]), **typed)
        assert answer.status_code == 302, answer.content.decode()

    do("move", to="N2", standing="member", on="2025-06-01")
    do("post", post=post.pk, unit="N2", on="2025-07-01")
    duty = Duty.objects.get()
    assert sent(client, reverse("people:post-end", args=[duty.pk]), on="2026-01-01").status_code == 302
    do("consent", channel="sms", purpose="news", proof="Phiếu số 12")
    do("withdraw", channel="sms", purpose="news")
    do("leave", on="2026-02-01", reason="retired")
    assert "belongs to no unit" in shown(client, page_of(person))
    do("erase", reason="asked", sure="on")

    assert "has been erased" in shown(client, page_of(person))
    assert list(Membership.objects.order_by("pk").values_list("ending", flat=True)) == ["transferred", "left"]
    kinds = [entry.kind.removeprefix("people.") for entry in reversed(ledger.history(person.ref))]
    assert kinds == [
        "person-moved", "post-given", "post-ended", "consent-given", "consent-withdrawn", "person-left",
        "person-erased",
    ]  # fmt: skip
    assert "Nguyễn Thị Mẫu" not in shown(client, LIST, presence="all")


def test_a_refusal_is_shown_on_the_form(client, officer, factory):
    person = make.person(unit=factory)

    page = sent(client, reverse("people:person-leave", args=[person.pk]), on=LONG_AGO.isoformat(), reason="retired")

    assert "Please choose a later day" in page.content.decode()
    assert Membership.objects.get().ending == ""


def test_buttons_are_those_that_would_work(client, officer, factory):
    page = shown(client, page_of(make.person(unit=factory)))

    for text, there in (("Correct the data", True), ("Leaves the unit", True), ("Note a consent", False)):
        assert (text in page) is there


def test_all_that_is_held_is_handed_out_as_a_workbook(client, registrar, factory):
    person = make.person(unit=factory, name="=1+1", email="mau@vi-du.example", phone="+84905123456")
    Consent.objects.create(person=person, channel="sms", purpose="news", proof="Phiếu số 12", given_at=NOON)

    answer = sent(client, reverse("people:person-export", args=[person.pk]))

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    texts = {text for row in rows for text in row}
    assert {"=1+1", "mau@vi-du.example", "0905 123 456", "Phiếu số 12", "01/01/2020 – "} <= texts
    assert [entry.kind for entry in ledger.history(person.ref)] == ["people.person-exported"]
    assert client.get(reverse("people:person-export", args=[person.pk])).status_code == 405


def test_people_who_may_be_one_are_shown_together(client, officer, factory, school):
    make.person(unit=factory, name="Lê Thị Hoà", birth_year=1985)
    make.person(unit=school, name="LÊ THỊ HÒA", birth_year=1985)
    make.person(unit=school, name="Lê Thị Hòa", birth_year=1990, phone="+84905123456")
    make.person(unit=factory, name="Trần An", birth_year=1985, phone="+84905123456")
    make.person(unit=make.unit(), name="Trần An", birth_year=1985)
    mine = scope(officer, Ability.SEE_PEOPLE, on=DAY)

    [group], end = register.alike(mine, after="")

    assert ([row.person.full_name for row in group], end) == (["Lê Thị Hoà", "LÊ THỊ HÒA"], "")
    assert register.alike(mine, after="", size=1)[1] != ""
    page = shown(client, reverse("people:people-alike"))
    assert ("LÊ THỊ HÒA" in page, "Trần An" in page) == (True, False)


def test_alike_people_cost_the_same_however_many(client, officer, factory, django_assert_max_num_queries):
    costs = []
    for how_many in (2, 6):
        while Person.objects.count() < how_many:
            make.person(unit=factory, birth_year=1985)
        with django_assert_max_num_queries(40) as asked:
            shown(client, reverse("people:people-alike"))
        costs.append(len(asked))

    assert costs[0] == costs[1]
