"""Facts that stories share: written down once, changed or corrected once, used by many, followed to all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines, fold
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account, Unit

from .. import policies, queries
from ..events import (
    FactChosen,
    FactLeftOut,
    FormerValueKept,
    SharedFactChanged,
    SharedFactFoundWrong,
    SharedFactRecorded,
    SharedFactRetired,
)
from ..models import FactUse, FactVersion, SharedFact, Story, Theme
from ..stating import canonical, telling
from .weighing import hold, weigh_fact, weigh_story


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a fact reads from a day on, and where that is written."""

    value: str
    source: str
    valid_from: date
    also: str = ""
    source_url: str = ""

    @property
    def fields(self) -> dict[str, object]:
        return {
            "value": clean(self.value),
            "also": clean_lines(self.also),
            "source": clean(self.source),
            "source_url": self.source_url.strip(),
            "valid_from": self.valid_from,
        }


@transaction.atomic
def record_fact(
    name: str, said: Said, *, unit: Unit, theme: Theme | None = None, by: Account, at: datetime
) -> SharedFact:
    """Write a fact down for the stories of a unit and of the units below it."""
    if not policies.can_keep_fact(by, unit.pk, on=today(at)):
        raise Refused(_("You may write facts down only for your own unit and the units below it."))
    name = clean(name)
    if not name:
        raise Refused(_("Please say what the fact is about."))
    _check_said(said)
    if SharedFact.objects.filter(unit=unit, folded_name=fold(name), retired_at__isnull=True).exists():
        raise Refused(
            _("Your unit has a fact of this name already. Please change that one, so that nothing is missed.")
        )
    fact = SharedFact.objects.create(unit=unit, name=name, folded_name=fold(name), theme=theme)
    version = FactVersion.objects.create(
        fact=fact, why=FactVersion.Why.FIRST, recorded_by=by, recorded_at=at, **said.fields
    )
    record(SharedFactRecorded(subject=fact.ref, unit_id=unit.pk, version_id=version.pk), by=by, at=at)
    return fact


@transaction.atomic
def change_fact(fact: SharedFact, said: Said, *, note: str, seen: int, by: Account, at: datetime) -> FactVersion:
    """It reads otherwise from a day on; what was written before was right until then.

    `seen` is the newest version that whoever decides had before them.
    """
    fact, note = _changeable(fact, seen, by=by, at=at), clean(note)
    _check_said(said)
    if not note:
        raise Refused(_("Please say in a sentence what is new; those who wrote with the old value read it."))
    last = fact.versions.standing()[0]
    if said.valid_from <= last.valid_from:
        raise Refused(
            _("The value before this one is valid from %(day)s. A change comes later; if it was wrong, correct it.")
            % {"day": short_date(last.valid_from)}
        )
    if canonical(said.value) == canonical(last.value):
        raise Refused(_("This is the value that is there already."))
    version = FactVersion.objects.create(
        fact=fact, why=FactVersion.Why.CHANGED, note=note, recorded_by=by, recorded_at=at, **said.fields
    )
    marked = weigh_fact(fact, by=by, at=at)
    told = SharedFactChanged(
        subject=fact.ref, unit_id=fact.unit_id, version_id=version.pk, valid_from=version.valid_from, marked=marked
    )
    record(told, by=by, at=at)
    return version


@transaction.atomic
def correct_fact(
    fact: SharedFact, said: Said, *, version: FactVersion, note: str, seen: int, by: Account, at: datetime
) -> FactVersion:
    """A version was never right: this one stands in its place, from the beginning."""
    fact, note = _changeable(fact, seen, by=by, at=at), clean(note)
    _check_said(said)
    if version.fact_id != fact.pk or FactVersion.objects.filter(corrects=version).exists():
        raise Refused(_("This version has been corrected already. Please look at the newest one."))
    if not note:
        raise Refused(_("Please say in a sentence what was wrong; those who wrote with it read it, and readers may."))
    if all(getattr(version, name) == value for name, value in said.fields.items()):
        raise Refused(_("Nothing differs from what is there already."))
    if fact.versions.standing().exclude(pk=version.pk).filter(valid_from=said.valid_from).exists():
        raise Refused(_("Another value is valid from this day already."))
    made = FactVersion.objects.create(
        fact=fact,
        why=FactVersion.Why.WRONG,
        corrects=version,
        note=note,
        recorded_by=by,
        recorded_at=at,
        **said.fields,
    )
    marked = weigh_fact(fact, by=by, at=at)
    told = SharedFactFoundWrong(
        subject=fact.ref, unit_id=fact.unit_id, version_id=made.pk, corrects_id=version.pk, marked=marked
    )
    record(told, by=by, at=at)
    return made


@transaction.atomic
def retire_fact(fact: SharedFact, *, reason: str, seen: int, by: Account, at: datetime) -> SharedFact:
    """No new story is to use it; stories that do keep it, with all their sources."""
    fact = _changeable(fact, seen, by=by, at=at)
    fact.reason = clean(reason)
    if not fact.reason:
        raise Refused(_("Please say why nobody should use it any more."))
    fact.retired_at = at
    fact.save(update_fields=["retired_at", "reason"])
    record(SharedFactRetired(subject=fact.ref, unit_id=fact.unit_id), by=by, at=at)
    return fact


@transaction.atomic
def use_facts(story: Story, *, chosen: Iterable[int], left_out: Iterable[int] = (), by: Account, at: datetime) -> None:
    """The story states the facts `chosen` too, and those `left_out` no more; all others stay, and all are weighed."""
    chosen, left_out = set(chosen), set(left_out)
    if not chosen | left_out:
        weigh_story(story, by=by, at=at)
        return
    if not policies.can_write(by, story, on=today(at)):
        raise Refused(_("You may write stories only for your own unit and the units below it."))
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    facts = {fact.pk: fact for fact in hold(chosen | left_out)}
    uses = {use.fact_id: use for use in FactUse.objects.filter(story=story, fact_id__in=facts)}
    _choose([facts[pk] for pk in sorted(chosen & facts.keys())], story, uses, by=by, at=at)
    _leave_out([uses[pk] for pk in sorted(left_out & uses.keys())], story, by=by, at=at)
    weigh_story(story, by=by, at=at)


def _choose(facts: list[SharedFact], story: Story, uses: dict[int, FactUse], *, by: Account, at: datetime) -> None:
    FactUse.objects.filter(pk__in=[uses[fact.pk].pk for fact in facts if fact.pk in uses]).update(removed_at=None)
    new = [fact for fact in facts if fact.pk not in uses]
    open_to = set(queries.usable_facts(story.unit_id, on=today(at)).filter(pk__in=[fact.pk for fact in new]))
    for fact in new:
        if fact not in open_to:
            raise Refused(_("“%(fact)s” is not for this unit, or no longer in use.") % {"fact": fact.name})
        version = fact.versions.standing()[0]
        FactUse.objects.create(story=story, fact=fact, version=version, chosen_at=at)
        told = FactChosen(subject=story.ref, unit_id=story.unit_id, fact_id=fact.pk, version_id=version.pk)
        record(told, by=by, at=at)


def _leave_out(uses: list[FactUse], story: Story, *, by: Account, at: datetime) -> None:
    """At once from a draft; from what is out with the next publication, since until then readers see it there."""
    for use in uses:
        if story.published_on is not None:
            use.removed_at = use.removed_at or at
            use.save(update_fields=["removed_at"])
        else:
            _end(use, story, by=by, at=at)


def _end(use: FactUse, story: Story, *, by: Actor, at: datetime) -> None:
    use.delete()
    record(FactLeftOut(subject=story.ref, unit_id=story.unit_id, fact_id=use.fact_id), by=by, at=at)


def show_sources(story: Story, *, by: Actor, at: datetime) -> None:
    """With each publication: what was left out ends, and readers see the sources of what the text says now."""
    for use in FactUse.objects.filter(story=story, removed_at__isnull=False).order_by("pk"):
        _end(use, story, by=by, at=at)
    weigh_story(story, published=True, by=by, at=at)


def pass_facts_on(story: Story, *, to: Story, by: Account, at: datetime) -> None:
    """An edition in another language states the same facts."""
    told = FactUse.objects.filter(story=story, fact__retired_at__isnull=True, removed_at__isnull=True)
    use_facts(to, chosen=told.values_list("fact_id", flat=True), by=by, at=at)


@transaction.atomic
def keep_former_value(use: FactUse, *, reason: str, seen: int, by: Account, at: datetime) -> FactUse:
    """Decide that a story stays as it is: what it says was right for its day. `seen` is the version decided about."""
    use = FactUse.objects.select_for_update(of=("self",)).select_related("story", "fact").get(pk=use.pk)
    reason = clean(reason)
    if use.owing_id is None:
        raise Refused(_("This story says the value already; there is nothing to decide."))
    if use.owing_id != seen:
        raise Refused(_("The fact has changed again meanwhile. Please look at it once more."))
    if not policies.can_keep_former_value(by, use, on=today(at)):
        raise Refused(_("A wrong value that is out is decided on by whoever approves stories of this unit."))
    if not reason:
        raise Refused(_("Please say in a sentence why the story stays as it is."))
    use.kept, use.kept_by, use.kept_reason = use.fact.versions.order_by("-pk")[0], by, reason
    use.owing, use.wrong, use.ready = None, False, False
    use.save(update_fields=["kept", "kept_by", "kept_reason", "owing", "wrong", "ready"])
    told = FormerValueKept(subject=use.story.ref, unit_id=use.story.unit_id, fact_id=use.fact_id, version_id=seen)
    record(told, by=by, at=at)
    return use


def _changeable(fact: SharedFact, seen: int, *, by: Account, at: datetime) -> SharedFact:
    [held] = hold([fact.pk])
    if not policies.can_keep_fact(by, held.unit_id, on=today(at)):
        raise Refused(_("Only those who write for the unit that keeps this fact change it. Ask them for it."))
    if held.retired_at:
        raise Refused(_("This fact is no longer in use."))
    if held.versions.order_by("-pk").values_list("pk", flat=True)[0] != seen:
        raise Refused(_("Somebody else has just changed this fact. Please look at it once more."))
    return held


def _check_said(said: Said) -> None:
    if not clean(said.value):
        raise Refused(_("Please write how it reads in a text."))
    if not all(telling(wording) for wording in [clean(said.value), *clean_lines(said.also).splitlines()] if wording):
        raise Refused(
            _("A bare small number would be found everywhere. Please write it with its unit, such as “12 days”.")
        )
    if not clean(said.source):
        raise Refused(_("Please say where it is written: the document with its number, the article or the page."))
