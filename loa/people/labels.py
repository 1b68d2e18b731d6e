"""What people read for the codes of the registry, and the reasons that staff may choose from."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = Mapping[str, str | Promise]

GENDERS: Labels = {"f": _("Female"), "m": _("Male"), "o": _("Other gender")}
STANDINGS: Labels = {"member": _("Union member"), "worker": _("Worker, not a member")}
ENDINGS: Labels = {
    "left": _("left"),
    "transferred": _("changed over"),
    "unit-ended": _("the unit ended"),
}
LEAVING: Labels = {
    "work-ended": _("Stopped working there"),
    "retired": _("Retired"),
    "moved-away": _("Moved to a union elsewhere"),
    "own-wish": _("Wished to leave the union"),
    "deceased": _("Deceased"),
    "other": _("Another reason"),
}
"""Why somebody leaves. The reason goes to the ledger, so it never says anything sensitive, such as a punishment."""
ERASING: Labels = {
    "asked": _("The person asked for it"),
    "not-needed": _("The data are no longer needed"),
    "mistake": _("The person should never have been registered"),
}
CHANNELS: Labels = {"zalo": _("Zalo"), "sms": _("Text message"), "email": _("Email")}
PURPOSES: Labels = {"news": _("News of the union and its policies"), "surveys": _("Surveys of the union")}
HAPPENED: Labels = {
    "people.person-registered": _("Written into the register"),
    "people.person-corrected": _("Data corrected"),
    "people.person-moved": _("Changed unit or standing"),
    "people.person-left": _("Left the unit"),
    "people.post-given": _("Took a post"),
    "people.post-ended": _("Gave up a post"),
    "people.person-exported": _("Data handed out"),
    "people.person-erased": _("Data erased"),
    "people.consent-given": _("Agreed to be reached"),
    "people.consent-withdrawn": _("Took an agreement back"),
}
FIELDS: Labels = {
    "full_name": _("Full name of the person"),
    "born_on": _("Day of birth"),
    "birth_year": _("Year of birth"),
    "gender": _("Gender"),
    "member_code": _("Member code"),
    "phone": _("Phone number"),
    "email": _("Email address"),
    "education": _("Education"),
    "field": _("Field of work"),
    "area": _("Area"),
    "working_time": _("Working time"),
    "rest_time": _("Resting time"),
    "habits": _("Gets news through"),
}
"""What the register holds about a person, in the order in which it is shown."""
