"""What waits of stories, facts, requests for material and stories of others."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import day_bounds, short_date, today
from loa.newsroom import queries as newsroom
from loa.people.policies import scope, units_on
from loa.people.roles import Ability

from ..panels import SHOWN, Errand

LATELY = timedelta(days=7)
SOON = timedelta(days=7)


def stories(account: Any, on: date) -> list[Errand]:
    """Those that wait for this account's decision."""
    return [
        Errand(
            title=one.story.title,
            url=reverse("newsroom:story", args=[one.story.pk]),
            note=one.unit_name,
            due=today(one.due_at) if one.due_at else None,
        )
        for one in newsroom.awaiting(account, on=on, limit=SHOWN)
    ]


def sent_in(account: Any, on: date) -> list[Errand]:
    """What workers sent in to the account's units and nobody has answered."""
    own = scope(account, Ability.WRITE_STORIES, on=on)
    return [
        Errand(
            title=one.beginning or _("Photos or a recording without words"),
            url=reverse("newsroom:contribution", args=[one.pk]),
            note=_("received on %(day)s") % {"day": short_date(today(one.received_at))},
        )
        for one in newsroom.contributions(own, limit=SHOWN).contributions
    ]


def returned_stories(account: Any, on: date) -> list[Errand]:
    """Those that came back, with the remark; the editor is where it is answered."""
    return [
        Errand(title=one.title, url=reverse("newsroom_story:edit", args=[one.story_id]), note=one.remark)
        for one in newsroom.returned_to(account, limit=SHOWN)
    ]


def returned_news(account: Any, on: date) -> list[Errand]:
    """What a chair told and got back; whoever has the editor finds it among the stories returned."""
    if scope(account, Ability.WRITE_STORIES, on=on):
        return []
    return [
        Errand(title=one.title, url=reverse("newsroom:news_again", args=[one.story_id]), note=one.remark)
        for one in newsroom.returned_to(account, limit=SHOWN)
    ]


def sent_news(account: Any, on: date) -> list[Errand]:
    return [] if scope(account, Ability.WRITE_STORIES, on=on) else sent_stories(account, on)


def own_news_out(account: Any, on: date) -> list[Errand]:
    """What came out lately of what this account told or wrote, and where it stands."""
    at = timezone.now()
    return [
        Errand(
            title=one.title,
            url=reverse("portal:story", args=[one.slug]),
            note=_("published on %(day)s: %(places)s")
            % {
                "day": short_date(one.published_on),
                "places": ", ".join(dict.fromkeys(place.channel.name for place in one.standing)),
            },
        )
        for one in newsroom.news_out(account, since=at - LATELY, at=at, limit=SHOWN)
    ]


def facts_to_restate(account: Any, on: date) -> list[Errand]:
    """Stories that do not say a shared fact as it reads now; the editor is where they are changed."""
    return [
        Errand(
            title=one.title,
            url=reverse("newsroom_story:edit", args=[one.story_id]),
            note=_restated(one),
            due=one.due_on,
        )
        for one in newsroom.to_restate(account, scope(account, Ability.WRITE_STORIES, on=on), limit=SHOWN)
    ]


def _restated(one: newsroom.ToRestate) -> str:
    if one.source:
        return _("the source below it was wrong, it is: %(source)s. Hand it in again") % {"source": one.source}
    if one.drafted:
        return _("your draft says the new value: hand it in")
    return _("“%(fact)s” is now: %(value)s") % {"fact": one.fact, "value": one.value}


def sent_stories(account: Any, on: date) -> list[Errand]:
    return [
        Errand(
            title=one.title,
            url=reverse("newsroom:story", args=[one.story_id]),
            note=_("at the step “%(step)s” since %(day)s") % {"step": one.step, "day": short_date(today(one.since))},
        )
        for one in newsroom.handed_in(account, limit=SHOWN)
    ]


def fresh_stories(account: Any, on: date) -> list[Errand]:
    """What came out lately in the account's part of the tree and in the units above it: ready to be passed on."""
    at, own = timezone.now(), scope(account, Ability.SEE_FIGURES, on=on)
    above = [unit for path in own.paths for unit in units_on(path)]
    return [
        Errand(title=story.title, url=reverse("newsroom:story", args=[story.pk]), note=story.unit_name)
        for story in newsroom.out_lately(own, above, since=at - LATELY, at=at, limit=SHOWN)
    ]


def products(account: Any, on: date) -> list[Errand]:
    """What this account makes, and what its own units need within a week and nobody makes yet."""
    _start, until = day_bounds(on, on + SOON)
    return [
        Errand(
            title=one.title,
            url=reverse("newsroom:coverage", args=[one.pk]),
            note=f"{one.product_type}, {one.unit_name}",
            due=today(one.due_at) if one.due_at else None,
        )
        for one in newsroom.to_make(account, scope(account, Ability.WRITE_STORIES, on=on), until=until, limit=SHOWN)
    ]


def material_asked(account: Any, on: date) -> list[Errand]:
    """What other units need from this account's own, and what it has taken."""
    return [
        Errand(title=one.title, url=reverse("newsroom:request", args=[one.pk]), note=one.asker_name, due=one.due_on)
        for one in newsroom.asked_of(account, scope(account, Ability.DO_TASKS, on=on), limit=SHOWN)
    ]


def material_sent(account: Any, on: date) -> list[Errand]:
    return [
        Errand(
            title=one.title,
            url=reverse("newsroom:request", args=[one.pk]),
            note=f"{one.unit_name}, {one.get_state_display()}",
            due=one.due_on,
        )
        for one in newsroom.asked_by(account, on=on, limit=SHOWN)
    ]


def material_news(account: Any, on: date) -> list[Errand]:
    since = timezone.now() - LATELY
    return [
        Errand(
            title=one.title,
            url=reverse("newsroom:request", args=[one.pk]),
            note=f"{one.unit_name}, {one.get_state_display()}",
        )
        for one in newsroom.answered_lately(account, on=on, since=since, limit=SHOWN)
    ]


def own_headings(account: Any, on: date) -> list[Errand]:
    """Headings of units for shared stories, proposed by those who may not publish themselves."""
    return [
        Errand(
            title=one.proposed_heading or one.proposed_lead,
            url=reverse("newsroom:offer", args=[one.offer_id]),
            note=one.unit_name,
        )
        for one in newsroom.words_to_agree(scope(account, Ability.APPROVE_STORIES, on=on), limit=SHOWN)
        if one.proposed_by_id != account.pk
    ]


def headings_to_check(account: Any, on: date) -> list[Errand]:
    """Own headings written before the story, or a fact that they repeat, was corrected or changed."""
    return [
        Errand(
            title=one.heading or one.lead,
            url=reverse("newsroom:offer", args=[one.offer_id]),
            note=_("“%(fact)s” is now: %(value)s") % {"fact": one.owing.fact, "value": one.owing.value}
            if one.owing
            else one.story.correction_note,
        )
        for one in newsroom.words_to_check(scope(account, Ability.WRITE_STORIES, on=on), limit=SHOWN)
    ]


def shared_stories(account: Any, on: date) -> list[Errand]:
    own = scope(account, Ability.WRITE_STORIES, on=on)
    return [
        Errand(title=one.story.title, url=reverse("newsroom:offer", args=[one.pk]), note=one.unit_name)
        for one in newsroom.new_offers(own, at=timezone.now(), limit=SHOWN)
    ]


def sharing_news(account: Any, on: date) -> list[Errand]:
    """Stories that the account's units show, or showed, and that others corrected or took back lately."""
    own = scope(account, Ability.WRITE_STORIES, on=on)
    return [
        Errand(
            title=one.story.title,
            url=reverse("newsroom:offer", args=[one.offer_id]),
            note=_("corrected: %(note)s") % {"note": one.story.correction_note}
            if one.shown
            else _("your section does not show it any more"),
        )
        for one in newsroom.sharing_news(own, since=timezone.now() - LATELY, limit=SHOWN)
    ]
