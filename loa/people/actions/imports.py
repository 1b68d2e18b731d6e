"""Imports: a list is looked at, previewed, applied. Reading comes first and holds no lock; applying is one transaction.

So a process killed at any moment leaves the registry as it was, or as the whole list makes it, and the same file given
again finds what is there already.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.numbers import number
from loa.ledger.actions import record
from loa.ledger.facts import System

from ..events import ImportApplied
from ..models import Account, ImportRow, ImportRun, Unit
from ..policies import can, scope
from ..roles import Ability
from ..spreadsheets import BadFile
from . import decision_lists, people_lists, unit_lists
from .jobs import Counts, Job, Loaded, Tell
from .staging import plain

SAMPLE = 10
"""Lines of each outcome a preview shows."""
_STORED = 500

State = ImportRun.State
Outcome = ImportRow.Outcome
_JOBS: dict[str, Job] = {"people": people_lists, "units": unit_lists, "decisions": decision_lists}
ABILITIES = {"people": Ability.IMPORT, "units": Ability.IMPORT, "decisions": Ability.MANAGE_UNITS}
"""Kind of list → what its importer must be allowed to."""


def quietly(_seen: int, _expected: int) -> None:
    """Progress nobody watches."""


def start(
    what: str,
    path: Path,
    *,
    name: str,
    unit: Unit | None,
    keep: bool,
    as_of: date | None = None,
    by: Account | System,
    at: datetime,
) -> ImportRun:
    """A run for the list at `path`, to be written into the subtree of `unit` (None: everywhere).

    `keep` stores the file until the run is over. `as_of` is the day the list describes; otherwise a title above the
    list says it, or it is today. Raises BadFile when the file is no such list.
    """
    _check(what, unit, by, at)
    looked = _JOBS[what].look(path, with_unit=unit is not None)
    run = ImportRun(
        what=what,
        file_name=name[:250],
        fingerprint=_fingerprint(path),
        unit=unit,
        as_of=as_of or looked.as_of or today(at),
        head=plain(looked.head),
        state=State.READING,
        started_by=by if isinstance(by, Account) else None,
        started_at=at,
    )
    if keep:
        with path.open("rb") as file:
            run.file.save(f"{run.fingerprint[:16]}{path.suffix.lower()}", File(file), save=False)
    with transaction.atomic():
        _close_interrupted(run, at)
        run.save()
    return run


def _check(what: str, unit: Unit | None, by: Account | System, at: datetime) -> None:
    if isinstance(by, System):
        return
    on, ability = today(at), ABILITIES[what]
    allowed = scope(by, ability, on=on).everything if unit is None else can(by, ability, unit.pk, on=on)
    if not allowed:
        raise Refused(_("You may not import lists for this unit."))


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _close_interrupted(run: ImportRun, at: datetime) -> None:
    """Earlier runs of this very file that were killed wrote nothing; this run does their work."""
    same = ImportRun.objects.filter(
        what=run.what, fingerprint=run.fingerprint, unit=run.unit, started_by=run.started_by, file=""
    )
    same.filter(state__in=[State.READING, State.APPLYING]).update(
        state=State.FAILED, ended_at=at, message=_("Interrupted; a later run took its place.")
    )


def preview(run: ImportRun, *, path: Path | None = None, at: datetime, tell: Tell = quietly) -> Counts:
    """Read the list and say what it would change. Raises BadFile, and keeps its sentence with the run."""
    with _loaded(run, path, at, tell) as loaded, transaction.atomic():
        counts = loaded.decide()
        _keep(run, loaded, counts)
        run.state = State.PREVIEW
        run.save(update_fields=["state", *_FIGURES])
    return counts


def apply(
    run: ImportRun, *, path: Path | None = None, by: Account | System, at: datetime, tell: Tell = quietly
) -> Counts:
    """Take the list over, as the registry is now. Safe to call again after a crash; Refused when it was done."""
    _check(run.what, run.unit, by, at)
    ImportRun.objects.filter(pk=run.pk).exclude(state=State.DONE).update(state=State.APPLYING, seen=0)
    with _loaded(run, path, at, tell) as loaded:
        counts = _write(run, loaded, by=by, at=at)
    if run.file:
        run.file.delete(save=True)  # what was in it is in the registry now, and nobody's business elsewhere
    return counts


@transaction.atomic
def _write(run: ImportRun, loaded: Loaded, *, by: Account | System, at: datetime) -> Counts:
    if ImportRun.objects.select_for_update().get(pk=run.pk).state == State.DONE:
        raise Refused(_("This list was taken over already."))
    counts = loaded.decide()
    if loaded.whole and counts.rejected:
        return _keep_back(run, loaded, counts, at=at)
    loaded.write(by=by)
    _keep(run, loaded, counts, sample=0)
    run.state, run.ended_at = State.DONE, at
    run.save(update_fields=["state", "ended_at", *_FIGURES])
    fact = ImportApplied(
        subject=run.ref,
        unit_id=run.unit_id,
        what=run.what,
        as_of=run.as_of,
        fingerprint=run.fingerprint,
        added=counts.added,
        changed=counts.changed,
        skipped=counts.skipped,
        rejected=counts.rejected,
    )
    record(fact, by=by, at=at)
    return counts


def _keep_back(run: ImportRun, loaded: Loaded, counts: Counts, *, at: datetime) -> Counts:
    """Of a list that stands or falls as a whole nothing is taken over while one line is wrong."""
    _keep(run, loaded, counts)
    run.state, run.ended_at = State.FAILED, at
    run.message = ngettext(
        "%(count)s line cannot be taken over, so nothing was taken over. Please mend it and hand the list in again.",
        "%(count)s lines cannot be taken over, so nothing was taken over. Please mend them and hand the list in again.",
        counts.rejected,
    ) % {"count": number(counts.rejected)}
    run.save(update_fields=["state", "ended_at", "message", *_FIGURES])
    return counts


_FIGURES = ("added", "changed", "skipped", "rejected", "seen", "total")


def _keep(run: ImportRun, loaded: Loaded, counts: Counts, sample: int = SAMPLE) -> None:
    """The figures, every rejected line, and a sample of the others."""
    run.added, run.changed, run.skipped, run.rejected = counts.added, counts.changed, counts.skipped, counts.rejected
    run.total = run.seen = counts.added + counts.changed + counts.skipped + counts.rejected
    run.rows.all().delete()
    for outcome in Outcome:
        most = None if outcome == Outcome.REJECTED else sample
        waiting = loaded.rows(outcome, most) if most != 0 else iter(())
        while batch := list(islice(waiting, _STORED)):
            for row in batch:
                row.run = run
            ImportRow.objects.bulk_create(batch)


@contextmanager
def _loaded(run: ImportRun, path: Path | None, at: datetime, tell: Tell) -> Iterator[Loaded]:
    def told(seen: int, expected: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(seen=seen, total=expected)
        tell(seen, expected)

    try:
        with local(run, path) as where, _JOBS[run.what].load(run, where, at=at, tell=told) as loaded:
            yield loaded
    except BadFile as reason:
        fail(run, str(reason), at=at)
        raise


def await_worker(run: ImportRun) -> None:
    """The screen shows from now on that the list is being taken over."""
    ImportRun.objects.filter(pk=run.pk, state=State.PREVIEW).update(state=State.APPLYING, seen=0)


def fail(run: ImportRun, message: str, *, at: datetime) -> None:
    """The run is over and changed nothing; its file is not kept."""
    if run.file:
        run.file.delete(save=False)
    run.state, run.message, run.ended_at = State.FAILED, message, at
    run.save(update_fields=["state", "message", "ended_at", "file"])


KEPT = timedelta(days=30)
"""How long rejected rows are kept to be handed back; they hold what a list said of people."""


def forget_rows(*, at: datetime) -> int:
    """Forget the rows of runs that ended more than `KEPT` ago; their counts stay. Returns how many rows went."""
    gone, _by_model = ImportRow.objects.filter(run__ended_at__lt=at - KEPT).delete()
    return gone


def discard(run: ImportRun, *, by: Account | System, at: datetime) -> None:
    """Whoever started it thinks better of it after the preview."""
    _check(run.what, run.unit, by, at)
    if run.state != State.PREVIEW:
        raise Refused(_("Only a list that was previewed and not taken over can be set aside."))
    run.rows.all().delete()
    fail(run, _("Set aside after the preview."), at=at)


@contextmanager
def local(run: ImportRun, path: Path | None) -> Iterator[Path]:
    """The file on this machine's disk: where it is, or a copy when the store is elsewhere."""
    if path is not None:
        yield path
        return
    try:
        where = Path(str(run.file.path))
    except NotImplementedError:
        with NamedTemporaryFile(suffix=Path(str(run.file.name)).suffix) as copy, run.file.open("rb") as stored:
            copyfileobj(stored, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        yield where
