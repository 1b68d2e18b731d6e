"""What is wrong with a plan's file, in sentences for whoever wrote it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_SHOWN = 20


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One mistake. `path` leads to it by keys, rows of a list counted from 1: "indicators[3].targets[1].years"."""

    line: int
    path: str
    expected: str
    found: str

    def __str__(self) -> str:
        return _("line %(line)d, %(path)s: expected %(expected)s, found %(found)s") % {
            "line": self.line,
            "path": self.path or _("the file as a whole"),
            "expected": self.expected,
            "found": self.found,
        }


class BadPlan(ValueError):
    """A file that is no plan; its text lists the first mistakes, in the order of the file."""

    def __init__(self, name: str, problems: Collection[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        shown = self.problems[:MOST_SHOWN]
        head = ngettext("%(name)s has %(count)d mistake:", "%(name)s has %(count)d mistakes:", len(self.problems)) % {
            "name": name,
            "count": len(self.problems),
        }
        more = len(self.problems) - len(shown)
        tail = [ngettext("… and %(count)d more", "… and %(count)d more", more) % {"count": more}] if more else []
        super().__init__("\n".join([head, *map(str, shown), *tail]))


def cut(text: str, most: int = 40) -> str:
    """Enough of a text to know it again."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
