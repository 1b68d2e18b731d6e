"""Stories: the products of communication, each one thing however many channels carry it.

The two editions are fields of the story and its credits are its children, so that one revision holds the whole of
what was said (docs/decisions/0011-stories.md).
"""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.actions.unpublish import UnpublishAction
from wagtail.fields import RichTextField
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)

from loa.audience.models import Topic
from loa.base.dates import day_bounds
from loa.people.models import Account, Person, Unit, UnitVersion

from ..requirements import Part, Parts
from .clips import Clip
from .lists import ProductType, Theme
from .photos import Photo

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr", "blockquote", "image", "document-link"]
_OF_THE_WHOLE = (
    "unit_id",
    "author_id",
    "published_on",
    "withdrawn_at",
    "withdrawal_reason",
    "corrected_at",
    "correction_note",
    "killed_at",
    "same_as_id",
    "joined_at",
    "joined_as",
)


class StoryQuerySet(models.QuerySet["Story"]):
    def public(self, at: datetime) -> Self:
        """What everybody may read at this moment; one that has expired is gone before the schedule's next round."""
        lasting = Q(expire_at__isnull=True) | Q(expire_at__gt=at)
        return self.filter(lasting, live=True, on_site=True, withdrawn_at__isnull=True, first_published_at__lte=at)

    def listed(self, at: datetime) -> Self:
        """What lists of the site show: a translation stands with its original, and in the lists of its language."""
        return self.public(at).exclude(~Q(language=Story.Language.VI), joined_as=Story.Joined.TRANSLATION)

    def known_on(self, day: date) -> Self:
        """What counts as published at the end of `day`: out by then, not withdrawn nor counted with another by then."""
        _start, end = day_bounds(day, day)
        kept = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end)
        alone = Q(joined_at__isnull=True) | Q(joined_at__gte=end)
        return self.filter(kept, alone, published_on__lte=day)

    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-id")

    def with_unit_name(self) -> Self:
        """Adds `unit_name`: what the owning unit was called on the day of publication, whatever became of it since."""
        named = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=OuterRef("published_on"))
        return self.annotate(unit_name=Subquery(named.order_by("-valid_from").values("name")[:1]))

    def current_unit_name(self, on: date) -> Self:
        """Adds `unit_name`: what the owning unit is called on `on`; for drafts, which have no day of their own."""
        named = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=on)
        return self.annotate(unit_name=Subquery(named.order_by("-valid_from").values("name")[:1]))

    def with_state(self) -> Self:
        """Adds `state`, one of `Story.State`: where each story stands, in the same query."""
        state_of_story = WorkflowState.objects.filter(
            base_content_type=Story.get_base_content_type(), object_id=Cast(OuterRef("pk"), models.CharField())
        )
        scheduled = Revision.objects.filter(
            base_content_type=Story.get_base_content_type(),
            object_id=Cast(OuterRef("pk"), models.CharField()),
            approved_go_live_at__isnull=False,
        )
        waiting = Exists(state_of_story.filter(status=WorkflowState.STATUS_IN_PROGRESS))
        returned = Exists(state_of_story.filter(status=WorkflowState.STATUS_NEEDS_CHANGES))
        return self.annotate(
            state=Case(
                When(withdrawn_at__isnull=False, then=Value(Story.State.WITHDRAWN)),
                When(waiting, then=Value(Story.State.WAITING)),
                When(returned, then=Value(Story.State.RETURNED)),
                When(Exists(scheduled), then=Value(Story.State.SCHEDULED)),
                When(live=True, then=Value(Story.State.OUT)),
                When(expired=True, then=Value(Story.State.EXPIRED)),
                default=Value(Story.State.DRAFT),
                output_field=models.CharField(),
            )
        )

    def ready_for_cards(self) -> Self:
        """With what a card shows: no texts, and of the picture what its sizes are made from."""
        return (
            self.with_unit_name()
            .select_related("photo", "topic")
            .defer("short", "deep")
            .prefetch_related("photo__renditions")
        )

    def ready_to_show(self) -> Self:
        """With all that a list of cards needs, for the price of two queries."""
        return (
            self.with_unit_name()
            .select_related("unit", "photo", "product_type", "topic")
            .prefetch_related("photo__renditions")
        )


class Story(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """A communication product (tin, bài, clip …), owned by a unit."""

    class Kind(models.TextChoices):
        """The three kinds that the plan wants balanced (clause N1)."""

        POLITICAL = "political", _("political")
        POLICY = "policy", _("policy and law")
        IMAGE = "image", _("image of the union")

    class Language(models.TextChoices):
        """By ISO 639; Jrai and Bahnar are spoken where the first federation works."""

        VI = "vi", _("Vietnamese")
        EN = "en", _("English")
        JRA = "jra", _("Jrai")
        BDQ = "bdq", _("Bahnar")

    class State(models.TextChoices):
        """What staff see of where a story stands; worked out by `with_state`, stored nowhere."""

        DRAFT = "draft", _("draft")
        WAITING = "waiting", _("waiting for approval")
        RETURNED = "returned", _("returned to its writer")
        SCHEDULED = "scheduled", _("scheduled")
        OUT = "out", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("no longer shown")

    class Joined(models.TextChoices):
        """Why a story is counted with another one."""

        COPY = "copy", _("a re-post or a re-cut of it")
        TRANSLATION = "translation", _("the same in another language")

    shown_by: str | None = None
    own_heading: str | None = None
    own_lead: str | None = None
    """How a unit shows it in its section, when asked for (queries/readers.py); every card looks for them."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="stories", verbose_name=_("owning unit"), db_index=False
    )
    author = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, editable=False, related_name="stories")
    """Who began it; never the one who approves it."""
    title = models.CharField(_("title"), max_length=180)
    folded_title = models.CharField(max_length=250, editable=False, default="")
    """`base.text.fold(title)`: what the lists of staff search."""
    slug = models.SlugField(
        _("address"), max_length=100, unique=True, blank=True, help_text=_("Made from the title when left empty.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    themes = ParentalManyToManyField(Theme, blank=True, related_name="stories", verbose_name=_("themes"))
    product_type = models.ForeignKey(
        ProductType, on_delete=models.PROTECT, related_name="+", verbose_name=_("product type")
    )
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("policy topic of the year"),
        help_text=_("Only stories with a topic ask readers whether they have read and understood, and count as reach."),
    )
    language = models.CharField(_("language"), max_length=8, choices=Language.choices, default=Language.VI)
    summary = models.CharField(
        _("summary"), max_length=400, blank=True, help_text=_("Two sentences that make people want to read on.")
    )
    short = models.TextField(
        _("short edition: fast and short"),
        blank=True,
        help_text=_("A few lines to post, print or read out. One thought to a line, in words that everybody knows."),
    )
    deep = RichTextField(
        _("deep edition: thorough and clear"),
        blank=True,
        features=RICH_TEXT,
        help_text=_("All that somebody needs to understand and to act on it: who, from when, where to go."),
    )
    photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead photo")
    )
    question = models.TextField(
        _("question"), blank=True, help_text=_("For questions and answers: what was asked. The editions answer it.")
    )
    clip = models.ForeignKey(
        Clip,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("clip or sound"),
        help_text=_("From the clips and sounds of your units; readers play it on this page."),
    )
    media_url = models.URLField(
        _("link to the recording or the file"),
        max_length=500,
        blank=True,
        help_text=_("For clips, sound, infographics, posters and the magazine: where it can be seen or heard."),
    )
    media_text = models.TextField(
        _("what the recording or the picture says, in words"),
        blank=True,
        help_text=_("For those who cannot see or hear it, and for the search."),
    )
    consent = models.CharField(
        _("consent of the people shown"),
        max_length=300,
        blank=True,
        help_text=_("Who agreed to be shown, when, and where the proof is kept. Readers do not see it."),
    )
    issue = models.CharField(_("number of the issue"), max_length=80, blank=True)
    needs_province = models.BooleanField(
        _("ask the province to approve it as well"),
        default=False,
        help_text=_("Some stories always go to the province; tick this to ask for it anyway."),
    )
    on_site = models.BooleanField(
        _("show it on this website"),
        default=True,
        help_text=_(
            "Untick it for what appears only elsewhere, such as a poster or a loudspeaker bulletin: "
            "it is approved and counted all the same."
        ),
    )
    published_on = models.DateField(null=True, editable=False)
    """The day in Hà Nội of the first publication: what figures count by, since an index on instants knows no days."""
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.CharField(max_length=500, blank=True, editable=False)
    corrected_at = models.DateTimeField(null=True, editable=False)
    correction_note = models.CharField(max_length=500, blank=True, editable=False)
    """What was wrong and is now right, for readers; the old text stays in the revisions."""
    killed_at = models.DateTimeField(null=True, editable=False)
    """Its text was destroyed in every version; only that there was a story is left."""
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="editions_elsewhere"
    )
    """The one that is counted for both."""
    joined_at = models.DateTimeField(null=True, editable=False)
    joined_as = models.CharField(max_length=11, choices=Joined.choices, blank=True, editable=False)
    synthetic = models.BooleanField(default=False, editable=False)
    """Made up for a demonstration or a test; every screen says so."""

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, live=False) & ~Q(withdrawal_reason="")),
            ),
            models.CheckConstraint(
                name="newsroom_corrected_with_note",
                condition=Q(corrected_at__isnull=True, correction_note="")
                | (Q(corrected_at__isnull=False) & ~Q(correction_note="")),
            ),
            models.CheckConstraint(
                name="newsroom_joined_to_another",
                condition=Q(same_as__isnull=True, joined_at__isnull=True, joined_as="")
                | (Q(same_as__isnull=False, joined_at__isnull=False) & ~Q(joined_as="") & ~Q(same_as=F("id"))),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("first_published_at").desc(), F("id").desc(), condition=Q(live=True), name="newsroom_story_newest"
            ),
            models.Index(fields=["published_on", "id"], name="newsroom_story_day"),
            models.Index(fields=["unit", "published_on"], name="newsroom_story_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        return f"newsroom.story:{self.pk}"

    @property
    def leads_with_photo(self) -> bool:
        """Whether its photo stands above the text: not when it is withheld, or shown below with its words anyway."""
        shown = {row.photo_id for row in self.photos.all()}
        return self.photo is not None and not self.photo.withheld_at and self.photo_id not in shown

    @property
    def deep_text(self) -> str:
        """The deep edition without its markup."""
        return " ".join(strip_tags(self.deep.replace("<", " <")).split())

    @property
    def editions(self) -> dict[str, str]:
        """Its texts without markup, by the name of the field: what remarks and checks are about."""
        return {
            "title": self.title,
            "summary": self.summary,
            "question": self.question,
            "short": self.short,
            "deep": self.deep_text,
            "media_text": self.media_text,
        }

    @property
    def parts(self) -> Parts:
        """What the requirements of its type are asked of."""
        photos = list(self.photos.all())
        texts: dict[str, str] = {
            Part.SUMMARY: self.summary,
            Part.SHORT: self.short,
            Part.DEEP: self.deep_text,
            Part.DESCRIPTION: self.media_text,
            Part.QUESTION: self.question,
        }
        pieces: dict[str, int] = {
            Part.PHOTO: bool(self.photo_id),
            Part.PHOTOS: len(photos),
            Part.MEDIA: bool(self.media_url or self.clip_id),
            Part.CONSENT: bool(self.consent),
            Part.ISSUE: bool(self.issue),
        }
        bare = tuple(number for number, shown in enumerate(photos, start=1) if not shown.caption)
        return Parts(texts=texts, pieces=pieces, without_caption=bare)

    @property
    def short_lines(self) -> list[str]:
        return [line for line in self.short.splitlines() if line]

    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        """Wagtail's one door to the public, for people, workflows and schedules alike.

        One transaction, so that there is no publication without its fact (`actions.note_publication` writes it), and
        Wagtail's log context, so that the fact names who did it. Rights were checked by whoever calls this: Wagtail
        would ask its model-wide permission here, which nobody holds (docs/decisions/0011-stories.md).
        """
        options["skip_permission_checks"] = True
        with transaction.atomic(), LogContext(user=user or get_active_log_context().user):
            super().publish(revision, user=user, **options)

    def unpublish(self, set_expired: bool = False, commit: bool = True, user: Any = None, **options: Any) -> None:
        """Wagtail's schedule calls this when a story expires: one transaction with its fact (`actions.note_expiry`)."""
        with transaction.atomic(), LogContext(user=user or get_active_log_context().user):
            action = UnpublishAction(self, set_expired=set_expired, commit=commit, user=user, **options)
            action.execute(skip_permission_checks=True)

    def with_content_json(self, content: dict[str, Any]) -> "Story":
        """An older text never brings back an older fate: what happened to the whole story stays."""
        story: Story = super().with_content_json(content)
        for name in _OF_THE_WHOLE:
            setattr(story, name, getattr(self, name))
        return story

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "newsroom/preview.html"


class StoryCredit(Orderable):
    """Who made a story, and which share of it is theirs; the shares of a story add up to 100."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    name = models.CharField(_("name or pen name"), max_length=120, blank=True)
    share = models.PositiveSmallIntegerField(_("share in percent"), default=100)

    class Meta(Orderable.Meta):
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints: ClassVar = [
            models.CheckConstraint(name="newsroom_credit_share", condition=Q(share__gte=1, share__lte=100)),
            models.CheckConstraint(
                name="newsroom_credit_named",
                condition=Q(person__isnull=False) | ~Q(name=""),
                violation_error_message=_("Please say who it is: a name or a pen name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person)


class StoryPhoto(Orderable):
    """One picture of a photo story, with the words under it."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+", verbose_name=_("photo"))
    caption = models.CharField(
        _("caption"), max_length=300, blank=True, help_text=_("Who does what, where and when; one sentence.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.caption or str(self.photo_id)
