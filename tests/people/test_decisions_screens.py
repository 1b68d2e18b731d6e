"""The editor of decisions: steps are gathered, consequences shown, and only then anything changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from loa.base.dates import today
from loa.ledger.models import Entry
from loa.people.models import Area, AreaCoverage, DraftDecision, Succession, UnitEvent, UnitPlace, UnitVersion
from tests import make

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)
PAPER = {"number": "15/QĐ-LĐLĐ", "issuer": "LĐLĐ tỉnh Mẫu", "effective_on": "2025-07-01"}


@pytest.fixture(autouse=True)
def in_english():
    """The texts under test are message ids; the catalogue has its own check."""
    with override("en"):
        yield


@pytest.fixture
def province():
    return make.unit(code="T", kind_code="province", name="LĐLĐ tỉnh Mẫu")


@pytest.fixture
def district(province):
    return make.unit(parent=province, code="H", kind_code="district", name="LĐLĐ huyện Mẫu")


@pytest.fixture
def commune(province):
    return make.unit(parent=province, code="X", kind_code="commune", name="CĐ xã Mẫu")


@pytest.fixture
def factory(district):
    return make.unit(parent=district, code="N", name="CĐCS Nhà máy Mẫu")


@pytest.fixture
def manager(client, province):
    account = make.account(role="administrator", unit=province)
    client.force_login(account)
    return account


def shown(client, name, /, *args, **query):
    response = client.get(reverse(f"people:{name}", args=args), query, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, /, *args, **typed):
    return client.post(reverse(f"people:{name}", args=args), typed, headers={"accept-language": "en"}, follow=True)


def begin(client, **paper):
    post(client, "draft-new", **PAPER, **paper)
    return DraftDecision.objects.latest("pk")


def parents(on=JULY):
    return dict(UnitVersion.objects.on(on).values_list("unit__code", "parent__code"))


STEPS: list[tuple[str, dict[str, Any], str]] = [
    ("thanh-lap", {"code": "M", "name": "CĐ mới", "kind": "commune", "parent": "T", "predecessors": "X"}, "establish"),
    ("doi-ten", {"don-vi": "H", "name": "Tên mới"}, "rename"),
    ("chuyen", {"don-vi": ["N"], "to": "cd xa mau"}, "transfer"),
    ("sap-nhap", {"don-vi": ["H"], "into": "X"}, "merge"),
    ("chia-tach", {"don-vi": "H", "into": "X 60\nT 40", "ends": "on", "heir": "X", "rest": "X"}, "split"),
    ("giai-the", {"don-vi": ["H"], "members": "transfer", "rest": "X", "successors": "X"}, "dissolve"),
    ("doi-loai", {"don-vi": ["H"], "kind": "commune"}, "reclassify"),
    ("dia-ban", {"don-vi": "X", "areas": "Xã Mẫu"}, "area"),
]


@pytest.mark.parametrize(("verb", "typed", "kind"), STEPS, ids=[verb for verb, _typed, _kind in STEPS])
def test_each_kind_of_decision_is_prepared_previewed_and_carried_out(
    verb, typed, kind, client, manager, district, commune, factory
):
    area = Area.objects.create(code="A", name="Xã Mẫu", name_key="xa mau", folded="xa mau")
    AreaCoverage.objects.create(unit=district, area=area, valid_from=make.LONG_AGO)
    draft = begin(client)
    post(client, "draft-step", draft.pk, verb, **typed)

    preview = shown(client, "draft-preview", draft.pk)
    assert "Carry out the decision" in preview
    assert (UnitEvent.objects.count(), Entry.objects.count()) == (0, 0)
    page = post(client, "draft-carry-out", draft.pk).content.decode()

    event = UnitEvent.objects.get()
    assert (event.kind, event.decision, event.effective_on) == (kind, "15/QĐ-LĐLĐ, LĐLĐ tỉnh Mẫu", JULY)
    assert set(Entry.objects.values_list("actor", flat=True)) == {manager.ref}
    assert "What the decision says" in page
    draft.refresh_from_db()
    assert (draft.state, draft.event_id) == ("done", event.pk)


def test_one_decision_gathers_many_steps_and_is_saved_at_each(client, manager, province, district, commune, factory):
    other = make.unit(parent=district, code="N2", name="CĐCS Thứ hai")
    draft = begin(client)
    post(client, "draft-step", draft.pk, "thanh-lap", code="M", name="CĐ phường Mới", kind="commune", parent="T")
    post(client, "draft-step", draft.pk, "chuyen", **{"don-vi": ["N"], "to": "M"})
    post(client, "draft-step", draft.pk, "giai-the", **{"don-vi": ["H"], "members": "end", "heir": "X", "rest": "X"})
    post(client, "draft-step", draft.pk, "doi-ten", **{"don-vi": "X", "name": "Nhầm"})

    listed = shown(client, "decisions")
    assert "15/QĐ-LĐLĐ" in listed
    page = post(client, "draft-drop", draft.pk, 4).content.decode()
    assert "Nhầm" not in page
    assert "Transfer CĐCS Nhà máy Mẫu (N), with all below, under CĐ phường Mới (M)" in page
    post(client, "draft-carry-out", draft.pk)

    assert {code: parents()[code] for code in ("N", "N2", "M")} == {"N": "M", "N2": "X", "M": "T"}
    assert UnitPlace.objects.on(JULY).get(unit=other).living
    assert UnitEvent.objects.get().kind == "reorganise"


def test_units_are_found_without_tone_marks_and_ticked_by_branch(client, manager, province, district, factory):
    make.unit(parent=district, code="N2", name="CĐCS Thứ hai")
    draft = begin(client)

    found = shown(client, "draft-step", draft.pk, "chuyen", q="nha may", **{"don-vi": "N2"})
    assert 'value="N2" checked' in found
    assert 'value="N">' in found
    branch = shown(client, "draft-step", draft.pk, "chuyen", nhanh="H")
    assert branch.count("checked") == 3
    assert "3 units ticked" in branch
    asked = {"q": "nha may", "tim": "1", "to": "X", "csrfmiddlewaretoken": "secret"}
    response = client.post(reverse("people:draft-step", args=[draft.pk, "chuyen"]), asked)
    assert response.url.endswith("?q=nha+may&to=X")
    draft.refresh_from_db()
    assert draft.steps == []


def test_the_preview_tells_of_members_rights_and_posts(client, manager, province, district, commune, factory):
    for _ in range(5):
        make.person(unit=district)
    make.person(unit=factory)
    make.account(role="officer", unit=district, name="Người Phụ Trách")
    draft = begin(client)
    post(client, "draft-step", draft.pk, "sap-nhap", **{"don-vi": ["H"], "into": "X"})

    page = shown(client, "draft-preview", draft.pk)

    for text in ("2 units change their place", "move to another unit: 5.", "1 post or role ends", "Người Phụ Trách"):
        assert text in page
    assert "ends</strong>" in page
    assert not UnitEvent.objects.exists()


def test_fewer_than_five_people_are_not_counted_aloud(client, manager, district, commune):
    make.person(unit=district)
    draft = begin(client)
    post(client, "draft-step", draft.pk, "sap-nhap", **{"don-vi": ["H"], "into": "X"})

    assert "move to another unit: fewer than five." in shown(client, "draft-preview", draft.pk)


def test_what_does_not_fit_is_said_where_it_was_typed(client, manager, district, commune, factory):
    make.unit(parent=district, code="N2", name="CĐCS Nhà máy Mẫu")
    draft = begin(client)

    def refused(verb, **typed):
        return post(client, "draft-step", draft.pk, verb, **typed).content.decode()

    assert "no unit with the code or name “ZZ”" in refused("chuyen", **{"don-vi": ["N"], "to": "ZZ"})
    assert "Several units may be meant" in refused("chuyen", **{"don-vi": ["H"], "to": "CĐCS Nhà máy Mẫu"})
    assert "tick at least one unit" in refused("chuyen", to="X")
    assert "more than 100 per cent" in refused("chia-tach", **{"don-vi": "H", "into": "X 60\nT 60"})
    assert "no area called" in refused("dia-ban", **{"don-vi": "X", "areas": "Xã Không có"})
    draft.refresh_from_db()
    assert draft.steps == []
    refused("giai-the", **{"don-vi": ["H"], "members": "end"})
    assert "still stands under" in client.get(reverse("people:draft-preview", args=[draft.pk]), follow=True,
        headers={"accept-language": "en"}).content.decode()  # fmt: skip


def test_a_share_stays_with_the_succession(client, manager, district, commune, factory):
    draft = begin(client)
    post(client, "draft-step", draft.pk, "chia-tach", **{"don-vi": "H", "into": "X 62,5\nT", "rest": "X"})
    post(client, "draft-carry-out", draft.pk)

    links = Succession.objects.values_list("successor__code", "share")
    assert {(code, share and str(share)) for code, share in links} == {("X", "62.50"), ("T", None)}


def test_a_draft_is_set_aside_and_done_drafts_stay_as_they_are(client, manager, factory):
    draft = begin(client)
    post(client, "draft-set-aside", draft.pk)
    page = post(client, "draft-step", draft.pk, "doi-ten", **{"don-vi": "N", "name": "Khác"}).content.decode()

    assert "carried out or set aside already" in page
    draft.refresh_from_db()
    assert (draft.state, draft.steps) == ("dropped", [])


def test_a_decision_to_come_is_taken_back_and_one_in_force_put_right(client, manager, district, commune, factory):
    soon = (today(timezone.now()) + timedelta(days=30)).isoformat()
    post(client, "draft-new", **(PAPER | {"effective_on": soon}))
    draft = DraftDecision.objects.latest("pk")
    post(client, "draft-step", draft.pk, "chuyen", **{"don-vi": ["N"], "to": "X"})
    post(client, "draft-carry-out", draft.pk)
    event = UnitEvent.objects.get()

    assert "Take it back" in shown(client, "decision", event.pk)
    page = post(client, "decision-undo", event.pk).content.decode()

    assert "before it was in force" in page
    assert parents(date.fromisoformat(soon))["N"] == "H"
    assert "taken back or put right already" in post(client, "decision-undo", event.pk).content.decode()

    draft = begin(client)
    post(client, "draft-step", draft.pk, "chuyen", **{"don-vi": ["N"], "to": "X"})
    post(client, "draft-carry-out", draft.pk)
    wrong = UnitEvent.objects.latest("pk")
    assert "Please correct it instead" in post(client, "decision-undo", wrong.pk).content.decode()
    page = post(client, "decision-correct", wrong.pk).content.decode()
    assert "Puts right the decision" in page
    right = DraftDecision.objects.latest("pk")
    post(client, "draft-drop", right.pk, 1)
    post(client, "draft-step", right.pk, "chuyen", **{"don-vi": ["N"], "to": "T"})
    post(client, "draft-carry-out", right.pk)

    assert parents()["N"] == "T"
    wrong.refresh_from_db()
    assert UnitEvent.objects.latest("pk").corrects == wrong
    assert "Put right on" in shown(client, "decision", wrong.pk)


def test_only_managers_prepare_and_only_in_their_own_part(client, province, district, commune, factory):
    other = make.unit(code="K")
    stranger = make.account(role="administrator", unit=other)
    client.force_login(stranger)
    theirs = begin(client)
    client.force_login(make.account(role="administrator", unit=province))

    assert client.get(reverse("people:draft", args=[theirs.pk])).status_code == 404
    draft = begin(client)
    assert "no unit" not in shown(client, "draft-step", draft.pk, "chuyen", **{"don-vi": "K"})
    post(client, "draft-step", draft.pk, "chuyen", **{"don-vi": ["N"], "to": "K"})
    assert "do not manage all" in post(client, "draft-carry-out", draft.pk).content.decode()

    client.force_login(make.account(role="auditor", unit=province))
    assert client.get(reverse("people:draft-new")).status_code == 403
    assert client.post(reverse("people:draft-carry-out", args=[draft.pk])).status_code == 403


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_editor_costs_the_same_however_much_it_shows(
    how_many, client, manager, district, commune, django_assert_num_queries
):
    codes = [make.unit(parent=district, code=f"C{number}").code for number in range(how_many)]
    draft = begin(client)
    for code in codes:
        post(client, "draft-step", draft.pk, "chuyen", **{"don-vi": [code], "to": "X"})
    client.get(reverse("people:draft", args=[draft.pk]))

    with django_assert_num_queries(DRAFT_COST):
        client.get(reverse("people:draft", args=[draft.pk]))
    with django_assert_num_queries(STEP_COST):
        client.get(reverse("people:draft-step", args=[draft.pk, "chuyen"]), {"don-vi": codes, "q": "C"})
    post(client, "draft-carry-out", draft.pk)
    with django_assert_num_queries(LIST_COST):
        client.get(reverse("people:decisions"))
    with django_assert_num_queries(EVENT_COST):
        client.get(reverse("people:decision", args=[UnitEvent.objects.get().pk]))


DRAFT_COST, STEP_COST, LIST_COST, EVENT_COST = 12, 12, 9, 17
