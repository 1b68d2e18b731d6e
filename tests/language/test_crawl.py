"""Every screen, for every role, in Vietnamese: no word of another language anywhere a person may read or hear it.

Addresses come from the resolver, so that new ones are visited without anyone remembering. A superuser finds for each
address a thing it can show; whoever may go there afterwards sees the same thing. Forms are also sent empty and wrong.
What only a browser shows (menus, editors, pickers) is in tests/browser/test_language.py.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection, models, transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from wagtail.models import Collection, Page, Site, Task, Workflow

from loa.newsroom import sendings
from loa.newsroom.models import Clip, Contribution, Offer, SharedStory, Story
from loa.people.models import Account, Duty, Membership, Post, Unit
from loa.people.roles import ROLES
from tests import make, make_news
from tests.desk.test_every_url import SAMPLES, facts_of, patterns, row, template_of
from tests.language.reading import HARD_WIRED, texts_of
from tests.language.vietnamese import foreign

pytestmark = pytest.mark.django_db
HIGH = 12_340
"""Keys begin here: an address that writes 12.341 for 12341 leads nowhere."""
NOT_VISITED = {
    "wagtailadmin_logout",
    "wagtailadmin_error_test",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "english",  # the one page in another language, which says so
    None,
}
BROKEN_NUMBER = re.compile(r'(?:href|src|action|value|data-[\w-]+|id|for)="[^"]*\b1[23]\.[34]\d\d\b[^"]*"')
YEAR_GROUPED = re.compile(r"(?<![\d.,])2\.0[0-4]\d(?![\d.,])")
FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
ALREADY_SAID = "xala7731"


@dataclass
class World:
    unit: Unit
    things: list[models.Model]
    names: dict[str, str]
    """What stands in an address for a slug, a code, a year."""


@dataclass
class Findings:
    words: dict[str, set[str]] = field(default_factory=dict)
    numbers: dict[str, set[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    read: int = 0

    def of(self, where: str, answer: Any) -> None:
        if answer.status_code >= 500:
            self.broken.append(where)
        if answer.streaming:
            return
        body = answer.content.decode(errors="replace")
        self.read += 1
        for text in texts_of(body, answer.headers.get("Content-Type", "")):
            if text not in HARD_WIRED or "/quan-tri/" not in where:
                self.of_text(where, text)
        for tag in BROKEN_NUMBER.findall(body):
            self.numbers.setdefault(tag, set()).add(where)

    def of_text(self, where: str, text: str) -> None:
        text = text.replace(ALREADY_SAID, "")
        for word in foreign(text):
            self.words.setdefault(f"{word}: {text[:80]}", set()).add(where)
        if YEAR_GROUPED.search(text):
            self.numbers.setdefault(text[:80], set()).add(where)

    def told(self) -> list[str]:
        found = {**self.words, **self.numbers}
        return [f"{said}  ←  {min(places)} ({len(places)})" for said, places in sorted(found.items())] + self.broken


def begin_high() -> None:
    """Let every key begin at HIGH."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table, key = model._meta.db_table, model._meta.pk
            if not isinstance(key, models.AutoField | models.BigAutoField) or not model._meta.managed:
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, HIGH])
            else:
                quoted = connection.ops.quote_name(table)
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [quoted, key.column, HIGH])


@pytest.fixture
def world() -> World:
    """A unit and one of everything in it, with keys above a thousand and Vietnamese names throughout."""
    begin_high()
    province = make.unit(name="Liên đoàn tỉnh", code="LĐ1", kind_code="province1")
    unit = make.unit(parent=province, name="Công đoàn của mình", code="CĐ2", kind_code="grassroots1")
    person = make.person(unit=unit, name="Trần Thị Mẫu")
    account = make.account(role="writer", unit=unit, person=person, name="Trần Mẫu")
    post = Post.objects.get_or_create(code="walk1", defaults={"name": "Ủy viên", "folded": "uy vien"})[0]
    story = make_news.story(unit=unit, title="Tin mẫu", author=account, type_code="tin", deep="<p>Đoạn văn.</p>")
    draft = make_news.story(unit=unit, title="Nháp mẫu", published_at=None)
    for _ in range(2):
        draft.save_revision(user=account)
        story.save_revision(user=account)
    rows = [row(apps.get_model(name), unit=unit) for name in ("planning.Task", "people.ImportRun", "reports.Report")]
    duty = Duty.objects.create(person=person, post=post, unit=unit, started_on=make.LONG_AGO)
    photo = make_news.photo(unit=unit, title="Ảnh mẫu")
    sent = Contribution.objects.create(unit=unit, once=uuid.uuid4(), text="Tổ tôi có sáng kiến.", received_at=make.NOON)
    asked = {"unit": unit, "asker": province, "asked_by": account, "title": "Tư liệu mẫu"}
    rows.append(row(apps.get_model("newsroom.MaterialRequest"), **asked))
    told = make_news.story(unit=province, title="Tin của tỉnh")
    offer = Offer.objects.create(story=told, unit=province, reach="below", offered_by=account, offered_at=make.NOON)
    words = {"heading": "Tiêu đề mẫu", "worded_at": make.NOON, "proposed_heading": "Đề xuất", "proposed_by": account}
    answer = {"unit": unit, "story": told, "offer": offer, "since": make.NOON}
    shared = SharedStory.objects.create(state="shown", **answer, **words)
    rows += [offer, shared]
    Clip.objects.create(unit=unit, title="Clip mẫu", source_size=1, seconds=65, uploaded_at=make.NOON)
    theme = make_news.theme()
    others: list[models.Model | None] = [
        Group.objects.first(),
        Group.objects.create(name="Nhóm mẫu"),
        Collection.get_first_root_node().add_child(name="Bộ sưu tập mẫu"),
        Page.get_first_root_node(),
        Site.objects.first(),
        Workflow.objects.first(),
        Task.objects.first(),
        *(model._default_manager.first() for model in apps.get_models() if model._meta.app_label in OURS),
    ]
    plan = {"unit": unit, "planned_by": account}
    event = row(apps.get_model("newsroom.Event"), name="Hội thao", public=True, repeats="moon", **plan)
    more = {"event": event, "title": "Tin hội thao", "product_type": story.product_type, "due_at": timezone.now()}
    rows += [event, row(apps.get_model("newsroom.Coverage"), **plan, **more)]
    rows += facts_of(unit, account, story, words="Lương mẫu")
    things: list[models.Model] = [unit, person, account, story, draft, duty, *rows, photo, theme, *filter(None, others)]
    things += [Membership.objects.get(person=person), account.grants.get()]
    things += list(draft.revisions.all())
    names = {
        "slug": story.slug,
        "code": unit.code,
        "year": "2026",
        "token": sendings.token(sent),
        "key": "x",
        "uidb36": "x",
    }
    return World(unit, things, names)


OURS = {"audience", "newsroom", "people", "planning", "reports"}


API = re.compile(r"^/quan-tri/api/")
"""Spoken between programs."""


def all_addresses(names: dict[str, str]) -> list[tuple[str, str]]:
    """Name and path of every address, with {pk} where a key stands."""
    found = set()
    for parts, entry in patterns(get_resolver()):
        template = "".join(template_of(part) for part in parts)
        wanted = set(re.findall(r"\{(\w+)\}", template))
        known = dict.fromkeys(wanted, "{pk}") | SAMPLES | names
        if API.match("/" + template):
            continue
        if entry.name not in NOT_VISITED and not (entry.name or "").startswith("account_logout"):
            found.add((str(entry.name), "/" + template.format(**known)))
    return sorted(found)


def visit(client: Client, findings: Findings, world: World) -> list[str]:
    """Ask for every address; gives those that showed something."""
    keys = list(dict.fromkeys(str(thing.pk) for thing in world.things))
    shown = []
    for name, template in all_addresses(world.names):
        for key in keys if "{pk}" in template else keys[:1]:
            path = template.replace("{pk}", key)
            answer = client.get(path, {"external-link-chooser-url": "https://vi-du.example/"})
            if answer.status_code != 404 or key == keys[-1]:
                findings.of(f"{name} {path}", answer)
            if answer.status_code == 200:
                shown.append(path)
            if answer.status_code != 404:
                break
    return shown


def filled(form: str, how: str) -> dict[str, str]:
    """What is sent: nothing but what the form itself keeps, or something that fits nowhere."""
    sent = {}
    for tag, inside in FIELD.findall(form):
        said = dict(ATTRIBUTE.findall(inside))
        if not said.get("name"):
            continue
        hidden = said.get("type") == "hidden"
        if hidden or how == "empty":
            sent[said["name"]] = said.get("value", "") if hidden else ""
        else:
            sent[said["name"]] = "không-có" if tag == "select" else "?" * 600
    return sent


def send(client: Client, findings: Findings, paths: list[str]) -> None:
    """Send every form of these pages empty and wrong; nothing of it is kept."""
    for path in paths:
        page = client.get(path)
        if page.streaming or "html" not in page.headers.get("Content-Type", ""):
            continue
        for form in FORM.findall(page.content.decode(errors="replace")):
            action = re.match(r'<form\b[^>]*\baction="([^"]+)"', form)
            target = (action.group(1) if action else path).split("#")[0] or path
            if "logout" in target or not target.startswith(("/", "?")):
                continue
            for how in ("empty", "wrong"):
                with transaction.atomic():
                    answer = client.post(
                        target if target.startswith("/") else path + target, filled(form, how), follow=True
                    )
                    findings.of(f"POST {how} {path}", answer)
                    transaction.set_rollback(True)


@pytest.fixture
def forgiving() -> Client:
    return Client(raise_request_exception=False, headers={"accept-language": "en-US,en"})


def read_mails(findings: Findings) -> Iterator[str]:
    for message in mail.outbox:
        yield str(message.subject)
        for line in f"{message.subject}\n{message.body}".splitlines():
            findings.of_text(f"mail {message.subject}", line)


def test_a_superuser_meets_no_foreign_word(world, forgiving):
    forgiving.force_login(make.superuser(name="Quản trị"))
    findings = Findings()

    shown = visit(forgiving, findings, world)
    send(forgiving, findings, [path for path in shown if path.startswith("/quan-tri/")])

    assert not findings.told(), "\n".join(findings.told())
    assert len(shown) > 150


@pytest.mark.parametrize("role", [*ROLES, "member", "anonymous"])
def test_nobody_meets_a_foreign_word(world, forgiving, role):
    if role == "member":
        forgiving.force_login(Account.objects.get(name="Trần Mẫu"))
    elif role != "anonymous":
        forgiving.force_login(make.account(role=role, unit=world.unit, name="Người xem"))
    findings = Findings()

    shown = visit(forgiving, findings, world)
    send(forgiving, findings, shown)

    assert not findings.told(), "\n".join(findings.told())
    assert len(shown) > 5


def test_mails_are_vietnamese(world, forgiving):
    findings = Findings()
    account = Account.objects.get(name="Trần Mẫu")
    forgiving.post("/tai-khoan/password/reset/", {"email": account.email})
    draft = Story.objects.get(title="Nháp mẫu")
    assert draft.get_workflow() is None or draft.get_workflow().start(draft, account)

    subjects = list(read_mails(findings))

    assert not findings.told(), "\n".join(findings.told())
    assert subjects
