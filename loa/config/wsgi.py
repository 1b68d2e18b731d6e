import gc
import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")
django = get_wsgi_application()

from loa.portal.pagecache import PageCache  # noqa: E402 it needs the applications to be loaded
from loa.portal.printing import Present, present  # noqa: E402


def look(known: Present | None) -> Present | None:
    return present(known, at=timezone.now())


def secure(environ: dict[str, Any]) -> bool:
    """Whether the visitor came by HTTPS, as Django decides it: over http, Django redirects instead of showing."""
    header = settings.SECURE_PROXY_SSL_HEADER
    told = environ.get(header[0]) if header else None
    if header and told is not None:
        return bool(told.split(",", 1)[0].strip() == header[1])
    return bool(environ["wsgi.url_scheme"] == "https")


application = PageCache(django, look=look, secure=secure)
gc.freeze()  # what is loaded stays: looking through it again and again took a sixth of each page
