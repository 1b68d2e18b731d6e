"""Plain words for the terms of a text: which terms it has, and a link at the first mention. Pure values.

The link leads to a list below the text, so that it works without a script, with the keyboard, and when read aloud.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from loa.base.text import nfc

_TAG = re.compile(r"(<[^>]+>)")
_OPENS = re.compile(r"<(a|h[1-6]|figcaption|button)\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(a|h[1-6]|figcaption|button)>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A term, and what it is in plain words."""

    key: int
    names: tuple[str, ...]
    plain: str

    @property
    def name(self) -> str:
        return self.names[0]


class Vocabulary:
    """Terms, and how they are found in a text."""

    def __init__(self, terms: Sequence[Explained]) -> None:
        self.by_name = {nfc(name).lower(): term for term in terms for name in term.names if name}
        longest_first = sorted(self.by_name, key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first))
        self.pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE) if names else None


@dataclass
class Explainer:
    """Marks the first mention of each term over all the parts of one page, in the order in which it is given them."""

    vocabulary: Vocabulary
    used: list[Explained] = field(default_factory=list)

    def text(self, text: str) -> SafeString:
        """Plain text as HTML."""
        return self._marked(nfc(text), raw=True)

    def html(self, html: str) -> SafeString:
        """Markup that is safe already: only what stands between its tags is looked at, never links and headings."""
        parts, within = [], 0
        for part in _TAG.split(nfc(html)):
            if part.startswith("<"):
                within += bool(_OPENS.match(part)) - bool(_CLOSES.match(part))
                parts.append(part)
            else:
                parts.append(part if within > 0 else self._marked(part, raw=False))
        return mark_safe("".join(parts))  # noqa: S308 what came in was safe

    def _marked(self, text: str, *, raw: bool) -> SafeString:
        kept = escape if raw else mark_safe
        parts, end = [], 0
        for match in self.vocabulary.pattern.finditer(text) if self.vocabulary.pattern else ():
            term = self.vocabulary.by_name[match[0].lower()]
            if term in self.used:
                continue
            self.used.append(term)
            link = '<a class="term" id="tu-{0}-o-day" href="#tu-{0}">{1}</a>'
            parts += [kept(text[end : match.start()]), format_html(link, term.key, kept(match[0]))]
            end = match.end()
        return mark_safe("".join([*parts, kept(text[end:])]))  # noqa: S308 every part is escaped, or was safe


def explained(rows: Iterable[tuple[int, str, str, str]]) -> list[Explained]:
    """From key, name, abbreviation and plain words: an abbreviation alone is explained by its name."""
    found = []
    for key, name, abbreviation, plain in rows:
        if plain:
            found.append(Explained(key=key, names=tuple(filter(None, (name, abbreviation))), plain=plain))
        elif abbreviation:
            found.append(Explained(key=key, names=(abbreviation,), plain=name))
    return found
