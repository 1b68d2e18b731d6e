"""The limit: a WSGI application that does nothing but answer with the same bytes."""

import os

BODY = b"x" * int(os.environ.get("LOA_BENCH_BYTES", "6000"))
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):  # type: ignore[no-untyped-def]
    start_response("200 OK", HEADERS)
    return [BODY]
