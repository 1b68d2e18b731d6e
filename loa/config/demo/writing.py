"""Puts a subject's sentences together: a title nobody has used, a short edition, a deep edition, a summary."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from loa.config.demo.phrases import CLOSINGS, CONTEXTS, SAMPLE, VOICES
from loa.config.demo.places import PLACES
from loa.config.demo.shapes import Structure, UnitRow
from loa.config.demo.subjects import Subject

TRIES = 30


@dataclass(frozen=True, slots=True)
class Text:
    """`short` is one paragraph of at most 120 syllables; `deep` has three to six paragraphs."""

    title: str
    summary: str
    short: str
    deep: tuple[str, ...]


class Writer:
    """Remembers the titles it has given, so that two stories seldom share one."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.used: set[str] = set()
        self._employers = lru_cache(maxsize=4)(self._employers_in)

    def write(self, rng: Random, subject: Subject, unit: UnitRow, day: date) -> Text:
        slots = self._slots(rng, unit, day)
        title = self._title(rng, subject, slots)
        lead = _fill(rng.choice(subject.leads), slots)
        facts = [_fill(fact, slots) for fact in rng.sample(subject.facts, len(subject.facts))]
        call = _fill(rng.choice(subject.calls), slots)
        context, closing = (
            _fill(rng.choice(CONTEXTS[subject.kind]), slots),
            _fill(rng.choice(CLOSINGS[subject.kind]), slots),
        )
        body = [" ".join(facts[:2])]
        if rng.random() < 0.8:
            body.append(rng.choice(VOICES[subject.kind]))
        if facts[2:] and rng.random() < 0.7:
            body.append(" ".join(facts[2 : 2 + rng.randint(1, 3)]))
        deep = (f"{lead} {context}", *body, f"{call} {closing}", SAMPLE)
        return Text(title=title, summary=f"{lead} {facts[0]}", short=f"{lead} {facts[0]} {call}", deep=deep)

    def _title(self, rng: Random, subject: Subject, slots: dict[str, object]) -> str:
        """A title nobody has used; after TRIES the place and the month are added, which nearly always makes one."""
        for _ in range(TRIES):
            title = _fill(rng.choice(subject.titles), slots)
            if title not in self.used:
                break
        else:
            where = "" if str(slots["place"]) in title else "{place}, "
            title += _fill(f" – {where}tháng {{month}}/{{year}}", slots)
        self.used.add(title)
        return title

    def _slots(self, rng: Random, unit: UnitRow, day: date) -> dict[str, object]:
        """`unit` speaks of an employer below it, or of any in the province."""
        employers = self._employers(day.year, day.month)
        return {
            "union": unit.name,
            "place": PLACES[unit.code],
            "employer": rng.choice(employers.get(unit.code) or employers[""]),
            "n": rng.randint(8, 40),
            "k": rng.randint(3, 7),
            "month": day.month,
            "year": day.year,
        }

    def _employers_in(self, year: int, month: int) -> dict[str, list[str]]:
        """The enterprises of that month by the upper-level union over them, and all of them under the empty code."""
        found: dict[str, list[str]] = {"": []}
        for row in self.structure.on(date(year, month, 1)).values():
            if row.employer and row.employer.ownership != "public":
                found[""].append(row.employer.spoken)
                found.setdefault(row.parent or "", []).append(row.employer.spoken)
        return found


def _fill(sentence: str, slots: dict[str, object]) -> str:
    text = sentence.format_map(slots)
    return text[:1].upper() + text[1:]
