"""How facts should read, and the texts of the stories that use them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from ..models import Clip, FactUse, FactVersion, Photo, Remark, SharedStory, Story, StoryPhoto
from ..stating import Former, Verdict, core, verdict

TEXTS = ("title", "summary", "question", "short", "deep", "media_text")
CAPTIONS, SUBTITLES = "captions", "subtitles"
LABELS: dict[str, str | Promise] = {
    **{choice.value: choice.label for choice in Remark.Edition},
    CAPTIONS: _("words of the pictures"),
    SUBTITLES: _("name and subtitles of the clip"),
}
"""What the parts of a story are called."""
_ALT = re.compile(r'<embed\b[^>]*\balt="([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a fact should read, and how it read before."""

    now: FactVersion
    latest: FactVersion
    """The one recorded last: a correction of what holds today, when `now` is still to come."""
    misquoted: frozenset[int] = frozenset()
    """The keys of versions whose source was found wrong: who shows one of them sends readers to the wrong place."""
    formers: tuple[Former, ...] = ()
    standing: tuple[FactVersion, ...] = ()
    """Those that were not found wrong, the newest day first."""
    replaced: tuple[FactVersion, ...] = ()
    """All others than `now`, the newest day first."""

    def in_force(self, on: date) -> FactVersion | None:
        """What is right on a day, when the newest is still to come."""
        return next((version for version in self.standing if version.valid_from <= on), None)

    def outdated(self) -> list[FactVersion]:
        """The versions that read otherwise than it should now."""
        wanted = {core(wording) for wording in self.now.wordings}
        return [version for version in self.replaced if core(version.value) not in wanted]

    def of(self, texts: Mapping[str, str]) -> Verdict:
        return verdict(texts, now=self.now.wordings, formers=self.formers)


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of a story: as readers see them, and as they were drafted last; None where there is no such text."""

    public: Mapping[str, str] | None
    draft: Mapping[str, str] | None


def readings(fact_ids: Iterable[int]) -> dict[int, Reading]:
    """How each of the facts should read: one query."""
    versions: dict[int, list[FactVersion]] = defaultdict(list)
    found = FactVersion.objects.filter(fact_id__in=list(fact_ids)).select_related("fact")
    for version in found.order_by("-valid_from", "-pk"):
        versions[version.fact_id].append(version)
    return {fact_id: reading(of_fact) for fact_id, of_fact in versions.items()}


def reading(versions: Iterable[FactVersion]) -> Reading:
    """From all versions of one fact, the newest day first."""
    versions = list(versions)
    wrong = {version.corrects_id for version in versions}
    standing = tuple(version for version in versions if version.pk not in wrong)
    now = standing[0]
    formers = tuple(version for version in versions if version.pk != now.pk)
    by_key = {version.pk: version for version in versions}
    amended = [(by_key[one.corrects_id], one) for one in versions if one.corrects_id in by_key]
    return Reading(
        now=now,
        latest=max(versions, key=lambda version: version.pk),
        misquoted=frozenset(former.pk for former, later in amended if not later.cites_as(former)),
        standing=standing,
        replaced=formers,
        formers=tuple(Former(wordings=one.wordings, wrong=one.pk in wrong) for one in formers),
    )


@dataclass(frozen=True, kw_only=True)
class _Version:
    """One version of a story: its editions, the captions below its pictures, and what else it shows, by their keys."""

    editions: Mapping[str, str]
    deep: str
    captions: list[str]
    photo_ids: list[int]
    clip_id: int | None


def texts_of(stories: Iterable[Story]) -> dict[int, Texts]:
    """All that stories say, as they stand in the database, by their keys: four queries at most, however many.

    What pictures show and clips say is known of the pictures and clips themselves: it is the same in every version.
    """
    stories = list(stories)
    drafted = [story.latest_revision_id for story in stories if not story.live or story.has_unpublished_changes]
    content = dict(Revision.objects.filter(pk__in=filter(None, drafted)).values_list("pk", "content"))
    out = _as_they_stand([one for one in stories if one.live or one.latest_revision_id not in content])
    drafts = {one.pk: _drafted(content[one.latest_revision_id]) for one in stories if one.latest_revision_id in content}
    told = _told([*out.values(), *drafts.values()])
    return {
        story.pk: Texts(
            public=told(out[story.pk]) if story.live else None,
            draft=told(drafts[story.pk]) if story.pk in drafts else (None if story.live else told(out[story.pk])),
        )
        for story in stories
    }


def all_texts(stories: Iterable[Story]) -> dict[int, dict[str, str]]:
    """All that these stories say, as they stand in the database, by their keys: three queries at most."""
    versions = _as_they_stand(list(stories))
    told = _told(versions.values())
    return {key: told(version) for key, version in versions.items()}


def drafted_texts(contents: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[str, str]]:
    """All that versions say which are kept as data, by their keys."""
    versions = {key: _drafted(content) for key, content in contents.items()}
    told = _told(versions.values())
    return {key: told(version) for key, version in versions.items()}


def facts_of(story_ids: Iterable[int]) -> dict[int, list[Reading]]:
    """How the facts of each of these stories should read: two queries."""
    uses = list(FactUse.objects.filter(story__in=list(story_ids)).order_by("pk").values_list("story_id", "fact_id"))
    known = readings({fact_id for _story_id, fact_id in uses})
    found: dict[int, list[Reading]] = {story_id: [] for story_id in story_ids}
    for story_id, fact_id in uses:
        found[story_id].append(known[fact_id])
    return found


def doubt(shared: SharedStory, reads: Iterable[Reading]) -> tuple[FactVersion | None, bool]:
    """The version of a fact that a unit's own words, written before it, contradict, and whether they were never right.

    Whoever may and stands by them later has seen the version (models/sharing.py).
    """
    doubted: FactVersion | None = None
    for read in reads:
        if shared.worded_at is None or shared.worded_at > read.latest.recorded_at:
            continue
        found = read.of(shared.own_words)
        if found.wrong:
            return read.latest, True
        if any(one.former for one in found.editions):
            doubted = doubted or read.now
    return doubted, False


def former_in(shared: SharedStory) -> list[tuple[str, FactVersion]]:
    """What a unit's own words say of the story's facts that they should not say any more, each with what it is now."""
    reads = facts_of([shared.story_id])[shared.story_id]
    told = [(read, one.former) for read in reads for one in read.of(shared.own_words).editions if one.former]
    return [(former, read.now) for read, former in told]


def _as_they_stand(stories: list[Story]) -> dict[int, _Version]:
    photos: dict[int, list[StoryPhoto]] = defaultdict(list)
    for row in StoryPhoto.objects.filter(story__in=stories).order_by("sort_order", "pk") if stories else ():
        photos[row.story_id].append(row)
    return {
        story.pk: _Version(
            editions=story.editions,
            deep=story.deep,
            captions=[row.caption for row in photos[story.pk]],
            photo_ids=[*filter(None, [story.photo_id]), *(row.photo_id for row in photos[story.pk])],
            clip_id=story.clip_id,
        )
        for story in stories
    }


def _drafted(content: Mapping[str, Any]) -> _Version:
    rows: list[Mapping[str, Any]] = content.get("photos") or []
    return _Version(
        editions=Story(**{name: content.get(name) or "" for name in TEXTS}).editions,
        deep=content.get("deep") or "",
        captions=[row.get("caption") or "" for row in rows],
        photo_ids=[key for key in (content.get("photo"), *(row.get("photo") for row in rows)) if key],
        clip_id=content.get("clip"),
    )


def _told(versions: Iterable[_Version]) -> Callable[[_Version], dict[str, str]]:
    """What a version says in all, with the words of pictures and clips: two queries for all versions."""
    versions = list(versions)
    shown = {key for version in versions for key in version.photo_ids}
    heard = {version.clip_id for version in versions if version.clip_id}
    alts = dict(Photo.objects.filter(pk__in=shown).exclude(alt="").values_list("pk", "alt")) if shown else {}
    clips = {clip.pk: clip for clip in Clip.objects.filter(pk__in=heard).only("title", "spoken")} if heard else {}

    def told(version: _Version) -> dict[str, str]:
        in_text = [unescape(alt) for alt in _ALT.findall(version.deep)]
        seen = [alts[key] for key in dict.fromkeys(version.photo_ids) if key in alts]
        clip = clips.get(version.clip_id or 0)
        return {
            **version.editions,
            CAPTIONS: "\n".join(filter(None, [*version.captions, *in_text, *seen])),
            SUBTITLES: f"{clip.title}\n{clip.spoken}" if clip else "",
        }

    return told
