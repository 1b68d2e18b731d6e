"""What workers send in: received, taken, made into a story or declined with a reason, erased."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import UnidentifiedImageError

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines
from loa.ledger.actions import record
from loa.ledger.facts import SYSTEM, Actor
from loa.people.models import Account, Unit

from .. import policies, queries, recordings
from ..advice import SHORT_AT_MOST
from ..consent import Shown
from ..counting import syllables
from ..events import (
    ContributionDeclined,
    ContributionErased,
    ContributionReceived,
    ContributionTaken,
    ContributionUsed,
)
from ..models import Clip, Contribution, ContributionFile, Limits, Photo, Story, StoryCredit, StoryPhoto
from ..models.keeping import private
from ..traces import without_traces
from .keeping import stored
from .picturing import draw_smallest, drawn, keep_photo
from .voicing import fall_silent, keep_voice, note_voice, voice_taken_over
from .writing import draft

MEGABYTE = 1_000_000

KEPT_LONG_ENOUGH = "kept-long-enough"
State, Credit = Contribution.State, Contribution.Credit
Kept = tuple[str, ContentFile, str]
"""What kind of file it is, the file itself, its type."""


class _KeptAlready(Exception):
    """The same form, pressed twice, was kept by the other press."""

    def __init__(self, sent: Contribution) -> None:
        self.sent = sent


def contribute(
    *,
    once: UUID,
    text: str,
    unit: Unit,
    workplace: str = "",
    credit: str = Credit.NONE,
    credit_name: str = "",
    contact: str = "",
    people_agreed: bool = False,
    voice_agreed: bool = False,
    photos: Sequence[File] = (),
    voice: File | None = None,
    by: Account | None,
    at: datetime,
) -> Contribution:
    """Keep what somebody sent in; sent twice with the same `once`, it is kept once.

    Pictures are drawn anew and recordings written anew before they are kept: with nothing of where, when, by what.
    """
    text, limits, named = clean_lines(text), queries.limits(on=today(at)), credit == Credit.WRITTEN
    if known := Contribution.objects.filter(once=once).first():
        if known.text == text:
            return known
        once = uuid4()  # somebody went back to the form and wrote something else
    _check(text, photos, voice, limits)
    if named and not clean(credit_name):
        raise Refused(_("Please write the name to be shown, or choose to give none."))
    files = [_photo(photo) for photo in photos] + ([_voice(voice)] if voice is not None else [])
    sender = by if named else None
    told = {
        "unit": unit,
        "workplace": clean(workplace),
        "text": text,
        "credit": credit,
        "credit_name": clean(credit_name) if named else "",
        "contact": clean(contact) if named else "",
        "people_agreed": people_agreed,
        "voice_agreed": voice_agreed and voice is not None,
        "account": sender,
        "received_at": at,
    }
    try:
        return _receive(told, files, once=once, by=sender or SYSTEM, at=at)
    except _KeptAlready as other:
        return other.sent


def _receive(told: dict[str, Any], files: Sequence[Kept], *, once: UUID, by: Actor, at: datetime) -> Contribution:
    with ExitStack() as written:
        names = [written.enter_context(stored(private(), f"contributions/{file.name}", file)) for _, file, _ in files]
        with transaction.atomic():
            sent, new = Contribution.objects.get_or_create(once=once, defaults=told)
            if not new:
                raise _KeptAlready(sent)
            for (kind, file, type_), name in zip(files, names, strict=True):
                ContributionFile.objects.create(contribution=sent, kind=kind, file=name, type=type_, size=file.size)
            record(ContributionReceived(subject=sent.ref, unit_id=sent.unit_id), by=by, at=at)
    return sent


def _check(text: str, photos: Sequence[File], voice: File | None, limits: Limits) -> None:
    if not text and not photos and voice is None:
        raise Refused(_("Please write a few words, choose a photo or record your voice."))
    if len(photos) > limits.photos:
        raise Refused(_("At most %(most)s photos at once; please leave some out.") % {"most": limits.photos})
    for photo in photos:
        if photo.size > limits.photo_megabytes * MEGABYTE:
            words = {"name": photo.name, "most": limits.photo_megabytes}
            raise Refused(_("“%(name)s” is larger than %(most)s MB. Please choose a smaller one.") % words)
    if voice is not None and voice.size > limits.voice_megabytes * MEGABYTE:
        words = {"name": voice.name, "most": limits.voice_megabytes}
        raise Refused(_("“%(name)s” is larger than %(most)s MB. Please choose a smaller one.") % words)


def _photo(photo: File) -> Kept:
    try:
        bare = without_traces(photo)
    except (OSError, UnidentifiedImageError, ValueError) as problem:
        raise Refused(_("“%(name)s” is not a picture that can be opened.") % {"name": photo.name}) from problem
    ending = bare.name.rpartition(".")[2]
    kept = ContentFile(bare.read(), name=f"{token_hex(12)}.{ending}")
    return ContributionFile.Kind.PHOTO, kept, f"image/{ending.replace('jpg', 'jpeg')}"


def _voice(voice: File) -> Kept:
    with tempfile.TemporaryDirectory() as folder:
        given, written = Path(folder) / "given", Path(folder) / "written.m4a"
        with given.open("wb") as copy:
            copy.writelines(voice.chunks())
        try:
            if not recordings.probe(given).audio:
                raise recordings.Unreadable
            recordings.voice(given, written)
        except recordings.Unreadable as problem:
            words = {"name": voice.name}
            raise Refused(_("“%(name)s” is not a recording that can be played.") % words) from problem
        kept = ContentFile(written.read_bytes(), name=f"{token_hex(12)}.m4a")
    return ContributionFile.Kind.VOICE, kept, "audio/mp4"


@transaction.atomic
def take(sent: Contribution, *, by: Account, at: datetime) -> None:
    """Somebody reads it now and will answer; whoever sent it sees that."""
    sent = _held(sent, by=by, at=at)
    if sent.state == State.READING and sent.taken_by_id == by.pk:
        return
    sent.state, sent.taken_by, sent.taken_at = State.READING, by, at
    sent.save(update_fields=["state", "taken_by", "taken_at"])
    record(ContributionTaken(subject=sent.ref, unit_id=sent.unit_id), by=by, at=at)


def begin_from_contribution(sent: Contribution, *, heard: bool = False, by: Account, at: datetime) -> Story:
    """A draft with its words, its photos as pictures of the library, and the name its sender wanted shown.

    With `heard`, the recording becomes its sound, if the sender agreed to be heard.
    """
    _check_may_answer(sent, by=by, at=at)
    rows = list(sent.files.filter(kind=ContributionFile.Kind.PHOTO).order_by("pk"))
    with ExitStack() as kept:
        photos = [kept.enter_context(_into_library(sent, row, by=by)) for row in rows]
        voice = kept.enter_context(voice_taken_over(sent, by=by, at=at)) if heard else None
        with transaction.atomic():
            story = _begin(sent, list(zip(rows, photos, strict=True)), voice, by=by, at=at)
    for photo in photos:
        draw_smallest(photo)
    return story


def _begin(
    sent: Contribution,
    library: Sequence[tuple[ContributionFile, Photo]],
    voice: Clip | None,
    *,
    by: Account,
    at: datetime,
) -> Story:
    sent = _held(sent, by=by, at=at)
    if voice is not None:
        keep_voice(sent, voice, by=by, at=at)
    for row, photo in library:
        keep_photo(photo)
        row.photo = photo
        row.save(update_fields=["photo"])
    photos = [photo for _row, photo in library]
    kinds, short = queries.product_types(), syllables(sent.text) <= SHORT_AT_MOST
    paragraphs = [f"<p>{escape(line)}</p>" for line in sent.text.splitlines() if line.strip()]
    story = Story(
        unit=sent.unit,
        title=(sent.beginning or _("Sent in by a reader"))[:180],
        kind=Story.Kind.IMAGE,
        product_type=kinds.filter(code="tin").first() or kinds[0],
        short=sent.text if short else "",
        deep="" if short else "".join(paragraphs),
        photo=photos[0] if photos else None,
        clip=voice,
        synthetic=sent.synthetic,
    )
    story.photos = [StoryPhoto(photo=photo, sort_order=place) for place, photo in enumerate(photos[1:])]
    if sent.credit == Credit.WRITTEN:
        story.credits = [StoryCredit(name=sent.credit_name, share=100)]
    draft(story, by=by, at=at)
    sent.state, sent.story, sent.decided_at = State.USED, story, at
    sent.taken_by = sent.taken_by or by
    sent.save(update_fields=["state", "story", "clip", "decided_at", "taken_by"])
    if voice is not None:
        note_voice(sent, by=by, at=at)
    record(ContributionUsed(subject=sent.ref, unit_id=sent.unit_id, story_id=story.pk), by=by, at=at)
    return story


@contextmanager
def _into_library(sent: Contribution, row: ContributionFile, *, by: Account) -> Iterator[Photo]:
    """The sender's word is the proof of consent; without it somebody must ask before it is published."""
    day = short_date(today(sent.received_at))
    with override("vi"):
        proof = _("The sender says that the people shown agree (contribution of %(day)s, number %(number)s)") % {
            "day": day,
            "number": sent.pk,
        }
        title = _("Sent in on %(day)s: %(beginning)s") % {"day": day, "beginning": sent.beginning}
    agreed = sent.people_agreed
    with (
        row.file.open("rb") as file,
        drawn(
            File(file, name=Path(str(row.file.name)).name),
            unit=sent.unit,
            title=title[:250],
            uploaded_by=by,
            credit=sent.credit_name,
            licence=queries.licence_of_senders(),
            shown=Shown.AGREED if agreed else Shown.UNSAID,
            consent_proof=proof if agreed else "",
        ) as photo,
    ):
        yield photo


@transaction.atomic
def decline(sent: Contribution, *, reason: str, by: Account, at: datetime) -> None:
    """Say kindly why it is not used; whoever sent it reads the reason."""
    sent, reason = _held(sent, by=by, at=at), clean_lines(reason)
    if not reason:
        raise Refused(_("Please tell the sender in a kind sentence why it is not used."))
    sent.state, sent.reason, sent.decided_at = State.DECLINED, reason, at
    sent.taken_by = sent.taken_by or by
    sent.save(update_fields=["state", "reason", "decided_at", "taken_by"])
    record(ContributionDeclined(subject=sent.ref, unit_id=sent.unit_id), by=by, at=at)


def _held(sent: Contribution, *, by: Account, at: datetime) -> Contribution:
    held: Contribution = Contribution.objects.select_for_update(of=("self",)).select_related("unit").get(pk=sent.pk)
    _check_may_answer(held, by=by, at=at)
    return held


def _check_may_answer(sent: Contribution, *, by: Account, at: datetime) -> None:
    if not policies.can_read_contribution(by, sent, on=today(at)):
        raise Refused(_("Only those who write stories for this unit read what is sent in to it."))
    if sent.erased_at or not sent.open:
        raise Refused(_("This contribution has been answered already."))


@transaction.atomic
def erase_contribution(sent: Contribution, *, reason: str, by: Actor, at: datetime) -> None:
    """Blank its text and names and delete its files, for good; what became pictures of the library stays there.

    Whoever asks for it, or is erased, is not heard any more either; after the days of keeping the voice goes on, and
    its sender may still silence it. `reason` is "asked", "kept-long-enough" or "person-erased". Twice does nothing.
    """
    sent = Contribution.objects.select_for_update().get(pk=sent.pk)
    if sent.erased_at:
        return
    if sent.open:
        sent.state, sent.reason, sent.decided_at = State.DECLINED, _("The sender took it back."), at
    for file in sent.files.all():
        _delete_later(file)
    sent.files.all().delete()
    sent.text = sent.workplace = sent.contact = sent.credit_name = ""
    sent.credit, sent.account, sent.erased_at = Credit.NONE, None, at
    sent.save()
    if reason != KEPT_LONG_ENOUGH:
        fall_silent(sent, by=by, at=at)
    record(ContributionErased(subject=sent.ref, unit_id=sent.unit_id, reason=reason), by=by, at=at)


def _delete_later(row: ContributionFile) -> None:
    storage, name = row.file.storage, str(row.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def forget_contributions(*, by: Actor, at: datetime) -> int:
    """Every day: erase what was answered longer ago than the limits say. Gives how many."""
    until = at - timedelta(days=queries.limits(on=today(at)).kept_days)
    old = Contribution.objects.filter(erased_at__isnull=True, decided_at__lt=until)
    done = 0
    for sent in old.order_by("pk")[:500]:
        erase_contribution(sent, reason=KEPT_LONG_ENOUGH, by=by, at=at)
        done += 1
    return done


def erase_of_person(person_id: int, *, by: Actor, at: datetime) -> None:
    """All that an account of this person sent in."""
    for sent in _of_person(person_id):
        erase_contribution(sent, reason="person-erased", by=by, at=at)


def _of_person(person_id: int) -> Iterator[Contribution]:
    return Contribution.objects.filter(account__person=person_id, erased_at__isnull=True).order_by("pk").iterator()
