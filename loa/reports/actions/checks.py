"""What several actions ask first."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused

from .. import policies, queries
from ..models import Report

if TYPE_CHECKING:
    from loa.people.models import Account


def check_writer(by: "Account", unit_id: int, *, on: date) -> None:
    if not policies.can_write(by, unit_id, on=on):
        raise Refused(_("You may write reports only for your own unit and the units below it."))


def to_write(report: Report, *, by: "Account", at: datetime) -> Report:
    check_writer(by, report.unit_id, on=today(at))
    report = locked(report)
    if not report.open:
        raise Refused(_("This report has been handed in, so it can no longer be changed."))
    return report


def to_judge(report: Report, *, by: "Account", at: datetime) -> Report:
    report = locked(report)
    if not policies.can_judge(by, report, on=today(at)):
        raise Refused(
            _("A report is accepted or returned by the unit above, and by somebody who had no hand in writing it.")
        )
    if report.state != Report.State.SUBMITTED:
        raise Refused(_("Only a report that was handed in and waits for an answer can be accepted or returned."))
    return report


def locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("unit", "form").get(pk=report.pk)


def put_names(report: Report, *, on: date) -> None:
    """Put the names of the day at its head: of handing in, or of the due day when it is late."""
    heading = queries.heading(report.unit_id, on=min(on, report.due_on))
    report.unit_name, report.parent_id, report.parent_name = (
        heading.unit_name,
        heading.parent_id,
        heading.parent_name,
    )
