"""Accepted corrections as parts of a document: named at its head, told one by one at its end."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from loa.base.dates import short_date, today

from .document import Block, Heading, Paragraph
from .models import Correction


def note(corrections: Sequence[Correction]) -> Iterator[Block]:
    """For whoever reads no further than the first page."""
    if corrections:
        yield Paragraph(
            _(
                "This report was corrected after it was accepted: %(corrections)s. The text below stands as it was "
                "accepted; the corrections are at its end."
            )
            % {"corrections": "; ".join(map(_named, corrections))}
        )


def section(corrections: Sequence[Correction]) -> Iterator[Block]:
    if corrections:
        yield Heading(1, _("Corrections after acceptance"))
    for one in corrections:
        yield Heading(3, f"{one.number_text}: {one.label}")
        yield Paragraph(_("The report says: %(old)s") % {"old": one.old_text or _("Nothing to add.")})
        yield Paragraph(_("Corrected to: %(new)s") % {"new": one.new_text or _("Nothing to add.")})
        yield Paragraph(
            _("Why: %(reason)s What shows it: %(proof)s.") % {"reason": one.reason, "proof": one.proof.rstrip(".")}
        )
        yield Paragraph(
            _("Accepted on %(day)s; fingerprint of the correction: sha256 %(print)s.")
            % {"day": _day(one), "print": one.fingerprint}
        )


def _named(one: Correction) -> str:
    return _("%(number)s of %(day)s") % {"number": one.number_text, "day": _day(one)}


def _day(one: Correction) -> str:
    return short_date(today(one.accepted_at)) if one.accepted_at else ""
