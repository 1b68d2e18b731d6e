"""A short piece of news of one's own unit, told by whoever answers for it: written, pictured, handed in at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines
from loa.ledger.actions import record
from loa.people.models import Account, Unit

from .. import policies, queries
from ..consent import Shown
from ..events import PhotoAdded
from ..models import Photo, Story
from .approving import submit
from .picturing import draw_smallest, drawn, keep_photo
from .writing import fill, keep_draft, locked

MEGABYTE = 1_000_000
CODE = "tin"
"""The product type of what is told so; where the list has no such entry, its first one."""


@dataclass(frozen=True, kw_only=True)
class News:
    """What was typed on the telephone; `shown` says who can be recognised in the picture."""

    title: str
    text: str
    picture: File | None = None
    shown: str = Shown.UNSAID


class _ToldAlready(Exception):
    """The same form, pressed twice, was handed in by the other press."""

    def __init__(self, story: Story) -> None:
        self.story = story


def tell_news(news: News, *, unit: Unit, by: Account, at: datetime) -> Story:
    """Hand it in for the approval that the unit has. Pressed twice over a poor line, it is told once."""
    if not policies.can_tell_news(by, unit.pk, on=today(at)):
        raise Refused(_("You may tell news only of your own unit."))
    title, text = _checked(news, at=at)
    try:
        with _picture(news, unit=unit, by=by, at=at) as photo, transaction.atomic():
            story = _new(title, text, unit=unit, by=by)
            _hand_in(story, photo, by=by, at=at)
    except _ToldAlready as other:
        return other.story
    if photo is not None:
        draw_smallest(photo)
    return story


def _new(title: str, text: str, *, unit: Unit, by: Account) -> Story:
    Account.objects.select_for_update().get(pk=by.pk)
    told = Story.objects.filter(unit=unit, author=by, title=title, short=text, withdrawn_at=None).first()
    if told is not None:
        raise _ToldAlready(told)
    kinds = queries.product_types()
    product_type = kinds.filter(code=CODE).first() or kinds[0]
    kind, synthetic = Story.Kind.IMAGE, unit.synthetic
    return Story(unit=unit, title=title, short=text, kind=kind, product_type=product_type, synthetic=synthetic)


def tell_again(story: Story, news: News, *, by: Account, at: datetime) -> None:
    """Change what came back with a remark, and hand it in again; without a new picture the old one stays."""
    if not policies.can_tell_again(by, story, on=today(at)):
        raise Refused(_("You may tell news only of your own unit."))
    title, text = _checked(news, at=at)
    with _picture(news, unit=story.unit, by=by, at=at) as photo, transaction.atomic():
        story = locked(story)
        if story.published_on is not None or story.withdrawn_at is not None:
            raise Refused(_("It has been published already. Please tell whoever approved it what is wrong."))
        if story.workflow_in_progress:
            raise Refused(_("Somebody is reading it now. It can be changed when it comes back to you."))
        latest: Story = story.get_latest_revision_as_object()
        latest.title, latest.short = title, text
        _hand_in(latest, photo, by=by, at=at)
    if photo is not None:
        draw_smallest(photo)


def _hand_in(story: Story, photo: Photo | None, *, by: Account, at: datetime) -> None:
    if photo is not None:
        keep_photo(photo)
        record(PhotoAdded(subject=photo.ref, unit_id=story.unit_id), by=by, at=at)
        story.photo = photo
    fill(story, by=by)
    keep_draft(story, by=by, at=at)
    submit(story, by=by, at=at)


def _checked(news: News, *, at: datetime) -> tuple[str, str]:
    title, text = clean(news.title), clean_lines(news.text)
    if not title or not text:
        raise Refused(_("Please write a title and what happened, in a few sentences."))
    if news.picture is None:
        return title, text
    most = queries.limits(on=today(at)).photo_megabytes
    if news.picture.size > most * MEGABYTE:
        words = {"name": news.picture.name, "most": most}
        raise Refused(_("“%(name)s” is larger than %(most)s MB. Please choose a smaller one.") % words)
    if news.shown not in {Shown.NOBODY, Shown.PUBLIC, Shown.AGREED}:
        raise Refused(_("Please say of the picture who can be recognised in it, and whether they agree."))
    return title, text


@contextmanager
def _picture(news: News, *, unit: Unit, by: Account, at: datetime) -> Iterator[Photo | None]:
    """The picture in the store, its row not written yet; the word of whoever took it is the proof of consent."""
    if news.picture is None:
        yield None
        return
    proof = ""
    if news.shown == Shown.AGREED:
        with override(settings.LANGUAGE_CODE):
            proof = _("Whoever took the picture asked those shown, as they said on %(day)s") % {
                "day": short_date(today(at))
            }
    told = {"shown": news.shown, "consent_proof": proof}
    with drawn(news.picture, unit=unit, title=clean(news.title), uploaded_by=by, **told) as photo:
        yield photo
