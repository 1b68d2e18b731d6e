"""How facts should read, and the texts of the stories that use them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wagtail.models import Revision

from ..models import FactVersion, Story
from ..stating import Former, Verdict, core, verdict

TEXTS = ("title", "summary", "question", "short", "deep", "media_text")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a fact should read, and how it read before."""

    now: FactVersion
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
    """The editions of a story: as readers see them, and as they were drafted last; None where there is no such text."""

    public: Mapping[str, str] | None
    draft: Mapping[str, str] | None


def readings(fact_ids: Iterable[int]) -> dict[int, Reading]:
    """How each of the facts should read: one query."""
    versions: dict[int, list[FactVersion]] = defaultdict(list)
    for version in FactVersion.objects.filter(fact_id__in=list(fact_ids)).order_by("-valid_from", "-pk"):
        versions[version.fact_id].append(version)
    return {fact_id: reading(of_fact) for fact_id, of_fact in versions.items()}


def reading(versions: Iterable[FactVersion]) -> Reading:
    """From all versions of one fact, the newest day first."""
    versions = list(versions)
    wrong = {version.corrects_id for version in versions}
    standing = tuple(version for version in versions if version.pk not in wrong)
    now = standing[0]
    formers = tuple(version for version in versions if version.pk != now.pk)
    return Reading(
        now=now,
        standing=standing,
        replaced=formers,
        formers=tuple(Former(wordings=one.wordings, wrong=one.pk in wrong) for one in formers),
    )


def texts_of(stories: Iterable[Story]) -> dict[int, Texts]:
    """The texts of stories as they stand in the database, by their keys: one query for all drafts."""
    stories = list(stories)
    drafted = [story.latest_revision_id for story in stories if not story.live or story.has_unpublished_changes]
    content = dict(Revision.objects.filter(pk__in=filter(None, drafted)).values_list("pk", "content"))
    return {
        story.pk: Texts(
            public=story.editions if story.live else None,
            draft=_editions(content[story.latest_revision_id])
            if story.latest_revision_id in content
            else (None if story.live else story.editions),
        )
        for story in stories
    }


def _editions(content: Mapping[str, str]) -> dict[str, str]:
    return Story(**{name: content.get(name) or "" for name in TEXTS}).editions
