"""What machines read: feeds, the map of the site, the rules for robots."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.newsroom import queries as newsroom
from loa.people import cards

from .. import sharing
from ..caching import for_everyone
from .reading import found

if TYPE_CHECKING:
    from loa.newsroom.models import Story


@for_everyone
def feed(request: HttpRequest) -> HttpResponse:
    stories = newsroom.recent_for_feed(at=timezone.now())
    return _feed(settings.WAGTAIL_SITE_NAME, reverse("portal:home"), stories)


@for_everyone
def theme_feed(request: HttpRequest, code: str) -> HttpResponse:
    theme = get_object_or_404(newsroom.themes(), code=code)
    stories = newsroom.by_theme(code, at=timezone.now(), limit=30).stories
    return _feed(theme.name, reverse("portal:theme", args=[code]), stories)


@for_everyone
def unit_feed(request: HttpRequest, code: str) -> HttpResponse:
    at = timezone.now()
    node = found(cards.unit_card, code, on=today(at)).node
    stories = newsroom.by_unit(node.unit_id, on=today(at), at=at, limit=30).stories
    return _feed(node.name, reverse("portal:unit", args=[code]), stories)


def _feed(title: str, link: str, stories: "Iterable[Story]") -> HttpResponse:
    about = _("News of the union: %(title)s") % {"title": title}
    rss = Rss201rev2Feed(title=title, link=settings.BASE_URL + link, description=about, language="vi")
    for story in stories:
        address = settings.BASE_URL + reverse("portal:story", args=[story.slug])
        title, text, link = _as_shown(story, address)
        rss.add_item(title, link, text, pubdate=story.first_published_at, unique_id=address)
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _as_shown(story: Any, address: str) -> tuple[str, str, str]:
    """Title, text and link, in the words of the unit whose feed it is; a reader of two feeds sees one thing."""
    code = story.shown_by
    if not code:
        return story.title, _amended(story, story.summary), address
    link = settings.BASE_URL + reverse("portal:unit-story", args=[code, story.slug])
    by = _("from %(unit)s") % {"unit": story.unit_name}
    return story.own_heading or story.title, f"{_amended(story, story.own_lead or story.summary)} ({by})", link


def _amended(story: Any, text: str) -> str:
    """Of a corrected story first what was wrong, for whoever read it in the feed."""
    if not story.corrected_at:
        return text
    told = {"day": short_date(today(story.corrected_at)), "note": story.correction_note}
    return " ".join(filter(None, [_("Corrected on %(day)s: %(note)s") % told, text]))


def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """Every story and every public event, however many there are, without holding them in memory."""
    stories, events = newsroom.sitemap_rows(at=timezone.now()), newsroom.event_rows()
    return StreamingHttpResponse(_sitemap(stories, events), content_type="application/xml")


def _sitemap(stories: Iterable[tuple[str, datetime | None]], events: Iterable[tuple[int, datetime]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    yield f"<url><loc>{settings.BASE_URL}{reverse('portal:home')}</loc></url>\n"
    for slug, changed in stories:
        yield _place(reverse("portal:story", args=[slug]), changed)
    for pk, changed in events:
        yield _place(reverse("portal:event", args=[pk]), changed)
    yield "</urlset>\n"


def _place(path: str, changed: datetime | None) -> str:
    day = f"<lastmod>{today(changed)}</lastmod>" if changed else ""
    return f"<url><loc>{settings.BASE_URL}{path}</loc>{day}</url>\n"


@for_everyone
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/robots.txt", {"base": settings.BASE_URL}, content_type="text/plain; charset=utf-8")


@for_everyone
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """What is shown of a story when its link is passed on in Zalo or Facebook: its title in the union's colours."""
    story = found(newsroom.published, slug, at=timezone.now())
    if not sharing.font():
        raise Http404
    drawn = sharing.picture(story.title, unit=story.unit_name, site=settings.WAGTAIL_SITE_NAME)
    return HttpResponse(drawn, content_type="image/png")


@for_everyone
def manifest(request: HttpRequest) -> JsonResponse:
    """By which a telephone puts the site beside its other programs (W3C Web Application Manifest)."""
    icon = {"src": static("ui/loa.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    told = {
        "name": settings.WAGTAIL_SITE_NAME,
        "short_name": settings.WAGTAIL_SITE_NAME[:12],
        "lang": "vi",
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0a4a9c",
        "icons": [icon],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False}, content_type="application/manifest+json")


@for_everyone
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the last stories read; from the root, because it may keep only what lies below itself."""
    script = Path(str(finders.find("portal/offline.worker.js"))).read_text(encoding="utf-8")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@for_everyone
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a line, when the page asked for was never read before."""
    return render(request, "portal/offline.html")
