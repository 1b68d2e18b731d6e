"""The check of a text: of a whole story as it was last saved, or of what is being typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import queries
from ..forms import numbers
from .stories import seen

EDITIONS = ("title", "summary", "question", "short", "deep", "media_text")
LONGEST = 100_000
"""Characters of each text that are looked at."""
MOST_FACTS = 40


@desk_screen(Ability.WRITE_STORIES)
def check(request: DeskRequest, pk: int) -> HttpResponse:
    """The latest version; works without scripts."""
    story = seen(request, pk)
    latest = story.get_latest_revision_as_object()
    on = request.scope.on
    found = queries.check(latest.editions, [row.use.fact for row in queries.uses_of_story(story, on=on)], on=on)
    context = {"page_title": _("Check of: %(title)s") % {"title": latest.title}, "story": story, "check": found}
    return render(request, "newsroom/check.html", context)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def check_text(request: DeskRequest) -> HttpResponse:
    """What is being typed in the editor; answers with a fragment and keeps nothing."""
    typed = {name: request.POST.get(name, "")[:LONGEST] for name in EDITIONS}
    facts = queries.facts_for_check(numbers(request.POST.getlist("facts"))[:MOST_FACTS], request.scope)
    return render(request, "newsroom/_check.html", {"check": queries.check(typed, facts, on=request.scope.on)})
