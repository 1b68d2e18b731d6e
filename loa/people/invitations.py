"""The link by which somebody sets their password: signed, for fourteen days, good for one use."""

from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Account

LASTS = timedelta(days=14)
_SALT = "loa.people.invitations"


def make(account: Account, *, at: datetime) -> str:
    """A token for `account`, to be carried in a link. It dies with the next change of the password."""
    return signing.dumps(
        {"account": account.pk, "until": (at + LASTS).timestamp(), "state": _state(account)}, salt=_SALT
    )


def read(token: str, *, at: datetime) -> Account | None:
    """The open account that `token` was made for; None when it is used up, too old, or not ours."""
    try:
        kept = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    account = Account.objects.filter(pk=kept["account"], is_active=True).first()
    if account is None or at.timestamp() >= kept["until"]:
        return None
    return account if constant_time_compare(kept["state"], _state(account)) else None


def _state(account: Account) -> str:
    """Something that changes when the password does: a password not yet set is random text, too."""
    return salted_hmac(_SALT, account.password, algorithm="sha256").hexdigest()
