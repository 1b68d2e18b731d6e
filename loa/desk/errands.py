"""What waits on the home screen of the back office: each module's answer, as errands."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import day_bounds, short_date, today
from loa.newsroom import queries as newsroom
from loa.people import queries as people
from loa.people import rosters, runs
from loa.people.policies import Scope, scope, units_on
from loa.people.roles import Ability
from loa.planning import queries as planning
from loa.planning.scorecard import State, scorecard
from loa.reports import queries as owing

from . import panels
from .panels import Errand, Panel, Section

SHOWN = 10
LATELY = timedelta(days=7)
SOON = timedelta(days=7)
ROLES_END = timedelta(days=30)
"""How long before it ends a role is worth a look."""
HEADWAY = (State.BEHIND, State.AT_RISK)


def tasks(account: Any, on: date) -> list[Errand]:
    found = list(planning.tasks_for(account, scope(account, Ability.DO_TASKS, on=on))[:SHOWN])
    names = {node.unit_id: node.label for node in people.nodes({task.unit_id for task in found}, on=on)}
    return [
        Errand(
            title=task.title,
            url=reverse("planning:task", args=[task.pk]),
            due=task.due_on,
            note=names.get(task.unit_id, ""),
        )
        for task in found
    ]


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


def reports(account: Any, on: date) -> list[Errand]:
    """Those that the account's own units owe these days; units below have people of their own."""
    return [
        Errand(title=f"{one.term.name}, {one.unit}", url=_where(one), due=one.term.due_on, note=one.state_text)
        for one in owing.own_owed(account, on=on)
        if not one.received or one.returned
    ][:SHOWN]


def sent_reports(account: Any, on: date) -> list[Errand]:
    """Reports of the term that runs now which wait above, or were accepted there."""
    term = owing.current_term(on)
    if term is None:
        return []
    rows = owing.handed_in(term, scope(account, Ability.WRITE_REPORTS, on=on), on=on, limit=SHOWN)
    return [Errand(title=f"{term.name}, {one.unit}", url=_where(one), note=one.state_text) for one in rows]


def _where(one: owing.Owed) -> str:
    if one.report_id:
        return reverse("reports:report", args=[one.report_id])
    return f"{reverse('reports:reports')}?term={one.term.code}#{one.unit_id}"


def reports_to_judge(account: Any, on: date) -> list[Errand]:
    return [
        Errand(
            title=one.name,
            url=reverse("reports:report", args=[one.pk]),
            note=one.unit_name,
        )
        for one in owing.to_judge(account, scope(account, Ability.ACCEPT_REPORTS, on=on), limit=SHOWN)
    ]


def lists_read(account: Any, on: date) -> list[Errand]:
    """Imports whose preview nobody has agreed to yet."""
    return [
        Errand(
            title=run.file_name,
            url=reverse("people:import", args=[run.pk]),
            note=_("read on %(day)s, not taken over yet") % {"day": short_date(today(run.started_at))},
        )
        for run in runs.previewed(scope(account, Ability.IMPORT, on=on), limit=SHOWN)
    ]


def roles_ending(account: Any, on: date) -> list[Errand]:
    own = scope(account, Ability.MANAGE_ACCOUNTS, on=on)
    return [
        Errand(
            title=one.holder,
            url=reverse("people:account", args=[one.account_id]),
            note=_("“%(role)s” ends on %(day)s") % {"role": one.role, "day": short_date(one.until)},
        )
        for one in rosters.ending(own, until=on + ROLES_END, limit=SHOWN)
    ]


def headway(account: Any, on: date) -> list[Errand]:
    """The targets of the account's highest unit that are behind or at risk, the worst first."""
    unit_id = _highest(scope(account, Ability.ACCEPT_REPORTS, on=on))
    if unit_id is None or planning.plan_on(on) is None:
        return []
    card = scorecard(unit_id, on=on)
    slow = [line for line in card.lines if line.reading.state in HEADWAY]
    return [
        Errand(
            title=f"{line.target.code}. {line.target.short}",
            url=reverse("planning:target", args=[card.unit.unit_id, line.target.code]),
            note="; ".join(
                text for text in (line.reading.value_text, line.reading.goal_text, line.reading.state_text) if text
            ),
        )
        for line in sorted(slow, key=lambda line: -line.reading.gap)
    ]


def _highest(own: Scope) -> int | None:
    return units_on(own.paths[0])[-1] if own.paths else None


PANELS = (
    Panel(
        key="stories",
        heading=gettext_lazy("Stories to decide"),
        ability=Ability.APPROVE_STORIES,
        ask=stories,
        section=Section.DECIDE,
        more="newsroom:review",
    ),
    Panel(
        key="own-headings",
        heading=gettext_lazy("Own headings to agree to"),
        ability=Ability.APPROVE_STORIES,
        ask=own_headings,
        section=Section.DECIDE,
    ),
    Panel(
        key="reports-to-judge",
        heading=gettext_lazy("Reports to accept"),
        ability=Ability.ACCEPT_REPORTS,
        ask=reports_to_judge,
        section=Section.DECIDE,
        more="reports:reports",
    ),
    Panel(
        key="sent-in",
        heading=gettext_lazy("Sent in by workers"),
        ability=Ability.WRITE_STORIES,
        ask=sent_in,
        more="newsroom:contributions",
    ),
    Panel(
        key="returned-stories",
        heading=gettext_lazy("Stories returned to you"),
        ability=Ability.WRITE_STORIES,
        ask=returned_stories,
    ),
    Panel(
        key="returned-news",
        heading=gettext_lazy("Your news, returned to you"),
        ability=Ability.TELL_NEWS,
        ask=returned_news,
        more="newsroom:news",
    ),
    Panel(
        key="facts-to-restate",
        heading=gettext_lazy("Stories with a value that has changed"),
        ability=Ability.WRITE_STORIES,
        ask=facts_to_restate,
        more="newsroom:facts",
    ),
    Panel(
        key="reports",
        heading=gettext_lazy("Reports to hand in"),
        ability=Ability.WRITE_REPORTS,
        ask=reports,
        more="reports:reports",
    ),
    Panel(
        key="tasks",
        heading=gettext_lazy("Tasks of the plan"),
        ability=Ability.DO_TASKS,
        ask=tasks,
        more="planning:tasks",
    ),
    Panel(
        key="products",
        heading=gettext_lazy("Products to make"),
        ability=Ability.WRITE_STORIES,
        ask=products,
        more="newsroom:calendar",
    ),
    Panel(
        key="material-asked",
        heading=gettext_lazy("Material that others need from you"),
        ability=Ability.DO_TASKS,
        ask=material_asked,
        more="newsroom:requests",
    ),
    Panel(
        key="headings-to-check",
        heading=gettext_lazy("Own headings to look at again"),
        ability=Ability.WRITE_STORIES,
        ask=headings_to_check,
    ),
    Panel(
        key="lists-read",
        heading=gettext_lazy("Lists to take over"),
        ability=Ability.IMPORT,
        ask=lists_read,
        more="people:imports",
    ),
    Panel(
        key="roles-ending",
        heading=gettext_lazy("Roles that end soon"),
        ability=Ability.MANAGE_ACCOUNTS,
        ask=roles_ending,
        more="people:accounts",
    ),
    Panel(
        key="headway",
        heading=gettext_lazy("Targets that need attention"),
        ability=Ability.ACCEPT_REPORTS,
        ask=headway,
        section=Section.STAND,
        more="planning:scorecard",
    ),
    Panel(
        key="sent-stories",
        heading=gettext_lazy("Stories waiting for approval"),
        ability=Ability.WRITE_STORIES,
        ask=sent_stories,
        section=Section.SENT,
    ),
    Panel(
        key="sent-news",
        heading=gettext_lazy("Your news, waiting for approval"),
        ability=Ability.TELL_NEWS,
        ask=sent_news,
        section=Section.SENT,
        more="newsroom:news",
    ),
    Panel(
        key="material-sent",
        heading=gettext_lazy("Material you asked for"),
        ability=Ability.DO_TASKS,
        ask=material_sent,
        section=Section.SENT,
        more="newsroom:requests",
    ),
    Panel(
        key="sent-reports",
        heading=gettext_lazy("Reports handed in"),
        ability=Ability.WRITE_REPORTS,
        ask=sent_reports,
        section=Section.SENT,
        more="reports:reports",
    ),
    Panel(
        key="own-news-out",
        heading=gettext_lazy("Your news has been published"),
        ability=Ability.TELL_NEWS,
        ask=own_news_out,
        section=Section.NEWS,
        more="newsroom:news",
    ),
    Panel(
        key="shared-stories",
        heading=gettext_lazy("Shared with your unit"),
        ability=Ability.WRITE_STORIES,
        ask=shared_stories,
        section=Section.NEWS,
        more="newsroom:shared",
    ),
    Panel(
        key="sharing-news",
        heading=gettext_lazy("Changed in your section by others"),
        ability=Ability.WRITE_STORIES,
        ask=sharing_news,
        section=Section.NEWS,
        more="newsroom:shared",
    ),
    Panel(
        key="material-news",
        heading=gettext_lazy("Answers to your requests for material"),
        ability=Ability.DO_TASKS,
        ask=material_news,
        section=Section.NEWS,
    ),
    Panel(
        key="fresh-stories",
        heading=gettext_lazy("Published in the last seven days"),
        ability=Ability.SEE_FIGURES,
        ask=fresh_stories,
        section=Section.NEWS,
    ),
)


def connect() -> None:
    for panel in PANELS:
        panels.register(panel)
