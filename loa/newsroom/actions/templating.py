"""Templates of recurring products: kept from a story, begun from, retired."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean
from loa.ledger.actions import record
from loa.people.models import Account, Unit

from .. import policies, queries
from ..events import TemplateKept, TemplateRetired
from ..models import Story, StoryTemplate
from .writing import draft

KEPT = (
    "title", "kind", "themes", "product_type", "language", "summary", "short", "deep", "photo", "question",
    "media_text", "needs_province", "on_site",
)  # fmt: skip
"""What a template takes from a story: nothing of its fate, its address, its authors or its consent."""


@transaction.atomic
def keep_as_template(story: Story, *, name: str, by: Account, at: datetime) -> StoryTemplate:
    """Keep the latest version of a story as what others begin from; one of the same name is replaced."""
    name = clean(name)
    if not policies.can_keep_template(by, story.unit_id, on=today(at)):
        raise Refused(_("You may keep templates only for your own unit and the units below it."))
    if not name:
        raise Refused(_("Please give the template a name by which others will find it."))
    content = story.get_latest_revision_as_object().serializable_data()
    StoryTemplate.objects.filter(unit_id=story.unit_id, name=name, retired_at__isnull=True).update(retired_at=at)
    template = StoryTemplate.objects.create(
        unit_id=story.unit_id,
        name=name,
        content={key: content[key] for key in KEPT},
        made_by=by,
        made_at=at,
    )
    record(TemplateKept(subject=template.ref, unit_id=story.unit_id, story_id=story.pk), by=by, at=at)
    return template


@transaction.atomic
def begin_from(template: StoryTemplate, *, unit: Unit, by: Account, at: datetime) -> Story:
    """A new draft of `unit` with what the template holds; {ngày}, {tháng}, {năm}, {tuần} become those of today."""
    if template.retired_at:
        raise Refused(_("This template is no longer used. Please choose another one."))
    if not queries.templates_for(unit.pk, on=today(at)).filter(pk=template.pk).exists():
        raise Refused(_("This template is not for that unit."))
    story = template.beginning
    story.unit_id = unit.pk
    for name in ("title", "summary", "short", "deep"):
        setattr(story, name, _dated(getattr(story, name), today(at)))
    draft(story, by=by, at=at)
    return story


def _dated(text: str, day: date) -> str:
    words: dict[str, Any] = {"ngày": day.day, "tháng": day.month, "năm": day.year, "tuần": day.isocalendar().week}
    for word, number in words.items():
        text = text.replace("{" + word + "}", str(number))
    return text


@transaction.atomic
def retire_template(template: StoryTemplate, *, by: Account, at: datetime) -> None:
    """Nobody begins from it any more; stories that did stay as they are."""
    template = StoryTemplate.objects.select_for_update().get(pk=template.pk)
    if not policies.can_keep_template(by, template.unit_id, on=today(at)):
        raise Refused(_("You may keep templates only for your own unit and the units below it."))
    if template.retired_at:
        raise Refused(_("This template is no longer used. Please choose another one."))
    template.retired_at = at
    template.save(update_fields=["retired_at"])
    record(TemplateRetired(subject=template.ref, unit_id=template.unit_id), by=by, at=at)
