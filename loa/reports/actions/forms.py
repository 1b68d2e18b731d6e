"""Taking over report forms from their file."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.planning import policies as planning_policies
from loa.planning import queries as planning

from ..events import FormLoaded
from ..figures import WHOLE_YEAR
from ..formfile import Form, FormFile
from ..models import FormVersion, Report

if TYPE_CHECKING:
    from loa.planning.models import PeriodKind, Plan


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a load did, in versions of forms."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def load_forms(file: FormFile, *, by: Actor, at: datetime) -> Loaded:
    """Make or renew the versions that `file` describes; Refused when one that was used would change."""
    try:
        plan = planning.plan_with_code(file.plan)
    except ObjectDoesNotExist:
        raise Refused(
            _("There is no plan with the code %(code)s. Please load the plan first.") % {"code": file.plan}
        ) from None
    if not planning_policies.can_manage_plan(by, plan.issuer_id, on=today(at)):
        raise Refused(_("You may not load report forms of this plan."))
    _refuse_unknown(file, plan)
    outcome = [
        _keep(form, kind, plan, position=position, by=by, at=at)
        for position, form in enumerate(file.forms)
        for kind in form.reports
    ]
    return Loaded(**{name: outcome.count(name) for name in ("added", "changed", "unchanged")})


def _refuse_unknown(file: FormFile, plan: "Plan") -> None:
    """A form speaks of the plan's own kinds of report and targets."""
    known = {kind.code: kind for kind in planning.period_kinds(plan)}
    kinds = known.keys()
    targets = {target.code for target in planning.targets(plan)}
    wrong = []
    for form in file.forms:
        asked = {*form.reports, *([form.gathers] if form.gathers else [])}
        named = {target for part in form.figures for target in part.targets}
        wrong += [
            _("%(form)s: the plan has no report “%(code)s”") % {"form": form.id, "code": code}
            for code in sorted(asked - kinds)
        ]
        wrong += [
            _("%(form)s: the plan has no target “%(code)s”") % {"form": form.id, "code": code}
            for code in sorted(named - targets)
        ]
        wrong += [
            _("%(form)s: “%(code)s” is a review, so the form must name the yearly report it looks back on (reviews)")
            % {"form": form.id, "code": code}
            for code in form.reports
            if code in kinds and known[code].review and not _yearly(known.get(form.reviews))
        ]
        wrong += [
            _("%(form)s: “%(code)s” is no review, so that the form can not look back on years (reviews)")
            % {"form": form.id, "code": code}
            for code in form.reports
            if code in kinds and form.reviews and not known[code].review
        ]
    if wrong:
        raise Refused("\n".join(wrong))


def _yearly(kind: "PeriodKind | None") -> bool:
    return kind is not None and not kind.review and kind.of(kind.plan.first.year).days >= WHOLE_YEAR


def _keep(form: Form, kind: str, plan: "Plan", *, position: int, by: Actor, at: datetime) -> str:
    content = form.stored()
    print_of = sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    fields = {
        "position": position,
        "name": form.name,
        "measured": form.measured,
        "content": content,
        "fingerprint": print_of,
        "loaded_at": at,
    }
    key: dict[str, Any] = {"plan": plan, "kind": kind, "code": form.id, "valid_from": form.valid_from}
    known = FormVersion.objects.select_for_update(of=("self",)).filter(**key).first()
    if known is not None and (known.fingerprint, known.position) == (print_of, position):
        return "unchanged"
    if known is not None and known.fingerprint != print_of and _used(known):
        raise Refused(
            _(
                "Reports were already written on the form %(form)s of %(day)s, so it no longer changes. "
                "Please give the new version a later first day (valid_from)."
            )
            % {"form": form.id, "day": short_date(form.valid_from)}
        )
    if known is not None and known.fingerprint == print_of:
        FormVersion.objects.filter(pk=known.pk).update(position=position)
        return "changed"
    version, added = FormVersion.objects.update_or_create(**key, defaults=fields)
    fact = FormLoaded(
        subject=version.ref, unit_id=plan.issuer_id, form=form.id, report_kind=kind, valid_from=form.valid_from
    )
    record(fact, by=by, at=at, evidence=[f"sha256:{print_of}"])
    return "added" if added else "changed"


def _used(version: FormVersion) -> bool:
    return Report.objects.filter(form=version).exists()
