"""The workbook of all that is held about one person, as they may ask for it (Law 91/2025/QH15: the right of access)."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from loa.base.dates import short_date, today
from loa.base.periods import FOREVER

from .models import Duty, Membership
from .records import Record

Line = tuple[str, str, str]


def write_extract(record: Record, file: IO[bytes]) -> None:
    """Every text is written as text: nothing becomes a formula or a link."""
    book = Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(_("Personal data"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 2, 48)
    for number, line in enumerate(_lines(record)):
        for column, text in enumerate(line):
            sheet.write_string(number, column, text)
    book.close()


def _lines(record: Record) -> Iterator[Line]:
    """What it is about, what is said, and since when."""
    for name, text in record.particulars():
        if text:
            yield name, text, ""
    for one in record.belongings:
        yield _("Unit"), f"{one.unit} ({one.standing})", _period(one.membership)
    for held in record.posts:
        yield _("Post"), f"{held.duty.post}, {held.unit}", _period(held.duty)
    for agreement in record.agreements:
        consent = agreement.consent
        until = f" – {short_date(today(consent.withdrawn_at))}" if consent.withdrawn_at else ""
        yield _("Consent"), f"{agreement.purpose} ({agreement.channel})", short_date(today(consent.given_at)) + until
        yield _("Proof"), consent.proof, ""
    if record.account:
        yield _("Account"), ", ".join(filter(None, (record.account.phone, record.account.email))), ""
    for act in record.acts:
        yield _("History"), " ".join(filter(None, (act.what, act.fields))), short_date(today(act.at))


def _period(held: Membership | Duty) -> str:
    last = "" if held.ended_on == FOREVER else short_date(held.ended_on)
    return f"{short_date(held.started_on)} – {last}"
