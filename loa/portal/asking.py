"""What Loa asks people to agree to: one sentence for each channel and purpose, kept as the proof of what they read."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CHANNELS = {"zalo": _("Zalo"), "sms": _("text message"), "email": _("email")}
PURPOSES = {
    "news": _("send me news of the union and policies that concern me"),
    "surveys": _("ask for my opinion in surveys of the union"),
}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One thing to agree to, and whether this person has."""

    channel: str
    purpose: str
    agreed: bool

    @property
    def words(self) -> str:
        """Exactly what is shown beside the button."""
        return gettext("I agree that the union may %(purpose)s by %(channel)s.") % {
            "purpose": PURPOSES[self.purpose],
            "channel": CHANNELS[self.channel],
        }

    @property
    def proof(self) -> str:
        return gettext("Agreed, signed in, on the page “My corner” to these words: “%(words)s”") % {"words": self.words}


def askings(in_force: set[tuple[str, str]]) -> list[Asking]:
    return [
        Asking(channel=channel, purpose=purpose, agreed=(channel, purpose) in in_force)
        for purpose in PURPOSES
        for channel in CHANNELS
    ]
