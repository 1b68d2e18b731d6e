"""Pages for everybody: home, a story, a theme, a topic, a unit, search."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from loa.audience import queries as audience
from loa.base.dates import today
from loa.base.periods import Period
from loa.base.text import clean
from loa.newsroom import queries as newsroom
from loa.people import cards

from .. import beside, fronts, parts, queries, searching, sharing, texts
from ..caching import for_everyone
from ..marking import words_of

if TYPE_CHECKING:
    from loa.newsroom.models import Story

Found = TypeVar("Found")
COMING = timedelta(days=60)
"""How far ahead an event is announced on the first page and on its unit's."""


def found(ask: Callable[..., Found], *args: Any, **kwargs: Any) -> Found:
    """The answer to `ask`, or the page that says there is no such thing."""
    try:
        return ask(*args, **kwargs)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


@for_everyone(knows=("after",))
def home(request: HttpRequest) -> HttpResponse:
    at, after = timezone.now(), request.GET.get("after", "")
    older = {"page": newsroom.front_page(at=at, after=after, limit=13)} if after else {}
    newest = {} if after else {"front": fronts.front(fronts.standing(), at=at), "coming": _coming(today(at))}
    return render(request, "portal/home.html", older | newest | beside_home(on=today(at)))


def beside_home(*, on: date) -> dict[str, Any]:
    """What stands beside the stories of the first page."""
    return {"themes": newsroom.themes(), "topics": audience.topics(on.year), "year": on.year}


def _coming(on: date, unit_id: int | None = None) -> list[newsroom.Occurrence]:
    """The next events, in a few lines."""
    return newsroom.occurring(Period(first=on, last=on + COMING), on=on, unit_id=unit_id, limit=3)


@for_everyone
def story(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    try:
        shown = newsroom.published(slug, at=at)
    except ObjectDoesNotExist:
        return render(request, "portal/withdrawn.html", {"story": found(newsroom.withdrawn, slug)}, status=410)
    return _story(request, shown, at=at)


@for_everyone
def story_in_section(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The same story under the heading of a unit that shows it; its own address once the unit does not."""
    at = timezone.now()
    try:
        shown = newsroom.published(slug, at=at)
    except ObjectDoesNotExist:
        return redirect("portal:story", slug)
    section = newsroom.section_words(shown.pk, code, on=today(at))
    if section is None:
        return redirect("portal:story", slug)
    return _story(request, shown, at=at, section=section)


def _story(request: HttpRequest, shown: "Story", *, at: datetime, section: Any = None) -> HttpResponse:
    kept = parts.standing(at=at)
    address = settings.BASE_URL + reverse("portal:story", args=[shown.slug])
    picture = settings.BASE_URL + reverse("portal:share-picture", args=[shown.slug]) if sharing.font() else ""
    context = {
        "story": shown,
        "section": section,
        "own": section if section and section.words_hold else None,
        "told": texts.told(shown, beside.vocabulary(kept)),
        "address": address,
        "base": settings.BASE_URL,
        "share_picture": picture,
        "article": sharing.news_article(shown, address=address, picture=picture, site=settings.WAGTAIL_SITE_NAME),
        "open": shown.topic is not None and shown.topic.year == today(at).year,
        "placements": newsroom.placed_elsewhere(shown),
        "sources": newsroom.sources(shown),
        "editions": newsroom.editions_of(shown, at=at),
    }
    with translation.override("en" if shown.language == "en" else "vi"):
        near = {"related": beside.read_next(shown, kept, at=at), "page_language": translation.get_language()}
        return render(request, "portal/story.html", context | near)


@for_everyone(knows=("after",))
def questions(request: HttpRequest) -> HttpResponse:
    page = newsroom.questions(at=timezone.now(), after=request.GET.get("after", ""))
    return render(request, "portal/questions.html", {"page": page})


@for_everyone(knows=("after",))
def english(request: HttpRequest) -> HttpResponse:
    """Stories with an English edition, with the words of the pages in English."""
    page = newsroom.in_language("en", at=timezone.now(), after=request.GET.get("after", ""))
    with translation.override("en"):
        return render(request, "portal/english.html", {"page": page, "page_language": "en", "base": settings.BASE_URL})


@for_everyone
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/glossary.html", {"terms": texts.terms()})


@for_everyone(knows=("after",))
def theme(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(newsroom.themes(), code=code)
    page = newsroom.by_theme(code, at=timezone.now(), after=request.GET.get("after", ""))
    return render(request, "portal/theme.html", {"theme": shown, "page": page, "themes": newsroom.themes()})


@for_everyone(knows=("after",))
def topic(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    shown = get_object_or_404(audience.topics(year), slug=slug)
    page = newsroom.by_topic(shown.pk, at=timezone.now(), after=request.GET.get("after", ""))
    return render(request, "portal/topic.html", {"topic": shown, "page": page, "topics": audience.topics(year)})


@for_everyone(knows=("after",))
def unit(request: HttpRequest, code: str) -> HttpResponse:
    at = timezone.now()
    card = found(cards.unit_card, code, on=today(at))
    page = newsroom.by_unit(card.node.unit_id, on=today(at), at=at, after=request.GET.get("after", ""))
    context = {"card": card, "page": page, "coming": _coming(today(at), card.node.unit_id)}
    return render(request, "portal/unit.html", context)


@for_everyone(knows=("q",))
def channels(request: HttpRequest) -> HttpResponse:
    """Which channels are the union's own, and whether an address that somebody was sent is among them."""
    on, asked = today(timezone.now()), clean(request.GET.get("q", ""))[:300]
    context = {"listed": queries.official_channels(on=on), "doubted": asked, "found": queries.likeness(asked, on=on)}
    return render(request, "portal/channels.html", context)


@for_everyone(knows=searching.PARAMETERS)
def search(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    wanted = searching.read(request.GET.dict(), on=today(at))
    results = searching.results(wanted, at=at)
    context = {
        "wanted": wanted,
        "asked": wanted.asked,
        "kinds": searching.Kind,
        "results": results,
        "words": words_of(wanted.asked),
        "themes": wanted.themes,
    }
    return render(request, "portal/search.html", context)


@for_everyone(knows=("q",))
def suggest(request: HttpRequest) -> JsonResponse:
    """What a search box offers while somebody types; without a script the page of the search offers the same."""
    places = searching.suggestions(clean(request.GET.get("q", ""))[:200], at=timezone.now())
    return JsonResponse({"places": [vars(place) for place in places]})
