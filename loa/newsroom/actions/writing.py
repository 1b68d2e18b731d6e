"""Drafts: kept as often as one likes, seen by nobody, finished before somebody else is to read them."""

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS as ALL
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines, fold, slug
from loa.people.models import Account

from .. import policies, queries
from ..models import Clip, Story
from .weighing import weigh_story

WHOLE = 100


def complete(story: Story, *, by: Account, at: datetime) -> None:
    """What every save of a draft needs, whoever saves it: rights, clean text, an address, an author."""
    if not policies.can_write(by, story, on=today(at)):
        raise Refused(_("You may write stories only for your own unit and the units below it."))
    fill(story, by=by)


def fill(story: Story, *, by: Account) -> None:
    """Clean text, an address, an author."""
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    story.title, story.summary = clean(story.title), clean(story.summary)
    story.folded_title = fold(story.title)
    story.short, story.question = clean_lines(story.short), clean_lines(story.question)
    story.media_text, story.consent = clean_lines(story.media_text), clean(story.consent)
    story.author_id = story.author_id or by.pk
    story.slug = story.slug or _free_slug(story.title)


@transaction.atomic
def draft(story: Story, *, by: Account, at: datetime) -> Revision:
    """Keep a new draft, or a new version of one; the public sees nothing of it."""
    complete(story, by=by, at=at)
    return keep_draft(story, by=by, at=at)


def keep_draft(story: Story, *, by: Account, at: datetime) -> Revision:
    """The version itself, once it is known that `by` may keep it and all is filled in."""
    story.live = story.live and story.pk is not None
    if not story.live:
        story.save()
    revision: Revision = story.save_revision(user=by, log_action=True)
    weigh_story(story, by=by, at=at)
    return revision


def check_ready(story: Story, *, at: datetime) -> None:
    """A draft may be unfinished; what somebody else is to read may not."""
    latest = story.get_latest_revision_as_object()
    try:
        latest.full_clean()
    except ValidationError as problem:
        names = {name: str(Story._meta.get_field(name).verbose_name) for name in problem.message_dict if name != ALL}
        fields = ", ".join(names.values()) or "; ".join(problem.messages)
        raise Refused(
            _("This story is not finished yet. Please look at: %(fields)s.") % {"fields": fields}
        ) from problem
    if not (latest.short or latest.deep_text or latest.media_text or latest.photos.all()):
        raise Refused(_("Please write the short or the deep edition first: there is nothing to read yet."))
    if wanting := queries.lacking(latest, binding=True):
        raise Refused(" ".join(wanting))
    check_pictures(latest, at=at)
    shares = [credit.share for credit in latest.credits.all()]
    if shares and sum(shares) != WHOLE:
        raise Refused(
            _("The shares of the authors add up to %(sum)s %%. Please make it 100 %%.") % {"sum": sum(shares)}
        )


def check_pictures(latest: Story, *, at: datetime, but: frozenset[int] = frozenset()) -> None:
    """The people shown must agree on the day of publication, which may be a later one; `but` is not asked about."""
    day = today(max(at, latest.go_live_at) if latest.go_live_at else at)
    if latest.clip and latest.clip.state != Clip.State.READY:
        raise Refused(
            _("“%(title)s” is not ready for phones yet. Please wait a little.") % {"title": latest.clip.title}
        )
    if told := queries.objections(latest, on=day, but=but):
        raise Refused(" ".join(told))


def _free_slug(title: str) -> str:
    """An address that no other story has: of the title, with a number when it is taken."""
    wanted = slug(title)
    taken = set(Story.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    free = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in free if name not in taken)


def locked(story: Story) -> Story:
    """The story as it is now, held until the end of the transaction."""
    current: Story = Story.objects.select_for_update().get(pk=story.pk)
    return current
