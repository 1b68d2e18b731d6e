"""The token of an approval link: signed, and tied to one version of one story."""

import hashlib
import json
from typing import Any

from django.core import signing
from django.utils.crypto import constant_time_compare

from .models import ApprovalLink

_SALT = "loa.newsroom.links"


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of a revision's content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def token(link: ApprovalLink) -> str:
    """To be carried in an address; the same each time, so that it can be shown again to whoever may see it."""
    signed: str = signing.Signer(salt=_SALT).sign_object([link.pk, link.revision_id, link.fingerprint[:16]])
    return signed


def read(text: str) -> ApprovalLink | None:
    """The link that `text` is the token of; None when it is not ours. Whether it is still good, it says itself."""
    try:
        pk, revision_id, beginning = signing.Signer(salt=_SALT).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    found = ApprovalLink.objects.select_related("story", "asked_by").filter(pk=pk, revision_id=revision_id).first()
    return found if found and constant_time_compare(found.fingerprint[:16], beginning) else None
