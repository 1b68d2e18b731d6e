"""The configuration that Loa ships for nginx, in Debian's nginx: what it keeps, for how long, and for whom not."""

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from bench import servers
from loa.config.wsgi import secure
from loa.portal.pagecache import LOOK_EVERY, PageCache
from loa.portal.printing import Present

NOW = datetime.now().astimezone()
SECOND = 2.1
"""nginx counts whole seconds: what may be kept for one is asked for again after two at the latest."""


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class Loa:
    """Django's part: one page for everybody, one for a person, as the headers of Loa say it."""

    def __init__(self):
        self.text, self.number, self.slow = "Bản đầu", 1, 0.0
        self.asked: list[tuple[str, str, bool]] = []
        self.cache = PageCache(self.application, look=self.present, secure=secure)

    def present(self, known):
        since = NOW - timedelta(days=1)
        if known and known.number == self.number:
            return known
        return Present(number=self.number, since=since, until=NOW + timedelta(days=1))

    def change(self, text):
        self.text, self.number = text, self.number + 1
        time.sleep(LOOK_EVERY)

    def application(self, environ, start_response):
        path = environ["PATH_INFO"]
        time.sleep(self.slow)
        if path.startswith("/toi/"):
            start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "no-store, private")])
            return [f"Riêng của {environ.get('HTTP_COOKIE', '')}".encode()]
        start_response(
            "200 OK",
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("X-Loa-Page", ""),
                ("Cache-Control", "public, max-age=0, stale-while-revalidate=30"),
                ("Vary", "Accept-Encoding"),
                ("X-Accel-Expires", "1"),
            ],
        )
        return [(self.text + " " + "tin " * 500).encode()]

    def counted(self, environ, start_response):
        self.asked.append((environ["PATH_INFO"], environ.get("HTTP_HOST"), "HTTP_IF_NONE_MATCH" in environ))
        return self.cache(environ, start_response)


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    """nginx on a port of its own, before a page cache of our own, before `Loa`."""
    folder = tmp_path_factory.mktemp("nginx")
    for name, content in {"static/a.css": "p{}", "media/anh.txt": "ảnh", "private/mat.txt": "mật"}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    css = b"p { color: red }" * 200
    (folder / "static/page.0123456789ab.css").write_bytes(css)
    (folder / "static/page.0123456789ab.css.gz").write_bytes(gzip.compress(css))
    loa, port = Loa(), free_port()
    with make_server("127.0.0.1", 0, loa.counted, server_class=Threads, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        configuration = servers.configured(port=port, upstream=server.server_port, folder=folder, var=folder)
        command = [
            shutil.which("nginx") or "/usr/sbin/nginx",
            "-p",
            str(folder),
            "-c",
            str(configuration),
            "-e",
            "stderr",
        ]
        environment = os.environ | {"PATH": os.environ["PATH"] + ":/usr/sbin"}
        with subprocess.Popen(command, env=environment) as process:
            _wait(port)
            try:
                yield SimpleNamespace(loa=loa, port=port)
            finally:
                process.terminate()
        server.shutdown()


def _wait(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


@pytest.fixture
def ask(front):
    front.loa.slow, front.loa.asked[:] = 0.0, []

    def get(path, *, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=20)
        sent = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return SimpleNamespace(
            status=answer.status, headers=answer.headers, body=body, text=body.decode(errors="replace")
        )

    return get


def test_a_page_is_kept_and_asked_for_again_after_two_seconds(front, ask):
    first, second = ask("/giu/"), ask("/giu/")
    time.sleep(SECOND)
    third = ask("/giu/")

    assert (first.body, first.body) == (second.body, third.body)
    assert [answer.headers["X-Cache"] for answer in (first, second, third)] == ["MISS", "HIT", "REVALIDATED"]
    assert [validated for _path, _host, validated in front.loa.asked] == [False, True]


def test_a_withdrawal_is_through_within_two_seconds(front, ask):
    ask("/go/")
    front.loa.change("Bài đã gỡ")
    time.sleep(SECOND)

    assert "Bài đã gỡ" in ask("/go/").text


def test_visitors_validate_their_copy_with_nginx_alone(front, ask):
    tag = ask("/the/").headers["ETag"]

    assert ask("/the/", If_None_Match=tag).status == 304
    assert len(front.loa.asked) == 1


def test_packed_and_plain_are_two_copies_whatever_a_browser_says(front, ask):
    plain = ask("/nen/")
    packed = [ask("/nen/", Accept_Encoding=wish) for wish in ("gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8")]

    assert "Content-Encoding" not in plain.headers
    assert {gzip.decompress(answer.body) for answer in packed} == {plain.body}
    assert len(front.loa.asked) == 2


@pytest.mark.parametrize("headers", [{"Cookie": "sessionid=abc"}, {"Authorization": "Basic eDp5"}])
def test_whoever_is_signed_in_is_served_by_loa_and_leaves_nothing_behind(front, ask, headers):
    address = f"/rieng-{len(headers.get('Cookie', ''))}/"
    theirs = [ask(address, **headers), ask(address, **headers)]
    stranger = ask(address)

    assert [answer.headers["X-Cache"] for answer in theirs] == ["BYPASS", "BYPASS"]
    assert stranger.headers["X-Cache"] == "MISS"


def test_personal_pages_are_kept_for_nobody(front, ask):
    assert "sessionid=abc" in ask("/toi/", Cookie="sessionid=abc").text
    assert "abc" not in ask("/toi/").text
    assert "abc" not in ask("/toi/", Cookie="loa_toi=1").text
    assert len(front.loa.asked) == 3


def test_after_that_one_of_a_crowd_asks_and_nobody_waits_long(front, ask):
    ask("/dong/")
    time.sleep(SECOND)
    front.loa.change("Bản mới")
    front.loa.slow = 0.5
    front.loa.asked[:] = []

    answers = crowd(ask, "/dong/", 20)

    assert len([path for path, _host, _validated in front.loa.asked if path == "/dong/"]) == 1
    assert {answer.status for answer in answers} == {200}


def test_a_page_that_nobody_has_seen_yet_is_made_once_for_a_crowd(front, ask):
    front.loa.slow = 0.5

    answers = crowd(ask, "/rush/", 20)

    assert len(front.loa.asked) == 1
    assert len({answer.body for answer in answers}) == 1


def crowd(ask, path, how_many):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(path))) for _ in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_static_files_come_packed_from_the_disk_and_are_kept_for_a_year(front, ask):
    answer = ask("/static/page.0123456789ab.css", Accept_Encoding="gzip")

    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in ask("/static/a.css").headers.get("Cache-Control", "")
    assert front.loa.asked == []


def test_pictures_come_from_the_disk_and_run_nothing(front, ask):
    answer = ask("/media/anh.txt")

    assert answer.text == "ảnh"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert front.loa.asked == []


@pytest.mark.parametrize(
    "path",
    [
        "/media/../private/mat.txt",
        "/media/%2e%2e/private/mat.txt",
        "/media..%2fprivate/mat.txt",
        "/static/../private/mat.txt",
    ],
)
def test_what_is_private_has_no_address(ask, path):
    assert "mật" not in ask(path).text


def test_a_name_that_is_not_ours_gets_nothing(front, ask):
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask("/", Host="evil.example")

    assert front.loa.asked == []


def test_posting_goes_through_and_is_never_kept(front, ask):
    ask("/giu-2/")
    ask("/giu-2/", method="POST")

    assert len(front.loa.asked) == 2
