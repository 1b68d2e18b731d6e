"""Facts that several stories state: a figure, a day, a number of a decree, written down once with its source.

When one changes, every story that uses it, in every language, is known at once, and every place where it stands.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.people.models import Account, Unit

from ..stating import core
from .lists import Theme
from .stories import Story


class SharedFact(models.Model):
    """Something that stories of a unit, and of the units below it, state alike; its values are dated versions."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shared_facts")
    name = models.CharField(_("what it is"), max_length=180)
    folded_name = models.CharField(max_length=250)
    """`base.text.fold(name)`: what choosers search."""
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("theme"))
    retired_at = models.DateTimeField(null=True)
    """No new story is to use it."""
    reason = models.CharField(max_length=500, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("shared fact")
        verbose_name_plural = _("shared facts")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_fact_retired_with_reason",
                condition=Q(retired_at__isnull=True, reason="") | (Q(retired_at__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["folded_name", "id"], name="newsroom_fact_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.sharedfact:{self.pk}"


class FactVersionQuerySet(models.QuerySet["FactVersion"]):
    def standing(self) -> Self:
        """Those that were not found wrong, the one that texts should state first."""
        return self.filter(corrected_by__isnull=True).order_by("-valid_from", "-pk")


class FactVersion(models.Model):
    """How a fact reads in texts from a day on, and where that is written."""

    class Why(models.TextChoices):
        """Why there is another version."""

        FIRST = "first", pgettext_lazy("fact version", "first written down")
        CHANGED = "changed", pgettext_lazy("fact version", "changed from this day on")
        WRONG = "wrong", pgettext_lazy("fact version", "the earlier one was wrong")

    fact = models.ForeignKey(SharedFact, on_delete=models.PROTECT, related_name="versions", db_index=False)
    value = models.CharField(_("how it reads"), max_length=200)
    also = models.TextField(_("other ways to say it"), blank=True)
    """Line by line; forms of numbers need none (`stating.canonical`)."""
    source = models.CharField(_("where it is written"), max_length=300)
    source_url = models.URLField(_("link"), max_length=500, blank=True)
    valid_from = models.DateField(_("valid from"))
    why = models.CharField(max_length=7, choices=Why.choices)
    note = models.CharField(max_length=500, blank=True)
    """What is new, or what was wrong, in a sentence that readers may be told."""
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = FactVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a fact")
        verbose_name_plural = _("versions of a fact")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_fact_wrong_iff_corrects",
                condition=Q(why="wrong", corrects__isnull=False) | (~Q(why="wrong") & Q(corrects__isnull=True)),
            ),
            models.CheckConstraint(name="newsroom_fact_new_with_note", condition=Q(why="first") | ~Q(note="")),
            models.UniqueConstraint(fields=["fact"], condition=Q(why="first"), name="newsroom_fact_begins_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["fact", "valid_from"], name="newsroom_fact_version")]

    def __str__(self) -> str:
        return self.value

    @property
    def wordings(self) -> tuple[str, ...]:
        """All ways in which a text may say it, the one to be inserted first."""
        return (self.value, *(line for line in self.also.splitlines() if line))

    def cites_as(self, other: "FactVersion") -> bool:
        """Whether readers are sent to the same place."""
        return (self.source, self.source_url) == (other.source, other.source_url)

    @property
    def of_source_alone(self) -> bool:
        """Whether it corrects where it is written and not how it reads."""
        return self.corrects is not None and core(self.value) == core(self.corrects.value)

    def coming(self, on: date) -> bool:
        return self.valid_from > on


class FactUseQuerySet(models.QuerySet["FactUse"]):
    def pending(self) -> Self:
        """Those whose text has yet to say the value: of stories that are still there for somebody to read."""
        gone = Q(story__withdrawn_at__isnull=False) | Q(story__expired=True, story__live=False)
        return self.filter(owing__isnull=False).exclude(gone)


class FactUse(models.Model):
    """That a story states a fact, and what its text has yet to say.

    It belongs to the whole story, not to a revision: a change must find drafts, and what is out, alike. What is worked
    out from the text (`owing`, `wrong`, `ready`) is weighed whenever the text or the fact changes
    (`actions.stating.weigh`).
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="fact_uses")
    fact = models.ForeignKey(SharedFact, on_delete=models.PROTECT, related_name="uses", db_index=False)
    version = models.ForeignKey(FactVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The newest when it was chosen, or the last that the text was found to say."""
    shown = models.ForeignKey(FactVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Whose source readers see: that of the text as it was last published."""
    owing = models.ForeignKey(FactVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The version that its text, as it is out (or as it is drafted, when it never was), does not say yet."""
    wrong = models.BooleanField(default=False)
    """It says what was never right, or sends readers to a source that was."""
    ready = models.BooleanField(default=False)
    """The newest draft of what is out says it already, and has only to be published."""
    chosen_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    """Taken out by its writer; it ends with the next publication, for what is out still states it."""
    kept = models.ForeignKey(FactVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The newest version when somebody decided that the text stays as it is."""
    kept_reason = models.CharField(max_length=500, blank=True)
    kept_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    objects = FactUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a fact")
        verbose_name_plural = _("uses of a fact")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "story"], name="newsroom_fact_used_once"),
            models.CheckConstraint(
                name="newsroom_fact_kept_with_reason",
                condition=Q(kept__isnull=True, kept_by__isnull=True, kept_reason="")
                | (Q(kept__isnull=False, kept_by__isnull=False) & ~Q(kept_reason="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["story"], condition=Q(owing__isnull=False), name="newsroom_fact_owing"),
            models.Index(fields=["fact", "story"], condition=Q(owing__isnull=False), name="newsroom_fact_owing_of"),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} · {self.fact_id}"
