"""Every address of the back office, for every role, with things of another unit: nothing opens, nothing changes.

Addresses are taken from the resolver, so that new ones are walked without anyone remembering.
"""

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils import timezone
from django.utils.regex_helper import normalize

from loa.desk.door import BACK_OFFICE
from loa.ledger.models import Entry
from loa.people.models import Account, Duty, Membership, Person, Post, Unit
from loa.people.roles import ROLES
from tests import make, make_news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
MARKER = "xala7731"
"""Stands in every text of the other unit, as it is typed and as it is folded."""
UNIT_NAME = f"Công đoàn {MARKER}"

NEVER_ADDRESSED = {
    "audience.ReachEntry",
    "audience.ReachCount",
    "audience.TopicCount",
    "audience.Estimate",
    "newsroom.StoryWords",
    "people.AreaCoverage",
    "people.EnterpriseUnit",
    "people.EventTrace",
    "people.Succession",
    "people.UnitPlace",
    "people.UnitVersion",
    "planning.Plan",
    "reports.Reminder",
}
"""Models of units whose rows are reached through something else, or (plans) are everybody's."""

SIGNS_OUT = {"quan-tri/logout/"}
NO_THING = {"quan-tri/editing-sessions/release/{pk}/"}
"""The key is that of a browser tab; Wagtail ends only one's own, and says yes to any."""
NAMED_ON = ("(ask)",)
"""Screens where one chooses among all units around one's own: what units are called is on the public site."""
LINK = {"external-link-chooser-url": "https://vi-du.example/"}
"""Without an address, Wagtail's form for links fails."""


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    """With {pk} where a key stands."""
    opened: bool
    """Whether the door may let somebody in who is not a superuser."""


def patterns(resolver: URLResolver, above: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*above, entry.pattern))
        else:
            yield (*above, entry.pattern), entry


def template_of(pattern: Any) -> str:
    """The text of one pattern, with {name} for its parameters."""
    if isinstance(pattern, RegexPattern):
        text, names = normalize(str(pattern.regex.pattern))[0]
        return text.replace("%%", "%") % {name: "{" + name + "}" for name in names}
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern))


SAMPLES = {
    "app_label": "newsroom",
    "app_name": "newsroom",
    "model_name": "story",
    "action": "delete",
    "action_name": "approve",
    "revision_id_a": "live",
    "revision_id_b": "latest",
    "uidb64": "x",
    "token": "x",
    "code": "x",
    "task": "x",
    "year": "2026",
    "month": "3",
}


def addresses() -> list[Address]:
    found = []
    for parts, entry in patterns(get_resolver()):
        template = "".join(template_of(part) for part in parts)
        if not template.startswith(BACK_OFFICE) or not template.replace("{pk}", "").strip("/"):
            continue
        uuids = {name for part in parts for name in re.findall(r"<uuid:(\w+)>", str(part))}
        names = set(re.findall(r"\{(\w+)\}", template))
        known = dict.fromkeys(names, "{pk}") | SAMPLES | dict.fromkeys(uuids, str(uuid.uuid4()))
        path = template.format(**known)
        view = entry.callback
        ours = hasattr(view, "ability") or hasattr(view, "guarded_by")
        found.append(Address(name=f"{entry.name}", path=path, opened=ours or "images" in path or "editing-" in path))
    return sorted(set(found), key=lambda one: (one.path, one.name))


def row(model: type[models.Model], **fields: Any) -> models.Model:
    """A row of any model, with the least in it."""
    for field in model._meta.concrete_fields:
        if field.name in fields or field.primary_key or field.null or field.has_default():
            continue
        if field.choices:
            fields[field.name] = next(iter(field.choices))[0]
        elif isinstance(field, models.DateTimeField):
            fields[field.name] = NOON
        elif isinstance(field, models.DateField):
            fields[field.name] = DAY
        elif isinstance(field, models.JSONField):
            fields[field.name] = {}
        elif isinstance(field, models.CharField | models.TextField):
            fields[field.name] = "" if field.blank else MARKER[: field.max_length]
        elif isinstance(field, models.IntegerField):
            fields[field.name] = 1
    return model._default_manager.create(**fields)


def things_of(unit: Unit) -> dict[str, models.Model]:
    """One of everything that belongs to `unit`, by the name of its model."""
    person = make.person(unit=unit, name=f"Trần {MARKER}")
    account = make.account(role="writer", unit=unit, person=person, name=f"Trần {MARKER}")
    post = Post.objects.get_or_create(code="walk", defaults={"name": "Ủy viên", "folded": "uy vien"})[0]
    story = make_news.story(unit=unit, title=f"Tin {MARKER}", author=account)
    draft = make_news.story(unit=unit, title=f"Nháp {MARKER}", published_at=None)
    draft.save_revision()
    duty = Duty.objects.create(person=person, post=post, unit=unit, started_on=make.LONG_AGO)
    things: list[models.Model] = [
        unit,
        person,
        account,
        story,
        draft,
        duty,
        account.grants.get(),
        Membership.objects.get(person=person),
        make_news.photo(unit=unit, title=f"Ảnh {MARKER}"),
        make.person(unit=unit, name=f"Lê {MARKER}", phone="+84905777000"),
    ]
    things.append(row(apps.get_model("portal.OfficialChannel"), unit=unit, kind="phone", key=MARKER))
    things.append(row(apps.get_model("planning.CalendarEvent"), unit=unit, on=DAY))
    things.append(row(apps.get_model("people.DraftDecision"), unit=unit, started_by=account, number=MARKER, steps=[]))
    things.append(row(apps.get_model("people.Export"), account=account, title=MARKER))
    things += [row(apps.get_model(name), unit=unit) for name in ("planning.Task", "people.ImportRun", "reports.Report")]
    things.append(row(apps.get_model("newsroom.StoryTemplate"), unit=unit, made_by=account))
    things.append(row(apps.get_model("newsroom.Clip"), unit=unit, seconds=1.0))
    things.append(row(apps.get_model("newsroom.Contribution"), unit=unit, once=uuid.uuid4()))
    asked = {"unit": unit, "asker": make.unit(parent=unit), "asked_by": account}
    things.append(row(apps.get_model("newsroom.MaterialRequest"), **asked))
    offer = row(apps.get_model("newsroom.Offer"), unit=unit, story=story, offered_by=account)
    things.append(offer)
    things.append(row(apps.get_model("newsroom.SharedStory"), unit=unit, story=story, offer=offer))
    things.append(row(apps.get_model("newsroom.Event"), unit=unit, planned_by=account))
    things.append(
        row(
            apps.get_model("newsroom.Coverage"),
            unit=unit,
            planned_by=account,
            due_at=timezone.now(),
            product_type=story.product_type,
        )
    )
    things += facts_of(unit, account, story)
    report = apps.get_model("reports.Report").objects.get(unit=unit)
    things.append(row(apps.get_model("reports.Correction"), unit=unit, report=report))
    things.append(row(apps.get_model("reports.Extension"), unit=unit))
    return {f"{thing._meta.label}{number}": thing for number, thing in enumerate(things)}


def facts_of(unit: Unit, account: Account, story: models.Model, *, words: str = MARKER) -> list[models.Model]:
    """A shared fact, as it reads, and a story that does not say so yet."""
    fact = row(apps.get_model("newsroom.SharedFact"), unit=unit, name=words, folded_name=words)
    told = {"value": words, "source": words, "why": "first", "recorded_by": account}
    version = row(apps.get_model("newsroom.FactVersion"), fact=fact, **told)
    use = {"story": story, "fact": fact, "version": version, "owing": version}
    return [fact, version, row(apps.get_model("newsroom.FactUse"), **use)]


def counts() -> dict[str, int]:
    kept = [
        model for model in apps.get_models() if model._meta.app_label in {"people", "planning", "newsroom", "reports"}
    ]
    return {model._meta.label: model._default_manager.count() for model in kept}


def as_seen(things: dict[str, models.Model]) -> dict[str, Any]:
    return {key: type(thing)._default_manager.filter(pk=thing.pk).values().first() for key, thing in things.items()}


@pytest.fixture
def world() -> tuple[Unit, dict[str, models.Model]]:
    """Our unit, and the things of one beside it, under the same province."""
    province = make.unit(name="Liên đoàn tỉnh")
    own = make.unit(parent=province, name="Công đoàn của mình")
    foreign = make.unit(parent=province, name=UNIT_NAME)
    return own, things_of(foreign)


def keys_of_others(things: dict[str, models.Model], *mine: models.Model) -> list[int]:
    """Keys that name something of the other unit, and nothing of ours."""
    own = {thing.pk for thing in mine}
    return sorted({int(thing.pk) for thing in things.values()} - own)


def walk(client: Client, keys: list[int]) -> Iterator[tuple[str, Any, bool]]:
    """Ask for every address with GET and POST; gives what was asked, the answer, and whether it named a thing."""
    for address in addresses():
        if address.path in SIGNS_OUT:
            continue
        named = "{pk}" in address.path and address.path not in NO_THING
        for key in keys if named and address.opened else keys[:1]:
            path = "/" + address.path.replace("{pk}", str(key))
            for method in ("get", "post"):
                data = {"id": keys, "pk": key, "unit": key, "person": key, "p": 1} | LINK
                yield f"{method} {path} ({address.name})", getattr(client, method)(path, data), named


def is_closed(answer: Any) -> bool:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/tai-khoan/")
    return answer.status_code in {403, 404, 405} or to_sign_in


def shows(answer: Any, *, besides: str = "") -> bool:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode(errors="replace")
    return MARKER in (text.replace(besides, "") if besides else text).casefold()


def test_the_walk_knows_the_back_office_and_every_kind_of_thing_in_it(world):
    _own, things = world
    belonging = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("loa.")
        and any(
            field.is_relation and field.concrete and field.related_model is Unit for field in model._meta.get_fields()
        )
    }

    assert belonging - NEVER_ADDRESSED == {thing._meta.label for thing in things.values()} & belonging
    assert len(addresses()) > 150
    assert {"people:account", "account"} & {address.name for address in addresses()}


@pytest.mark.parametrize("role", [*ROLES, "stranger", "anonymous"])
def test_nobody_reaches_the_things_of_another_unit(world, role):
    own, things = world
    client = Client(raise_request_exception=False)
    viewer = None
    if role != "anonymous":
        viewer = make.account(role="" if role == "stranger" else role, unit=own, name="Người xem")
        client.force_login(viewer)
    keys = keys_of_others(things, own, *([viewer, *viewer.grants.all()] if viewer else []))
    if role not in ROLES:
        keys = keys[:1]  # the door asks who they are before what they want
    before, seen = counts(), as_seen(things)

    open_ones, telling, broken = [], [], []
    for asked, answer, named in walk(client, keys):
        if answer.status_code >= 500:
            broken.append(asked)
        elif named and not is_closed(answer):
            open_ones.append(f"{asked}: {answer.status_code}")
        elif shows(answer, besides=UNIT_NAME if asked.endswith(NAMED_ON) else ""):
            telling.append(asked)

    found = {"broken": broken, "open": open_ones, "telling": telling}
    assert not any(found.values()), json.dumps(found, indent=1)
    assert as_seen(things) == seen
    assert {name: number - before[name] for name, number in counts().items() if number != before[name]} == {}


def test_superusers_pass_and_what_they_send_is_recorded(client):
    root = make.superuser()
    client.force_login(root)

    assert client.get("/quan-tri/reports/site-history/").status_code == 200
    client.post("/quan-tri/collections/add/", {"name": "Bộ sưu tập"})

    [entry] = Entry.objects.filter(kind="desk.superuser-acted")
    assert (entry.actor, entry.data) == (root.ref, {"screen": "wagtailadmin_collections:add"})


def test_one_who_holds_the_unit_reaches_it():
    """The walk proves little if nothing would open to anybody."""
    unit = make.unit()
    person = make.person(unit=unit)
    account = make.account(person=person, name="Của mình")
    client = Client()
    client.force_login(make.account(role="administrator", unit=unit))

    page = client.get(f"/quan-tri/to-chuc/tai-khoan/{account.pk}/")

    assert page.status_code == 200
    assert "Của mình" in page.content.decode()
    assert isinstance(Person.objects.get(account=account), Person)
    assert Account.objects.filter(person=person).exists()
