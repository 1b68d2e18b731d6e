"""A small demo, loaded by the same code as the whole one: interrupted, completed, loaded again, recounted."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date, timedelta
from multiprocessing.pool import ThreadPool
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from loa.base.periods import year
from loa.config.demo import loading
from loa.config.demo.files import Files
from loa.config.demo.loading import front, shared_facts, staff, unit_news
from loa.config.demo.loading.desks import KINDS
from loa.config.demo.places import NEW_ROOT, OLD_NEIGHBOUR, OLD_ROOT
from loa.config.demo.reorganisation import DAY
from loa.config.demo.running import Children, Died
from loa.config.demo.structure import TINY
from loa.config.demo.world import World
from loa.ledger.models import Entry
from loa.newsroom.models import Story
from loa.people import policies
from loa.people.models import Account, Membership, Unit, UnitPlace
from loa.people.roles import Ability
from loa.planning import registry
from loa.planning.protocol import Ask
from loa.planning.scorecard import scorecard
from loa.reports.models import Report

UNTIL = date(2026, 2, 20)
NOW = timezone.now()
"""The real one: Wagtail's schedules know no other."""
EVE = DAY - timedelta(days=1)

pytestmark = pytest.mark.django_db


class Power(Exception):
    """It went out."""


class Torn(World):
    """A world in which the power goes out after ten stories."""

    @property
    def stories(self):
        yield from World(until=self.until, now=self.now, folder=self.folder, size=self.size).stories[:10]
        raise Power


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The small demo in the database, and what was said while it was loaded, in two goes."""
    said: list[list[str]] = []
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic(), ThreadPool(1) as pool:
        for world in (Torn, World):
            said.append([])
            with suppress(Power):
                made = world(until=UNTIL, now=NOW, folder=folder, size=TINY)
                loading.load(made, Files(made, pool), say=said[-1].append)
        yield made, said
        transaction.set_rollback(True)


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def asked(query: str, *parameters: date) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()


def test_an_interrupted_load_goes_on_with_the_step_that_broke_off(demo):
    world, (first, second) = demo

    assert len(first) + len(second) == len(loading.STEPS)
    assert not {line.split(":")[0] for line in first} & {line.split(":")[0] for line in second}
    added = front.OWN + len(shared_facts.TOLD) + unit_news.OUT
    assert Story.objects.filter(published_on__isnull=False).count() == len(world.stories) + added


def test_loading_again_changes_nothing(demo):
    world, _said = demo
    before = count_rows()

    with ThreadPool(1) as pool:
        loading.load(world, Files(world, pool), say=pytest.fail)

    assert count_rows() == before
    assert loading.missing() == []
    assert loading.begun(world.folder, now=NOW) == World(until=UNTIL, now=NOW, folder=world.folder, size=TINY)


def test_facts_happened_on_their_days(demo):
    newest_first = Entry.objects.filter(kind="newsroom.story-published").order_by("-at", "-pk")
    published = dict(newest_first.values_list("subject", "at"))  # what was published again keeps its first day
    stories = Story.objects.filter(published_on__isnull=False)

    assert published == {story.ref: story.first_published_at for story in stories}
    assert Entry.objects.filter(at__gt=NOW).count() == 0


def test_everything_is_marked_as_synthetic(demo):
    assert Unit.objects.filter(code__contains="-0", synthetic=False).count() == 0
    assert Story.objects.filter(synthetic=False).count() == 0


# --- who may be tried


def test_every_kind_of_user_can_sign_in(demo):
    offered = staff.sign_ins(UNTIL)
    accounts = Account.objects.filter(password=staff.administrator().password)

    assert [one.role for one in offered] == list(staff.SIGN_INS.values())
    assert len({one.login for one in offered}) == len(offered) == accounts.count()
    assert accounts[0].check_password(staff.PASSWORD)


@pytest.mark.parametrize(
    ("kind", "ability"),
    [
        ("chair", Ability.SEE_PEOPLE),
        ("officer", Ability.WRITE_STORIES),
        ("approver", Ability.APPROVE_STORIES),
        ("planner", Ability.MANAGE_PLAN),
        ("specialist", Ability.WRITE_REPORTS),
        ("leader", Ability.ACCEPT_REPORTS),
        ("auditor", Ability.SEE_FIGURES),
        ("registrar", Ability.IMPORT),
        ("administrator", Ability.MANAGE_ACCOUNTS),
    ],
)
def test_each_can_do_what_they_are_there_for(demo, kind, ability):
    [login] = [one.login for one in staff.sign_ins(UNTIL) if one.role == staff.SIGN_INS[kind]]
    account = Account.objects.get(email=login) if "@" in login else Account.objects.get(phone=f"+84{login[1:]}")

    assert policies.scope(account, ability, on=UNTIL)


def test_the_officer_the_approver_the_chair_and_the_worker_belong_together(demo):
    team = staff.commune_team(UNTIL)
    below = UnitPlace.objects.on(UNTIL).under(UnitPlace.objects.on(UNTIL).get(unit=team.unit).path)
    grassroots = Account.objects.filter(
        password=staff.administrator().password, grants__isnull=True, person__isnull=False
    )
    homes = Membership.objects.on(UNTIL).filter(person__account__in=grassroots)

    assert team.officer != team.approver
    assert len({home.unit_id for home in homes}) == 1
    assert set(homes.values_list("unit_id", flat=True)) <= set(below.values_list("unit_id", flat=True))


# --- figures


def figures(code: str, on: date, structure: date) -> dict[str, tuple[int | None, int | None]]:
    unit = Unit.objects.get(code=code)
    lines = scorecard(unit.pk, on=on, structure=structure).lines
    return {
        line.target.code: (line.reading.numerator, line.reading.denominator)
        for line in lines
        if line.reading.numerator is not None
    }


def total(key: str, *codes: str, structure: date) -> tuple[int, int]:
    """Numerator and denominator of a measure at the eve of the reorganisation, over these roots."""
    measure = registry.measure(key)
    assert measure is not None
    places = UnitPlace.objects.on(structure).filter(unit__code__in=codes)
    asks = [Ask(path=place.path, period=year(EVE.year), structure=structure, as_of=EVE) for place in places]
    found = [figure for ask in asks for figure in measure.figures(ask) or []]
    return sum(figure.numerator for figure in found), sum(figure.denominator or 0 for figure in found)


@pytest.mark.parametrize(
    "key",
    ["audience.confirmed_reach", "newsroom.digital_share", "newsroom.items", "newsroom.magazines", "reports.on_time"],
)
def test_the_reorganisation_changes_no_total(demo, key):
    assert total(key, OLD_ROOT, OLD_NEIGHBOUR, structure=EVE) == total(key, NEW_ROOT, structure=UNTIL)


def test_the_figures_before_the_reorganisation_are_not_nothing(demo):
    assert total("newsroom.items", OLD_ROOT, structure=EVE)[0] > 0
    assert total("reports.on_time", OLD_ROOT, structure=EVE)[1] > 0


def test_confirmed_reach_recounted(demo):
    world, _said = demo
    counted_on = world.month_ends(UNTIL.year)[-1]
    reached = asked(
        "SELECT COUNT(*) FROM audience_reachentry WHERE year = 2026 AND confirmed <> 0 AND unit_id IS NOT NULL"
    )
    people = asked(
        "SELECT COUNT(*) FROM people_membership WHERE started_on <= %s AND ended_on > %s", counted_on, counted_on
    )

    assert figures(NEW_ROOT, UNTIL, UNTIL)["T1"] == (reached[0], people[0])


def test_products_recounted(demo):
    digital, products = asked(
        """
        SELECT SUM(CASE WHEN places.digital > 0 THEN 1 ELSE 0 END), COUNT(*) FROM newsroom_story story JOIN (
            SELECT p.story_id, MIN(p.placed_on) AS first, SUM(CASE WHEN c.digital THEN 1 ELSE 0 END) AS digital
            FROM newsroom_placement p JOIN newsroom_channel c ON c.id = p.channel_id
            WHERE p.placed_on <= %s AND p.ended_on > p.placed_on GROUP BY p.story_id
        ) places ON places.story_id = story.id
        WHERE story.withdrawn_at IS NULL AND places.first BETWEEN '2025-01-01' AND '2025-12-31'
        """,
        date(2025, 12, 31),
    )

    assert figures(NEW_ROOT, date(2025, 12, 31), UNTIL)["T4"] == (digital, products)


def test_reports_that_came_were_accepted_or_wait(demo):
    world, _said = demo
    due = [one for one in world.reports if one.submitted_on and one.unit not in (OLD_ROOT, OLD_NEIGHBOUR, NEW_ROOT)]
    states = Report.objects.filter(kind__in=KINDS.values()).values_list("state", "received_on", "last")

    assert sorted((day, last) for _state, day, last in states) == sorted((one.submitted_on, one.cut_off) for one in due)
    assert [state for state, _day, _last in states].count("accepted") == sum(1 for one in due if one.accepted_on)


def test_the_province_has_answered_for_every_year_that_was_due(demo):
    answered = Report.objects.filter(kind="province-year", state=Report.State.ACCEPTED)

    assert sorted(answered.values_list("unit__code", "last")) == [
        (OLD_ROOT, date(2024, 11, 30)),
        (NEW_ROOT, date(2025, 11, 30)),
    ]


# --- the command


def loa_demo(var, *arguments: str, mode: str = "demo") -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("LOA_")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "loa.config.cli", "demo", *arguments],
        env=clean | {"LOA_MODE": mode, "LOA_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_demo_refuses_to_run_where_real_data_may_be(tmp_path):
    refused = loa_demo(tmp_path, mode="test")

    assert refused.returncode == 2
    assert "LOA_MODE=demo" in refused.stderr
    assert list(tmp_path.glob("*.sqlite3")) == []


def test_what_children_started_ends_with_them(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    grandchild = f"import time; held = open({str(pipe)!r}, 'w'); time.sleep(300)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    began = time.monotonic()

    with Children() as children:
        children.start("Một", [sys.executable, "-c", child], environment={})
        held = pipe.open()

    with held:
        assert held.read() == "", "the last to hold the pipe has gone"
    assert time.monotonic() - began < 60


def test_a_child_that_dies_is_named():
    with Children() as children:
        children.start("Máy chủ web", [sys.executable, "-c", "raise SystemExit(3)"], environment={})
        with pytest.raises(Died, match=r"Máy chủ web.*mã 3"):
            children.watch(seconds=0.05)
