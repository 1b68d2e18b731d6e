"""How long a search takes among very many stories on PostgreSQL, beside what a plain LIKE takes in the same run.

The stories are synthetic and streamed: terms of the union, drawn as words are (the most frequent ones very often),
with rare syllables between them, so that common words are in half of all stories and rare ones in a few.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate, islice, product
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from loa.base.dates import today
from loa.base.text import fold
from loa.newsroom import queries, terms
from loa.newsroom.actions.indexing import make_findable
from loa.newsroom.models import ProductType, Story, Theme
from loa.newsroom.words import Asked, Sieve
from loa.people.models import Unit, UnitKind, UnitPlace, UnitVersion
from loa.people.models.units import segment

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 97
"""Words of a story, as in the measurement that the design rests on."""
LIMIT = 200
ROUNDS = 120
UNITS = 60
_RARE = [
    first + rest for first, rest in product(("kh", "ngh", "tr", "gi", "qu", "ph"), ("oăm", "uếch", "oét", "ưu", "âng"))
]


def run(*, stories: int) -> None:
    if connection.vendor != "postgresql":
        # Not a test: a cluster of our own, made for this run and removed after it.
        command = [sys.executable, str(ROOT / "tools/postgresql.py"), sys.executable, "-m", "loa.config.cli", "bench"]
        sys.exit(subprocess.call([*command, "search", "--stories", str(stories)], cwd=ROOT))
    call_command("migrate", verbosity=0, interactive=False)
    units = _units()
    begun = time.perf_counter()
    made = iter(_stories(stories, units))
    while batch := list(islice(made, 2000)):
        Story.objects.bulk_create(batch)
        make_findable(batch)
    print(f"{stories:,} stories of {LENGTH} words written and indexed in {time.perf_counter() - begun:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('newsroom_storywords'))")
        print(f"the index with its words: {cursor.fetchone()[0]}")
    worst = max(_told(name, ask) for name, ask in _asked(units))
    for name, ask in _plain():
        _told(name, ask, rounds=12)
    if worst > LIMIT:
        sys.exit(f"A search took {worst:.0f} ms at p95; it should take less than {LIMIT} ms.")


def _units() -> list[Unit]:
    now = timezone.now()
    kind = UnitKind.objects.get_or_create(code="district", defaults={"name": "district", "level": 1})[0]
    made = Unit.objects.bulk_create([Unit(code=f"U{n}", synthetic=True) for n in range(UNITS)])
    for unit in made:
        day = today(now) - timedelta(days=4000)
        UnitVersion.objects.create(
            unit=unit, name=f"Công đoàn {unit.code}", kind=kind, valid_from=day, name_key=unit.code, folded=unit.code,
            recorded_at=now,
        )  # fmt: skip
        path = segment(made[0].pk) + (segment(unit.pk) if unit != made[0] else "")
        UnitPlace.objects.create(unit=unit, path=path, valid_from=day)
    return made


def _stories(number: int, units: list[Unit]) -> Iterator[Story]:
    random, now = Random(1), timezone.now()
    phrases = [*terms.PLAIN, *terms.ABBREVIATIONS.values()]
    random.shuffle(phrases)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(phrases))))
    kinds, themes = list(ProductType.objects.all()), list(Theme.objects.all())

    def said(words: int) -> str:
        text: list[str] = []
        while len(text) < words:
            text += random.choices(phrases, cum_weights=weights)[0].split()
            if random.random() < 0.02:
                text += [random.choice(_RARE), random.choice(_RARE)]
        return " ".join(text[:words])

    for n in range(number):
        at = now - timedelta(minutes=25 * n + 1)
        title = said(9)
        story = Story(
            unit=random.choice(units), title=title, folded_title=fold(title), slug=f"tin-{n}", kind="policy",
            product_type=random.choice(kinds), summary=said(20), deep=f"<p>{said(LENGTH - 29)}</p>", live=True,
            first_published_at=at, last_published_at=at, published_on=today(at), synthetic=True,
        )  # fmt: skip
        story.themes = random.sample(themes, 1)
        yield story


def _asked(units: list[Unit]) -> Iterator[tuple[str, Callable[[Random], Any]]]:
    at = timezone.now()
    phrases = [*terms.PLAIN, *terms.ABBREVIATIONS.values()]
    theme, kind = Theme.objects.earliest("pk"), ProductType.objects.earliest("pk")

    def find(text: str, **sieve: Any) -> Any:
        return queries.find(Asked.read(text), Sieve(**sieve), at=at, on=today(at))

    yield "two common words", lambda random: find(fold(" ".join(random.choice(phrases).split()[:2])))
    yield "a term with its marks", lambda random: find(random.choice(phrases))
    yield (
        "two words that are not neighbours",
        lambda random: find(" ".join(random.choice(phrases).split()[0] for _ in range(2))),
    )
    yield "a rare word with a common one", lambda random: find(f"lao {random.choice(_RARE)}")
    yield "the word that nearly all have", lambda _random: find("lao động")
    yield (
        "within a theme, a type and a year",
        lambda random: find(random.choice(phrases), theme_id=theme.pk, type_id=kind.pk, year=today(at).year - 1),
    )
    yield "within a unit", lambda random: find(random.choice(phrases), unit_id=random.choice(units[1:]).pk)
    yield (
        "suggestions while typing",
        lambda random: queries.beginning_with(Asked.read(random.choice(phrases)[: random.randint(3, 9)]), at=at),
    )


def _plain() -> Iterator[tuple[str, Callable[[Random], Any]]]:
    """What one writes first: any text that holds the words, newest first; marks must be typed."""
    phrases = [*terms.PLAIN, *terms.ABBREVIATIONS.values()]

    def like(*words: str) -> Any:
        stories = Story.objects.public(timezone.now()).newest_first()
        for word in words:
            stories = stories.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(deep__icontains=word))
        return list(stories[:20])

    yield "plain LIKE, two common words", lambda random: like(*random.choice(phrases).split()[:2])
    yield (
        "plain LIKE, a rare word with a common one",
        lambda random: like("lao", random.choice(_RARE), random.choice(_RARE)),
    )
    yield "plain LIKE, a word that nobody wrote", lambda _random: like("zzz")


def _told(name: str, ask: Callable[[Random], Any], *, rounds: int = ROUNDS) -> float:
    """The 95th percentile in milliseconds."""
    random, took = Random(2), []
    for _ in range(rounds):
        begun = time.perf_counter()
        ask(random)
        took.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(took, n=100)
    print(f"{name}: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms")
    return cuts[94]
