"""What a story of a product type must have, told in exact sentences. Pure values, tested without a database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .counting import syllables


class Part(TextChoices):
    """What a story can be made of. Texts are measured in syllables, photos are counted, the rest is there or not."""

    SUMMARY = "summary", gettext_lazy("summary")
    SHORT = "short", gettext_lazy("short edition")
    DEEP = "deep", gettext_lazy("deep edition")
    PHOTO = "photo", gettext_lazy("lead photo")
    PHOTOS = "photos", gettext_lazy("photos with captions")
    MEDIA = "media", gettext_lazy("link to the recording or the file")
    DESCRIPTION = "description", gettext_lazy("what the recording or the picture says, in words")
    QUESTION = "question", gettext_lazy("question")
    CONSENT = "consent", gettext_lazy("consent of the people shown")
    ISSUE = "issue", gettext_lazy("number of the issue")


TEXTS = frozenset({Part.SUMMARY, Part.SHORT, Part.DEEP, Part.DESCRIPTION, Part.QUESTION})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How much there must be of one part: syllables of a text, or pieces. A rule that does not bind only advises."""

    part: str
    at_least: int = 1
    at_most: int | None = None
    binding: bool = True


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a story has: its texts, how many of what is counted, and the photos that lack a caption (by number)."""

    texts: dict[str, str] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)
    without_caption: tuple[int, ...] = ()


def lacking(parts: Parts, rules: Iterable[Rule], *, type_name: str) -> list[str]:
    """A sentence for everything that the rules ask for and the story has not."""
    return [sentence for rule in rules for sentence in _of_rule(parts, rule, type_name)]


def _of_rule(parts: Parts, rule: Rule, type_name: str) -> Iterator[str]:
    if rule.part in TEXTS:
        yield from _of_text(parts.texts.get(rule.part, ""), rule, type_name)
        return
    there = parts.pieces.get(rule.part, 0)
    words = {"type": type_name, "part": Part(rule.part).label, "least": rule.at_least, "most": rule.at_most}
    if there < rule.at_least:
        yield _too_few(words, there)
    if rule.at_most is not None and there > rule.at_most:
        yield _("“%(type)s” takes at most %(most)s %(part)s; there are %(there)s.") % (words | {"there": there})
    if rule.part == Part.PHOTOS:
        for number in parts.without_caption:
            yield _("Photo %(number)s has no caption yet.") % {"number": number}


def _too_few(words: dict[str, object], there: int) -> str:
    if words["least"] == 1:
        return _("“%(type)s” needs this: %(part)s.") % words
    return _("“%(type)s” needs at least %(least)s %(part)s; there are %(there)s.") % (words | {"there": there})


def _of_text(text: str, rule: Rule, type_name: str) -> Iterator[str]:
    there = syllables(text)
    words = {"type": type_name, "part": Part(rule.part).label, "there": there, "least": rule.at_least}
    if there < rule.at_least:
        if there == 0:
            yield _("“%(type)s” needs this: %(part)s.") % words
        else:
            yield _("The %(part)s has %(there)s syllables; “%(type)s” needs at least %(least)s.") % words
    if rule.at_most is not None and there > rule.at_most:
        over = words | {"most": rule.at_most, "over": there - rule.at_most}
        yield _("The %(part)s has %(there)s syllables; “%(type)s” allows %(most)s. Please cut %(over)s.") % over
