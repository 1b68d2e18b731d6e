"""Rights on objects: what Wagtail asks of a model is answered for the object's unit."""

import pytest
from django.utils import timezone
from wagtail.permissions import policy_registry

from loa.base.dates import today
from loa.newsroom.models import Photo
from loa.people import policies
from loa.people.models import Grant
from loa.people.roles import Ability
from loa.people.viewsets import ScopedPolicy
from loa.people.viewsets.policy import OneObject
from tests import make, make_news

pytestmark = pytest.mark.django_db
POLICY = ScopedPolicy(Photo, see=Ability.SEE_FIGURES, change=Ability.WRITE_STORIES, publish=Ability.APPROVE_STORIES)
ACTIONS = ("view", "choose", "add", "change", "lock", "unlock", "publish", "delete", "rename")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("auditor", {"view", "choose"}),
        ("writer", {"view", "choose", "add", "change", "lock", "unlock"}),
        ("approver", {"view", "choose", "add", "change", "lock", "unlock", "publish"}),
        ("leader", {"view", "choose", "change", "lock", "unlock", "publish"}),
        ("administrator", {"view", "choose", "add", "change", "lock", "unlock", "publish"}),
    ],
)
def test_actions_follow_from_abilities_and_nobody_deletes(role, may):
    unit, other = make.unit(), make.unit()
    own, foreign = make_news.photo(unit=unit), make_news.photo(unit=other)
    viewer = make.account(role=role, unit=unit)

    assert {action for action in ACTIONS if POLICY.user_has_permission(viewer, action)} == may
    assert {action for action in ACTIONS if POLICY.user_has_permission_for_instance(viewer, action, own)} == may
    assert not any(POLICY.user_has_permission_for_instance(viewer, action, foreign) for action in ACTIONS)


def test_superusers_reach_things_of_no_unit_and_do_not_delete_either():
    orphan, root = make_news.photo(unit=None), make.superuser()

    assert POLICY.user_has_permission_for_instance(root, "change", orphan)
    assert not POLICY.user_has_permission_for_instance(root, "delete", orphan)
    assert not POLICY.user_has_permission_for_instance(make.account(role="planner", unit=make.unit()), "view", orphan)


def test_an_approver_of_one_unit_does_not_publish_what_they_may_only_write_in_another():
    here, there = make.unit(), make.unit()
    viewer = make.account(role="approver", unit=here)
    Grant.objects.create(account=viewer, role="writer", unit=there, started_on=make.LONG_AGO)
    photo = make_news.photo(unit=there)

    assert POLICY.user_has_permission(viewer, "publish")
    assert OneObject(POLICY, photo).user_has_permission(viewer, "change")
    assert not OneObject(POLICY, photo).user_has_permission(viewer, "publish")
    assert not OneObject(POLICY, None).user_has_permission(viewer, "publish")


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_rows_of_a_list_cost_no_query_each(how_many, django_assert_num_queries):
    province = make.unit()
    for _ in range(how_many):
        make_news.photo(unit=make.unit(parent=province))
    make_news.photo(unit=make.unit())
    viewer = make.account(role="approver", unit=province)
    policies.remember(viewer, on=today(timezone.now()))

    with django_assert_num_queries(1):
        rows = list(POLICY.instances_user_has_any_permission_for(viewer, ["view"]))
        assert [POLICY.user_has_permission_for_instance(viewer, "publish", row) for row in rows] == [True] * how_many


def test_those_who_may_are_found_for_one_thing_and_for_all():
    unit, other = make.unit(), make.unit()
    approver, elsewhere = make.account(role="approver", unit=unit), make.account(role="leader", unit=other)
    writer, root = make.account(role="writer", unit=unit), make.superuser()
    photo = make_news.photo(unit=unit)

    assert set(POLICY.users_with_permission("publish")) == {approver, elsewhere, root}
    assert set(POLICY.users_with_permission_for_instance("publish", photo)) == {approver, root}
    assert set(POLICY.users_with_permission_for_instance("change", photo)) == {approver, writer, root}


def test_pictures_are_decided_by_roles_and_uploads_belong_to_the_uploaders_unit(client):
    unit = make.unit()
    writer = make.account(role="writer", unit=unit)
    client.force_login(writer)
    upload = make_news.photo(unit=None).file

    with upload.open() as file:
        client.post(
            "/quan-tri/images/chooser/create/",
            {"image-chooser-upload-title": "Ảnh ca đêm", "image-chooser-upload-file": file},
        )

    assert getattr(policy_registry.get_by_type(Photo), "decided_by_roles", False)
    assert Photo.objects.get(title="Ảnh ca đêm").unit == unit
