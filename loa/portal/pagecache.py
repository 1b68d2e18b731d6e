"""Pages shown from memory, in front of Django (docs/decisions/0015-pages-from-memory.md).

Only what a view has marked as the same for everybody (`caching.for_everyone`) is kept, only for the present printing,
and only from a request that carried neither cookie nor authorization. Each process keeps its own pages; all of them
read the number of the printing from the database every 20 ms, so that a page is never older than that anywhere.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from gzip import compress
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.utils.http import http_date, parse_etags, parse_http_date_safe

from .caching import MARK
from .printing import Present, since_whole_second

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Headers = list[tuple[str, str]]

LOOK_EVERY = 0.02
"""Seconds between two looks at the number of the printing."""
TRUST_FOR = 60.0
"""Seconds for which pages are still shown when the database does not answer."""
FRESH_FOR = 300.0
"""Seconds after which a page is made anew although nothing says that it changed; meanwhile the old one is shown."""
ROOM = 64 * 1024 * 1024
ADDRESSES = 20_000
WAIT = 10.0
_UNMARKED = frozenset({MARK.lower(), "content-length", "etag", "last-modified"})


class Page:
    """One page in both encodings, ready to be sent."""

    __slots__ = ("etag", "fresh_until", "identity", "modified", "packed", "refreshing", "size", "status", "validators")

    def __init__(self, status: str, headers: Headers, body: bytes, present: Present, now: float) -> None:
        self.status = status
        self.etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        self.modified = int(since_whole_second(present).timestamp())
        # nginx before 1.23 heeds whichever of X-Accel-Expires and Cache-Control it reads first.
        headers = sorted(headers, key=lambda header: header[0].lower() != "x-accel-expires")
        kept = [(name, value) for name, value in headers if name.lower() not in _UNMARKED]
        self.validators: Headers = [
            (name, value) for name, value in kept if name.lower() in {"cache-control", "vary", "x-accel-expires"}
        ] + [("ETag", self.etag)]
        packed = compress(body, compresslevel=9, mtime=0)
        common = [*kept, ("ETag", self.etag)]
        self.identity = ([*common, ("Content-Length", str(len(body)))], [body])
        self.packed = (
            [*common, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
            [packed],
        )
        self.size = len(body) + len(packed) + 2048
        self.fresh_until = now + FRESH_FOR
        self.refreshing = False

    def answer(self, environ: Environ, start_response: StartResponse, seen: str) -> Iterable[bytes]:
        dated = self._dated(seen)
        if self._known(environ):
            start_response("304 Not Modified", [*self.validators, *dated])
            return []
        headers, body = self.packed if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else self.identity
        start_response(self.status, [*headers, *dated])
        return body if environ["REQUEST_METHOD"] == "GET" else []

    def _dated(self, seen: str) -> Headers:
        """Last-Modified is told only once its second is over: within it, another change could hide behind it."""
        told = [("X-Loa-Cache", seen)]
        return [*told, ("Last-Modified", http_date(self.modified))] if self.modified <= time.time() else told

    def _known(self, environ: Environ) -> bool:
        """Whether the visitor has this very page already (RFC 9110, 13.2.2: If-None-Match goes before the date)."""
        if not self.status.startswith("200"):
            return False
        if tags := environ.get("HTTP_IF_NONE_MATCH"):
            return tags.strip() == "*" or self.etag in parse_etags(tags)
        return (parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", "")) or 0) >= self.modified


class PageCache:
    """A WSGI application around another one. `look` gives the present state of the site, or None when there is none."""

    def __init__(
        self,
        application: Callable[[Environ, StartResponse], Iterable[bytes]],
        *,
        look: Callable[[Present | None], Present | None],
        secure: Callable[[Environ], bool],
        room: int = ROOM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application, self.look, self.secure, self.room, self.clock = application, look, secure, room, clock
        self._lock = threading.Lock()
        self._pages: OrderedDict[tuple[Any, ...], Page] = OrderedDict()
        self._size = 0
        self._known: dict[str, tuple[str, ...]] = {}
        """Addresses of pages that are the same for everybody, each with the parameters it understands."""
        self._hosts: set[str] = set()
        """Names under which Django has answered: it refuses all others, and so does this."""
        self._making: dict[tuple[Any, ...], threading.Lock] = {}
        self._present: Present | None = None
        self._looked_at = self._heard_at = float("-inf")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
            return self.application(environ, start_response)
        present = self._now_present()
        key = self._key(environ)
        if present is None:
            return self._made(environ, start_response, None)
        if key is None:
            return self._made(environ, start_response, present)
        page = self._page(key, present)
        if page is not None:
            if self._is_ours_to_refresh(page, environ):
                return self._refreshed(page, environ, start_response, present)
            return page.answer(environ, start_response, "hit")
        if environ.get("HTTP_COOKIE"):
            return self._made(environ, start_response, present)
        with self._alone(key):
            page = self._page(key, present)
            return page.answer(environ, start_response, "hit") if page else self._made(environ, start_response, present)

    def _now_present(self) -> Present | None:
        """The present state, looked up when the last look is long ago; a change empties the memory."""
        now = self.clock()
        if now - self._looked_at < LOOK_EVERY:
            return self._present
        self._looked_at = now  # the others go on with what is known meanwhile
        try:
            seen = self.look(self._present)
        except Exception:
            logger.exception("could not see whether pages have changed")
            if now - self._heard_at > TRUST_FOR:
                self._turn(None)
            return self._present
        self._heard_at = now
        if seen is not self._present:
            self._turn(seen)
        return seen

    def _turn(self, seen: Present | None) -> None:
        with self._lock:
            self._present = seen
            self._pages.clear()
            self._size = 0

    def _key(self, environ: Environ) -> tuple[Any, ...] | None:
        """What a page is kept under; None for an address that is not known as the same for everybody."""
        path = environ["PATH_INFO"]
        names = self._known.get(path)
        if names is None or environ.get("HTTP_HOST") not in self._hosts:
            return None
        query = environ.get("QUERY_STRING", "")
        return (path, _canonical(query, names) if query else "", self.secure(environ))

    def _page(self, key: tuple[Any, ...], present: Present) -> Page | None:
        with self._lock:
            page = self._pages.get(key) if self._present is present else None
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def _is_ours_to_refresh(self, page: Page, environ: Environ) -> bool:
        """Whether it is time to make the page anew, and this is the one request that does so."""
        if self.clock() <= page.fresh_until or page.refreshing or "HTTP_COOKIE" in environ:
            return False
        with self._lock:
            ours = not page.refreshing
            page.refreshing = True
        return ours

    def _refreshed(
        self, page: Page, environ: Environ, start_response: StartResponse, present: Present
    ) -> Iterable[bytes]:
        try:
            return self._made(environ, start_response, present)
        finally:
            page.refreshing = False

    @contextmanager
    def _alone(self, key: tuple[Any, ...]) -> Iterator[None]:
        """One makes the page, the others wait for it: after a change everybody asks for the same few."""
        lock = self._making.setdefault(key, threading.Lock())
        got = lock.acquire(timeout=WAIT)
        try:
            yield
        finally:
            if got:
                self._making.pop(key, None)
                lock.release()

    def _made(self, environ: Environ, start_response: StartResponse, present: Present | None) -> Iterable[bytes]:
        """Django's answer: as it is, or as a page when it is marked as the same for everybody."""
        told: list[Any] = []

        def note(status: str, headers: Headers, exc_info: Any = None) -> None:
            told[:] = [status, headers]

        answer = self.application(environ, note)
        status, headers = told
        mark = next((value for name, value in headers if name.lower() == MARK.lower()), None)
        if mark is None:
            start_response(status, headers)
            return answer
        try:
            body = b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()
        page = Page(status, headers, body, present or _nothing_known(), self.clock())
        if present is not None and _may_be_kept(environ, headers):
            self._keep(environ, tuple(mark.split()), page, present)
        return page.answer(environ, start_response, "miss")

    def _keep(self, environ: Environ, names: tuple[str, ...], page: Page, present: Present) -> None:
        with self._lock:
            if self._present is not present:
                return
            if len(self._known) > ADDRESSES:
                self._known.clear()
            self._known[environ["PATH_INFO"]] = names
            self._hosts.add(environ["HTTP_HOST"])
            key = self._key(environ)
            assert key is not None
            if old := self._pages.pop(key, None):
                self._size -= old.size
            self._pages[key] = page
            self._size += page.size
            while self._size > self.room:
                _key, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size


def _canonical(query: str, names: tuple[str, ...]) -> str:
    """The part of a query that the page understands, in one order: what else was appended makes no other page."""
    given = [pair for pair in parse_qsl(query, keep_blank_values=False) if pair[0] in names]
    return urlencode(sorted(dict(given).items()))


def _may_be_kept(environ: Environ, headers: Headers) -> bool:
    sets_cookie = any(name.lower() == "set-cookie" for name, _value in headers)
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_COOKIE" not in environ
        and not sets_cookie
        and bool(environ.get("HTTP_HOST"))
        and len(environ.get("QUERY_STRING", "")) < 1000
    )


def _nothing_known() -> Present:
    """Before the first migration nothing is known: such a page is as of now, and kept nowhere."""
    now = datetime.now().astimezone()
    return Present(number=0, since=now, until=now)
