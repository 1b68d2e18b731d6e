"""Where a former value of a fact stands besides stories: events, the glossary, templates, units' own headings, and
what the modules above add (the first page). Nobody said that these texts use the fact; they are found by reading them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import pgettext

from loa.people.models import UnitPlace
from loa.people.models.units import beyond
from loa.people.policies import Scope

from ..models import Event, FactUse, SharedFact, SharedStory, StoryTemplate, Term
from .readings import drafted_texts, readings

READ = 300
"""Texts of each kind that are read, the newest."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text besides stories, whose it is (None: the whole site's), and where one changes it."""

    ref: str
    kind: str
    title: str
    url: str
    texts: Mapping[str, str]
    unit_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Saying:
    """A passage that says a former value of a fact."""

    passage: Passage
    former: str
    wrong: bool


Source = Callable[[SharedFact, date], Iterable[Passage]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Another place whose texts are read (config/wiring.py)."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def said_elsewhere(fact: SharedFact, *, on: date, scope: Scope | None = None) -> list[Saying]:
    """What says a former value today: of the fact's unit and of all below it, and of the whole site; a few queries.

    Of the whole site and of units in `scope`, where one is given.
    """
    reads = readings([fact.pk])[fact.pk]
    if not reads.outdated():
        return []
    found = []
    for source in (_events, _terms, _templates, _own_words, *_SOURCES):
        for passage in source(fact, on):
            verdict = reads.of(passage.texts)
            if former := next((one.former for one in verdict.editions if one.former), ""):
                found.append(Saying(passage=passage, former=former, wrong=verdict.wrong))
    if scope is None or scope.everything:
        return found
    wanted = [unit_id for saying in found if (unit_id := saying.passage.unit_id)]
    seen = set(scope.places().filter(unit_id__in=wanted).values_list("unit_id", flat=True))
    return [saying for saying in found if saying.passage.unit_id in {None, *seen}]


def _below(fact: SharedFact, on: date) -> Q:
    """The units that the fact is for, as a condition on `unit`."""
    path = UnitPlace.objects.on(on).filter(unit_id=fact.unit_id).values_list("path", flat=True).first()
    if path is None:
        return Q(unit_id=fact.unit_id)
    places = UnitPlace.objects.on(on).filter(path__gte=path, path__lt=beyond(path))
    return Q(unit_id__in=places.values("unit_id"))


def _events(fact: SharedFact, on: date) -> Iterator[Passage]:
    coming = Q(last_on__gte=on) | ~Q(repeats="")
    for event in Event.objects.filter(_below(fact, on), coming, cancelled_at__isnull=True).order_by("-pk")[:READ]:
        yield Passage(
            ref=event.ref,
            kind=pgettext("passage", "Event"),
            title=event.name,
            url=reverse("newsroom:event", args=[event.pk]),
            texts={"name": event.name, "words": event.words},
            unit_id=event.unit_id,
        )


def _terms(_fact: SharedFact, _on: date) -> Iterator[Passage]:
    for term in Term.objects.exclude(plain="").order_by("-pk")[:READ]:
        yield Passage(
            ref=term.ref,
            kind=pgettext("passage", "Glossary"),
            title=term.name,
            url=reverse("newsroom:entry", args=["thuat-ngu", term.pk]),
            texts={"plain": term.plain},
        )


def _templates(fact: SharedFact, on: date) -> Iterator[Passage]:
    kept = list(StoryTemplate.objects.filter(_below(fact, on), retired_at__isnull=True).order_by("-pk")[:READ])
    texts = drafted_texts({template.pk: template.content for template in kept})
    for template in kept:
        yield Passage(
            ref=template.ref,
            kind=pgettext("passage", "Template"),
            title=template.name,
            url=reverse("newsroom:templates"),
            texts=texts[template.pk],
            unit_id=template.unit_id,
        )


def _own_words(fact: SharedFact, on: date) -> Iterator[Passage]:
    """Those that are not weighed with their story, since it does not use the fact."""
    used = FactUse.objects.filter(fact=fact, story=OuterRef("story"))
    shown = SharedStory.objects.filter(~Exists(used), _below(fact, on), state=SharedStory.State.SHOWN)
    for shared in shown.worded(on).select_related("story").order_by(F("worded_at").desc(), "-pk")[:READ]:
        yield Passage(
            ref=shared.ref,
            kind=pgettext("passage", "Own heading"),
            title=shared.heading or shared.lead,
            url=reverse("newsroom:offer", args=[shared.offer_id]),
            texts={"heading": shared.heading, "lead": shared.lead},
            unit_id=shared.unit_id,
        )
