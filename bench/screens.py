"""Queries and time of the screens people open most, on the data of the settings' database."""

import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loa.newsroom import queries as newsroom
from loa.people.models import Account

PUBLIC = ["/", "/tim/?q=tien+luong", "/rss.xml", "/sitemap.xml"]
DESK = ["/quan-tri/", "/quan-tri/to-chuc/", "/quan-tri/to-chuc/nguoi/", "/quan-tri/tin-bai/", "/quan-tri/bao-cao/"]


def run() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    story = next(iter(newsroom.recent_for_feed(at=timezone.now())), None)
    public = [*PUBLIC, f"/tin/{story.slug}/"] if story else PUBLIC
    visitor, officer = Client(), Client()
    officer.force_login(
        Account.objects.filter(is_superuser=True).earliest("pk"), backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    for client, paths in ((visitor, public), (officer, DESK)):
        for path in paths:
            client.get(path)
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(path)
                size = len(answer.getvalue())
            took = (time.perf_counter() - begun) * 1000
            print(f"{path}: {answer.status_code}, {len(queries)} queries, {took:.0f} ms, {size:,} bytes")
