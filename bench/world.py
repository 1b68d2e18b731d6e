"""A large synthetic federation, made by set-based SQL in the database of the settings (an empty, migrated one)."""

from datetime import date, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from loa.audience.models import ReachCount
from loa.base import text
from loa.base.periods import FOREVER
from loa.newsroom.models import Channel, Placement, ProductType, Story
from loa.people.models import Unit, UnitFlag, UnitKind, UnitPlace, UnitVersion
from loa.people.models.units import segment

START = date(2021, 12, 1)
TODAY = date(2026, 11, 20)
MOVED = date(2025, 7, 1)
ROOT_CODE = "LDLD-BD"


@transaction.atomic
def make(*, units: int, people: int, months: int = 60) -> None:
    """`units` grassroots unions below an upper union for each 60, `people` members, counters and stories of `months`.

    A tenth of the grassroots unions moved to another upper union on 1 July 2025.
    """
    uppers = max(2, units // 60)
    _units(units, uppers)
    _people(people)
    _counts(months)
    _stories(months)


def _units(units: int, uppers: int) -> None:
    now = timezone.now()
    kinds = {
        code: UnitKind.objects.get_or_create(code=code, defaults={"name": code, "level": level})[0]
        for level, code in enumerate(["province", "district", "grassroots"])
    }
    codes = [ROOT_CODE, *(f"U{n}" for n in range(uppers)), *(f"G{n}" for n in range(units))]
    made = Unit.objects.bulk_create([Unit(code=code, synthetic=True) for code in codes], batch_size=2000)
    root, upper, below = made[0], made[1 : uppers + 1], made[uppers + 1 :]
    parents = {unit.pk: upper[n % uppers] for n, unit in enumerate(below)}
    moved = {unit.pk: upper[(n + 1) % uppers] for n, unit in enumerate(below) if n % 10 == 0}
    rows: list[tuple[Unit, str, Unit | None, date, date]] = [(root, "province", None, START, FOREVER)]
    rows += [(unit, "district", root, START, FOREVER) for unit in upper]
    for unit in below:
        until = MOVED if unit.pk in moved else FOREVER
        rows.append((unit, "grassroots", parents[unit.pk], START, until))
        if unit.pk in moved:
            rows.append((unit, "grassroots", moved[unit.pk], MOVED, FOREVER))
    versions = UnitVersion.objects.bulk_create(
        [
            UnitVersion(
                unit=unit, name=f"Công đoàn {unit.code}", kind=kinds[kind], parent=parent,
                valid_from=first, valid_to=last,
                name_key=text.sort_key(unit.code), folded=text.fold(unit.code), recorded_at=now,
            )
            for unit, kind, parent, first, last in rows
        ],
        batch_size=2000,
    )  # fmt: skip
    for code, chosen in (("upper_level", {unit.pk for unit in upper}), ("grassroots", {unit.pk for unit in below})):
        flag = UnitFlag.objects.get_or_create(code=code, defaults={"name": code})[0]
        UnitVersion.flags.through.objects.bulk_create(
            [UnitVersion.flags.through(unitversion=v, unitflag=flag) for v in versions if v.unit_id in chosen],
            batch_size=5000,
        )
    top = segment(root.pk)

    def path(unit: Unit, parent: Unit | None) -> str:
        if parent is None:
            return top
        return top + (segment(parent.pk) if parent.pk != root.pk else "") + segment(unit.pk)

    UnitPlace.objects.bulk_create(
        [
            UnitPlace(unit=unit, path=path(unit, parent), valid_from=first, valid_to=last)
            for unit, _kind, parent, first, last in rows
        ],
        batch_size=2000,
    )


def _people(people: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_person (member_code, full_name, name_key, folded, gender, phone, email, synthetic)
            SELECT 'B' || n, 'Người ' || n, 'nguoi' || n, 'nguoi ' || n, 'f', '', '', TRUE
            FROM generate_series(1, %s) n
            """,
            [people],
        )
        cursor.execute("SELECT COUNT(*) FROM people_unit WHERE code LIKE 'G%'")
        (unions,) = cursor.fetchone()
        cursor.execute(
            """
            WITH g AS (
                SELECT id AS unit_id, row_number() OVER (ORDER BY id) - 1 AS n FROM people_unit WHERE code LIKE 'G%%'
            )
            INSERT INTO people_membership (person_id, unit_id, standing, started_on, ended_on, ending)
            SELECT p.id, g.unit_id, 'member', %s, '9999-12-31', ''
            FROM people_person p JOIN g ON g.n = p.id %% %s
            """,
            [START, unions],
        )


def _counts(months: int) -> None:
    random = Random(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, COUNT(*) FROM people_membership GROUP BY unit_id")
        sizes = cursor.fetchall()
    day = TODAY.replace(day=20)
    for _month in range(months):
        ReachCount.objects.bulk_create(
            [
                ReachCount(
                    unit_id=unit_id, year=day.year, counted_on=day, people=people, delivered=0,
                    confirmed=int(people * min(0.95, random.uniform(0.04, 0.075) * day.month)),
                )
                for unit_id, people in sizes
            ],
            batch_size=5000,
        )  # fmt: skip
        day = (day.replace(day=1) - timedelta(days=1)).replace(day=20)


def _stories(months: int) -> None:
    kind = ProductType.objects.get_or_create(code="tin", defaults={"name": "Tin"})[0]
    site = Channel.objects.filter(own_site=True).first() or Channel.objects.create(
        code="site", name="Trang", digital=True, union_site=True, own_site=True
    )
    uppers = list(UnitVersion.objects.filter(kind__code="district").values_list("unit_id", flat=True))
    stories = []
    for index, unit_id in enumerate(uppers):
        for n in range(months * 5):
            day = START + timedelta(days=(n * 6 + index) % (months * 30))
            at = datetime(day.year, day.month, day.day, 3, tzinfo=timezone.get_default_timezone())
            stories.append(
                Story(
                    unit_id=unit_id, title=f"Tin {unit_id} {n}", slug=f"tin-{unit_id}-{n}", kind="policy",
                    product_type=kind, live=True, first_published_at=at, published_on=day, synthetic=True,
                )
            )  # fmt: skip
    made = Story.objects.bulk_create(stories, batch_size=2000)
    Placement.objects.bulk_create(
        [Placement(story=story, channel=site, placed_on=story.published_on) for story in made], batch_size=5000
    )
