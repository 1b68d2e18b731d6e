"""Templates that recurring products begin from."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import TemplateForm, TemplateNameForm
from ..models import StoryTemplate
from .stories import do, seen


@desk_screen(Ability.WRITE_STORIES)
def templates(request: DeskRequest) -> HttpResponse:
    """What one may begin from, and for which of one's units."""
    on = today(timezone.now())
    shown = list(queries.templates_within(request.scope, on=on))
    for template in shown:
        template.mine = policies.can_keep_template(request.user, template.unit_id, on=on)  # type: ignore[attr-defined]
    context = {"page_title": _("Templates"), "templates": shown, "form": TemplateForm(reach=request.scope)}
    return render(request, "newsroom/templates.html", context)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def begin(request: DeskRequest, pk: int) -> HttpResponse:
    template, form = _template(request, pk), TemplateForm(request.POST, reach=request.scope)
    if not form.is_valid():
        messages.error(request, _("Please choose the unit that the story is for."))
        return redirect("newsroom:templates")
    try:
        story = actions.begin_from(template, unit=form.cleaned_data["unit"], by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:templates")
    return redirect("newsroom_story:edit", story.pk)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def retire(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        actions.retire_template(_template(request, pk), by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("newsroom:templates")


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def keep(request: DeskRequest, pk: int) -> HttpResponse:
    seen(request, pk)
    return do(request, pk, actions.keep_as_template, _("Kept as a template."), TemplateNameForm(request.POST))


def _template(request: DeskRequest, pk: int) -> StoryTemplate:
    try:
        return queries.templates_within(request.scope, on=today(timezone.now())).get(pk=pk)
    except StoryTemplate.DoesNotExist as missing:
        raise Http404 from missing
