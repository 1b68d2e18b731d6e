"""Stories in the back office: the list, and the editor, whose every button calls an action."""

import json
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views import snippets

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import fold
from loa.people.models import Account
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.people.viewsets import ScopedSnippetViewSet

from . import actions, policies, queries
from .forms import StoryForm, numbers
from .models import Story
from .models.stories import StoryQuerySet


class StoryFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=Story.State.choices, label=_("state"))
    kind = django_filters.ChoiceFilter(choices=Story.Kind.choices, label=_("kind"))
    changed = django_filters.BooleanFilter(label=_("says a value that has changed"))
    themes = django_filters.ModelChoiceFilter(queryset=lambda _request: queries.themes(), label=_("theme"))
    product_type = django_filters.ModelChoiceFilter(
        queryset=lambda _request: queries.product_types(), label=_("product type")
    )

    class Meta:
        model = Story
        fields: ClassVar[list[str]] = ["state", "kind", "changed", "themes", "product_type"]


class StoryList(snippets.IndexView):
    """One query for the rows: what Wagtail's own state column would ask for each row is in it."""

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "title",
            Column("unit_name", label=_("unit")),
            Column("get_kind_display", label=_("kind"), sort_key="kind"),
            Column("product_type", label=_("product type")),
            Column(lambda story: Story.State(story.state).label, label=_("state"), sort_key="state"),
            Column(lambda story: _("to be changed") if story.changed else "", label=_("shared facts")),
            DateColumn("first_published_at", label=_("published"), sort_key="first_published_at"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The newsroom's other screens, those that are open to whoever looks."""
        return [*screens_for(self.request.user, on=today(timezone.now())), *super().header_more_buttons]

    def search_queryset(self, queryset: StoryQuerySet) -> StoryQuerySet:
        return queryset.filter(folded_title__contains=fold(self.search_query)) if self.is_searching else queryset


def screens_for(account: Any, *, on: date) -> list[Button]:
    """Buttons to the newsroom's screens besides the list of stories."""
    screens = [
        (_("Waiting for approval"), "newsroom:review", "check", bool(scope(account, Ability.APPROVE_STORIES, on=on))),
        (_("Deputies"), "newsroom:deputies", "user", bool(scope(account, Ability.APPROVE_STORIES, on=on))),
        (_("Templates"), "newsroom:templates", "copy", bool(scope(account, Ability.WRITE_STORIES, on=on))),
        (_("Output"), "newsroom:output", "table", bool(scope(account, Ability.SEE_FIGURES, on=on))),
        (_("Perhaps the same"), "newsroom:alike", "duplicate", bool(scope(account, Ability.PUBLISH_STORIES, on=on))),
        (_("Lists of the newsroom"), "newsroom:lists", "list-ul", policies.can_manage_lists(account, on=on)),
    ]
    offered = [(label, reverse(name), icon) for label, name, icon, opened in screens if opened]
    return [Button(label, url=url, icon_name=icon, priority=5 + n) for n, (label, url, icon) in enumerate(offered)]


class TellsWhy:
    """Put before the editor's views: a refusal is a message and never an error page, and saving completes the text."""

    request: HttpRequest
    object: Any
    form: Any
    expects_json_response: bool

    def save_instance(self) -> Any:
        told: dict[str, Any] = {"by": self.request.user, "at": timezone.now()}
        actions.complete(self.form.instance, **told)
        saved = super().save_instance()  # type: ignore[misc]
        chosen = set(numbers(self.request.POST.getlist("facts")))
        shown = set(numbers(self.request.POST.getlist("facts-shown")))
        actions.use_facts(saved, chosen=chosen, left_out=shown - chosen, **told)
        return saved

    def submit_action(self) -> None:
        actions.submit(self.object, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except Refused as reason:
            if self.expects_json_response:  # saved by itself while somebody types
                told: HttpResponse = self.json_error_response("refused", str(reason))  # type: ignore[attr-defined]
                return told
            messages.error(self.request, str(reason))
            if form.instance.pk is None:
                return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
            return redirect("newsroom_story:edit", form.instance.pk)
        return response


class StoryCreate(TellsWhy, snippets.CreateView):
    pass


class StoryEdit(TellsWhy, snippets.EditView):
    request: Any

    def get_available_actions(self) -> list[str]:
        """Publishing without the workflow is for those who could take its last step."""
        offered: list[str] = super().get_available_actions()
        if policies.can_publish(self.request.user, self.object, on=today(timezone.now())):
            return offered
        return [name for name in offered if name != "publish"]

    def publish_action(self) -> None:
        actions.publish(self.object, by=self.request.user, at=timezone.now())

    def restart_workflow_action(self) -> None:
        self.cancel_workflow_action()
        self.submit_action()

    def workflow_action_action(self) -> None:
        typed = json.loads(self.request.POST.get("workflow-action-extra-data", "{}"))
        _decide(self.object, self.workflow_action, typed.get("comment", ""), by=self.request.user)


class Decide(snippets.WorkflowActionView):
    """Approving and returning from Wagtail's own dialogs."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            _decide(self.object, self.action_name, request.POST.get("comment", ""), by=request.user)
        except Refused as reason:
            messages.error(request, str(reason))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            answer: HttpResponse = self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
            return answer
        return redirect(self.redirect_url)


def _decide(story: Story, decision: str, remark: str, *, by: Account) -> None:
    action = actions.approve if decision == "approve" else actions.return_with_remark
    action(story, remark=remark, by=by, at=timezone.now())


class NoUnpublish(snippets.UnpublishView):
    """A story is withdrawn, with a reason for its readers; it does not just go away."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        messages.info(request, _("A published story is withdrawn with a reason for its readers. You can do so here."))
        return redirect("newsroom:story", self.object.pk)


class FactsPanel(HelpPanel):
    """Choosing the facts that the story states; kept when the story is saved (`TellsWhy.save_instance`)."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            used = queries.uses_of_story(self.instance, on=today(timezone.now())) if self.instance.pk else []
            return context | {"used": used}


PANELS = (
    MultiFieldPanel(
        [
            TitleFieldPanel("title"),
            FieldPanel("slug", widget=SlugInput),
            FieldRowPanel([FieldPanel("unit"), FieldPanel("product_type")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("topic")]),
            FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("What it is"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("summary"),
            FieldPanel("question"),
            FieldPanel("short"),
            FieldPanel("deep"),
            FieldPanel("photo"),
        ],
        heading=_("What it says"),
    ),
    FactsPanel(template="newsroom/_facts_panel.html", heading=_("Facts that other stories tell too")),
    HelpPanel(template="newsroom/_check_panel.html", heading=_("Check the text")),
    InlinePanel(
        "photos",
        heading=_("Photos with captions"),
        label=_("photo"),
        panels=[FieldPanel("photo"), FieldPanel("caption")],
    ),
    MultiFieldPanel(
        [
            FieldPanel("clip"),
            FieldPanel("media_url"),
            FieldPanel("media_text"),
            FieldPanel("consent"),
            FieldPanel("issue"),
        ],
        heading=_("Recording, picture, consent"),
    ),
    InlinePanel(
        "credits",
        heading=_("Who made it"),
        label=_("author"),
        help_text=_("The shares of all authors add up to 100 percent."),
        panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("share")])],
    ),
    FieldRowPanel([FieldPanel("language"), FieldPanel("needs_province"), FieldPanel("on_site")]),
    PublishingPanel(),
)


class StoryViewSet(ScopedSnippetViewSet):
    model = Story
    see = Ability.APPROVE_STORIES
    change = Ability.WRITE_STORIES
    publish = Ability.PUBLISH_STORIES
    icon = "doc-full"
    url_namespace = "newsroom_story"
    url_prefix = "tin-bai"
    menu_item_is_registered = True
    list_per_page = 50
    filterset_class = StoryFilters
    index_view_class = StoryList
    add_view_class = StoryCreate
    edit_view_class = StoryEdit
    workflow_action_view_class = Decide
    unpublish_view_class = NoUnpublish
    search_fields: ClassVar = ["folded_title"]
    edit_handler = ObjectList(PANELS, base_form_class=StoryForm)

    def get_queryset(self, request: HttpRequest) -> StoryQuerySet:
        return queries.listed(on=today(timezone.now())).order_by("-pk")
