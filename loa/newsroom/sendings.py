"""The secret address under which a sender follows what they sent in: signed, the same each time, kept nowhere."""

from django.core import signing

from .models import Contribution

_SALT = "loa.newsroom.contributions"


def token(sent: Contribution) -> str:
    signed: str = signing.Signer(salt=_SALT).sign_object([sent.pk, sent.once.hex])
    return signed


def read(text: str) -> Contribution | None:
    """The contribution that `text` is the token of; None when it is not ours."""
    try:
        pk, once = signing.Signer(salt=_SALT).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    return Contribution.objects.select_related("story", "unit", "account").filter(pk=pk, once=once).first()
