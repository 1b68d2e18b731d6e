"""Whether a picture, a clip or a sound may be published, told in exact sentences. Pure values.

Whoever can be recognised must have agreed (Civil Code, article 32, 1); not at conferences, contests, performances and
other public activities, as long as nobody's honour is hurt (article 32, 2b). No face is ever recognised by a machine:
a person says who is shown, and keeps the proof.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import short_date


class Shown(TextChoices):
    """Who can be recognised, and what they said."""

    UNSAID = "", gettext_lazy("not said yet")
    NOBODY = "nobody", gettext_lazy("nobody can be recognised")
    PUBLIC = "public", gettext_lazy("a public activity: conference, contest, performance")
    AGREED = "agreed", gettext_lazy("the people shown have agreed")
    REFUSED = "refused", gettext_lazy("somebody shown does not agree")


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What is known of the rights in one asset."""

    title: str
    shown: str = Shown.UNSAID
    until: date | None = None
    """The last day of the consent; None where it has no end."""
    publishable: bool = True
    """What its licence says."""


def objection(rights: Rights, *, on: date) -> str:
    """Why it may not be published on that day, and what to do; "" when it may."""
    words = {"title": rights.title}
    if not rights.publishable:
        return _("“%(title)s” may not be published: its licence is for our own use only.") % words
    if rights.shown == Shown.UNSAID:
        return _("Nobody has said yet who can be recognised in “%(title)s”. Please open it and say so.") % words
    if rights.shown == Shown.REFUSED:
        return _("Somebody shown in “%(title)s” does not agree to be published. Please choose another one.") % words
    if ended(rights, on=on):
        day = short_date(rights.until) if rights.until else ""
        return _("The consent of the people shown in “%(title)s” ends on %(day)s. Please ask them again first.") % (
            words | {"day": day}
        )
    return ""


def ended(rights: Rights, *, on: date) -> bool:
    """Whether the people shown agreed only until a day before `on`."""
    return rights.shown == Shown.AGREED and rights.until is not None and rights.until < on


def withheld(rights: Rights, *, on: date) -> bool:
    """Whether it must not be shown any longer where it stands: nobody asked long ago is not somebody who said no."""
    return rights.shown == Shown.REFUSED or ended(rights, on=on)
