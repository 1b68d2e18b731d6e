"""Clips and sounds: uploaded, described, made ready for phones by a worker that may be killed at any moment."""

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean
from loa.ledger.actions import record
from loa.ledger.facts import SYSTEM, Actor
from loa.people.models import Account, Unit

from .. import consent, policies, queries, recordings
from ..consent import Shown
from ..events import ClipAdded, ClipDescribed, ClipFailed, ClipReady, ClipShownAgain, ClipTriedAgain, ClipWithheld
from ..models import Clip, ClipFile, Licence, Story
from ..models.keeping import private
from ..queries.clips import SILENT_FOR
from ..subtitles import NoSubtitles, as_webvtt, spoken
from .keeping import stored
from .weighing import say_anew

logger = logging.getLogger(__name__)

MEGABYTE = 1_000_000
SIGN_OF_LIFE = 2.0
"""Seconds between two notes of how far the work is."""


def _path_of(file: File) -> Path | None:
    """Where a file that was streamed to the disk lies; None for a small one, which is in memory."""
    given = getattr(file, "temporary_file_path", None)
    return Path(given()) if given else None


def add_clip(file: File, *, unit: Unit, title: str, by: Account, at: datetime, **told: object) -> Clip:
    """Take a recording over as it came; a worker makes it ready."""
    with taken_over(file, unit=unit, title=title, by=by, at=at, **told) as clip, transaction.atomic():
        keep_clip(clip, by=by, at=at)
    return clip


@contextmanager
def taken_over(file: File, *, unit: Unit, title: str, by: Account, at: datetime, **told: object) -> Iterator[Clip]:
    """A recording whose file is in the store and whose row is not written yet, looked at by ffprobe before.

    When what follows fails, nothing is left of the file.
    """
    day = today(at)
    if not policies.can_add_photo(by, unit.pk, on=day):
        raise Refused(_("You may put in clips only for your own unit and the units below it."))
    if not recordings.available():
        raise Refused(_("The program ffmpeg is not installed here. Please tell your administrator."))
    limits, words = queries.limits(on=day), {"name": file.name}
    if file.size > limits.clip_megabytes * MEGABYTE:
        raise Refused(
            _("“%(name)s” is larger than %(most)s MB. Please choose a smaller one.")
            % (words | {"most": limits.clip_megabytes})
        )
    probed = _probed(file, words)
    if probed.seconds > limits.clip_minutes * 60:
        told_ = words | {"most": limits.clip_minutes}
        raise Refused(_("“%(name)s” is longer than %(most)s minutes. Please cut it, or send it in parts.") % told_)
    folder, ending = token_hex(16), Path(file.name or "").suffix.lower()[:8]
    with stored(private(), f"clips/{folder}{ending}", file) as source:
        yield Clip(
            unit=unit,
            title=clean(title)[:200] or _("Clip without a name"),
            kind=Clip.Kind.VIDEO if probed.video else Clip.Kind.SOUND,
            folder=folder,
            source=source,
            source_size=file.size,
            seconds=probed.seconds,
            width=probed.width,
            height=probed.height,
            uploaded_by=by,
            uploaded_at=at,
            **told,
        )


def keep_clip(clip: Clip, *, by: Actor, at: datetime) -> None:
    """The row of a recording that was taken over."""
    clip.save()
    record(ClipAdded(subject=clip.ref, unit_id=clip.unit_id), by=by, at=at)


def _probed(file: File, words: dict[str, str | None]) -> recordings.Probed:
    with tempfile.TemporaryDirectory() as folder:
        path = _path_of(file)
        if path is None:
            path = Path(folder) / "given"
            with path.open("wb") as copy:
                copy.writelines(file.chunks())
        try:
            probed = recordings.probe(path)
        except recordings.Unreadable as problem:
            raise Refused(_("“%(name)s” is neither a clip nor a sound that can be played.") % words) from problem
    if probed.seconds <= 0:
        raise Refused(_("“%(name)s” has no length: the recording is broken off. Please record it again.") % words)
    return probed


def describe_clip(
    clip: Clip,
    *,
    title: str,
    credit: str,
    licence: Licence | None,
    shown: str,
    consent_proof: str,
    consent_until: date | None,
    subtitles: File | None = None,
    by: Account,
    at: datetime,
) -> None:
    """Write down what is known of a clip; subtitles are WebVTT or SubRip."""
    if not policies.can_add_photo(by, clip.unit_id, on=today(at)):
        raise Refused(_("You may put in clips only for your own unit and the units below it."))
    if not clean(title):
        raise Refused(_("Please give the clip a name by which it is found."))
    if shown == Shown.AGREED and not clean(consent_proof):
        raise Refused(_("Please say how they agreed and where the proof is kept."))
    agreed = shown == Shown.AGREED
    told = {
        "title": clean(title),
        "credit": clean(credit),
        "licence": licence,
        "shown": shown,
        "consent_proof": clean(consent_proof) if agreed else "",
        "consent_until": consent_until if agreed else None,
    }
    if subtitles is None:
        _describe(clip, told, by=by, at=at)
        return
    webvtt = _webvtt(subtitles)
    with stored(default_storage, f"clips/{clip.folder}/phu-de.vtt", ContentFile(webvtt.encode())) as name:
        _describe(clip, told | {"subtitles": name, "spoken": spoken(webvtt)}, by=by, at=at)


@transaction.atomic
def _describe(clip: Clip, told: dict[str, Any], *, by: Account, at: datetime) -> None:
    clip = _held(clip.pk)
    old, said = clip.subtitles.name, (clip.title, clip.spoken)
    for name, value in told.items():
        setattr(clip, name, value)
    clip.save(update_fields=list(told))
    if old and old != clip.subtitles.name:
        transaction.on_commit(lambda: default_storage.delete(old))
    record(ClipDescribed(subject=clip.ref, unit_id=clip.unit_id, shown=clip.shown or "unsaid"), by=by, at=at)
    withhold_or_show_clip(clip, by=by, at=at)
    if (clip.title, clip.spoken) != said:
        say_anew(Story.objects.filter(clip=clip), by=by, at=at)


def _webvtt(subtitles: File) -> str:
    try:
        return as_webvtt(subtitles.read())
    except NoSubtitles as problem:
        raise Refused(_("There are no subtitles in this file. Please choose a .vtt or .srt file.")) from problem


def withhold_or_show_clip(clip: Clip, *, by: Actor, at: datetime) -> None:
    wanted = consent.withheld(clip.rights, on=today(at))
    if wanted == bool(clip.withheld_at):
        return
    Clip.objects.filter(pk=clip.pk).update(withheld_at=at if wanted else None)
    fact = ClipWithheld if wanted else ClipShownAgain
    record(fact(subject=clip.ref, unit_id=clip.unit_id), by=by, at=at)


@transaction.atomic
def try_clip_again(clip: Clip, *, by: Account, at: datetime) -> None:
    """What failed is begun anew; what is ready already stays."""
    clip = _held(clip.pk)
    if not policies.can_add_photo(by, clip.unit_id, on=today(at)):
        raise Refused(_("You may put in clips only for your own unit and the units below it."))
    if not clip.source:
        raise Refused(_("Whoever is heard in it took the recording back: its file is gone."))
    if clip.state != Clip.State.FAILED:
        raise Refused(_("Only what could not be made ready is tried again."))
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.WAITING, failure="", progress=0, claimed_at=None)
    record(ClipTriedAgain(subject=clip.ref, unit_id=clip.unit_id), by=by, at=at)


def make_clip(clip: Clip, *, by: Actor = SYSTEM, at: datetime) -> None:
    """Make the sizes of a clip that are missing. A worker killed meanwhile is followed by another after two minutes,
    one that is stopped at once.

    Every size is written beside and counts when its row is there: half a file is never played. What one that was
    killed left behind goes.
    """
    if not _claim(clip.pk, at=at):
        return
    clip = Clip.objects.get(pk=clip.pk)
    begun = f"clip-{clip.folder}-"
    for left in Path(settings.FILE_UPLOAD_TEMP_DIR).glob(f"{begun}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory(prefix=begun, dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
            _make_all(clip, Path(folder))
    except recordings.Stopped:
        _give_back(clip)
        return
    except recordings.Unreadable as problem:
        logger.warning("clip %s could not be made ready: %s", clip.pk, problem)
        _fail(clip, by=by, at=at)
        return
    except BaseException:
        _give_back(clip)
        raise
    with transaction.atomic():
        ready = {"state": Clip.State.READY, "progress": 100, "claimed_at": None, "failure": ""}
        if Clip.objects.filter(pk=clip.pk).exclude(source="").update(**ready):
            record(ClipReady(subject=clip.ref, unit_id=clip.unit_id, seconds=round(clip.seconds)), by=by, at=at)
        else:
            _delete_files(clip)


def silence_clip(pk: int, *, by: Actor, at: datetime) -> None:
    """Whoever is heard in it wants so no longer: nothing plays it from now on, and its files are deleted for good.

    Its row stays, for the stories that had it; a worker that makes it ready at this moment deletes what it made.
    """
    clip = _held(pk)
    with override(settings.LANGUAGE_CODE):
        clip.failure = _("Whoever is heard in it took the recording back: its file is gone.")
    source, storage = clip.source.name, clip.source.storage
    clip.shown, clip.consent_proof, clip.consent_until = Shown.REFUSED, "", None
    clip.source, clip.state, clip.claimed_at = "", Clip.State.FAILED, None
    _delete_files(clip)
    clip.poster = clip.subtitles = ""
    clip.save()
    if source:
        transaction.on_commit(lambda: storage.delete(source))
    withhold_or_show_clip(clip, by=by, at=at)


def _delete_files(clip: Clip) -> None:
    files = [row.file for row in clip.files.all()] + [clip.poster, clip.subtitles]
    clip.files.all().delete()
    for name in [str(file.name) for file in files if file]:
        transaction.on_commit(partial(default_storage.delete, name))


def _give_back(clip: Clip) -> None:
    """For whoever works next; what is made already stays."""
    Clip.objects.filter(pk=clip.pk, state=Clip.State.WORKING).update(state=Clip.State.WAITING, claimed_at=None)


def _claim(pk: int, *, at: datetime) -> bool:
    """One conditional update: whoever changed the row has the work."""
    dead = Q(state=Clip.State.WORKING, claimed_at__lt=at - SILENT_FOR)
    free = Clip.objects.filter(Q(state=Clip.State.WAITING) | dead, pk=pk).exclude(source="")
    return bool(free.update(state=Clip.State.WORKING, claimed_at=at))


def _make_all(clip: Clip, folder: Path) -> None:
    source = Path(clip.source.path)
    if not source.exists():
        raise recordings.Unreadable("the file that was uploaded is gone")
    if clip.kind == Clip.Kind.SOUND:
        _make_one(clip, 0, folder, share=(0.0, 1.0))
        return
    if not clip.poster:
        drawn = folder / "anh.jpg"
        recordings.poster(source, drawn, seconds=clip.seconds)
        name = _put(f"clips/{clip.folder}/anh.jpg", ContentFile(drawn.read_bytes()))
        Clip.objects.filter(pk=clip.pk).update(poster=name)
    heights = [height for height in recordings.HEIGHTS if height <= clip.height] or [recordings.HEIGHTS[0]]
    for place, height in enumerate(heights):
        _make_one(clip, height, folder, share=(place / len(heights), 1 / len(heights)))


def _make_one(clip: Clip, height: int, folder: Path, *, share: tuple[float, float]) -> None:
    if clip.files.filter(height=height).exists():
        return
    written, source = folder / f"{height}.mp4", Path(clip.source.path)
    told = _noting(clip.pk, *share)
    if height:
        recordings.transcode(source, written, height=height, seconds=clip.seconds, told=told)
    else:
        recordings.sound(source, written, seconds=clip.seconds, told=told)
    ending, kind = ("mp4", "video/mp4") if height else ("m4a", "audio/mp4")
    with written.open("rb") as file:
        name = _put(f"clips/{clip.folder}/{height or 'am-thanh'}.{ending}", File(file))
    size = written.stat().st_size
    ClipFile.objects.update_or_create(clip=clip, height=height, defaults={"file": name, "size": size, "type": kind})


def _put(name: str, content: File) -> str:
    """In the place of what a worker that was killed may have begun to write there: no row names that."""
    default_storage.delete(name)
    kept: str = default_storage.save(name, content)
    return kept


def _noting(pk: int, begun: float, part: float) -> Callable[[float], None]:
    """Writes down how far it is, and with it that somebody still works on it."""
    last = 0.0

    def note(done: float) -> None:
        nonlocal last
        if monotonic() - last < SIGN_OF_LIFE:
            return
        last = monotonic()
        percent = min(99, round(100 * (begun + part * done)))
        Clip.objects.filter(pk=pk, state=Clip.State.WORKING).update(progress=percent, claimed_at=timezone.now())

    return note


@transaction.atomic
def _fail(clip: Clip, *, by: Actor, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        why = _("The recording could not be converted: it may be damaged. Try again, or upload it anew.")
    kept = Clip.objects.filter(pk=clip.pk).exclude(source="")
    if kept.update(state=Clip.State.FAILED, failure=why, claimed_at=None):
        record(ClipFailed(subject=clip.ref, unit_id=clip.unit_id), by=by, at=at)


def _held(pk: int) -> Clip:
    held: Clip = Clip.objects.select_for_update(of=("self",)).select_related("licence").get(pk=pk)
    return held
