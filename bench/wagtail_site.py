"""A plain Wagtail project with one article page, thrown away after it was measured: what one gets without Loa."""

import os
import subprocess
import sys
from pathlib import Path

MODELS = """
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class ArticlePage(Page):
    summary = models.CharField(max_length=400)
    body = RichTextField()
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
"""
TEMPLATE = """{% load wagtailcore_tags %}<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body><nav><ul>{% for item in menu %}<li><a href="{% pageurl item %}">{{ item.title }}</a></li>{% endfor %}</ul></nav>
<main><h1>{{ page.title }}</h1><p>{{ page.summary }}</p>{{ page.body|richtext }}
<ul>{% for other in related %}<li><a href="{% pageurl other %}">{{ other.title }}</a><p>{{ other.summary }}</p></li>
{% endfor %}</ul></main></body></html>
"""
VIEWS = """
    def get_context(self, request):
        siblings = ArticlePage.objects.live().sibling_of(self, inclusive=False).order_by("-first_published_at")
        menu = self.get_parent().get_children().live()[:5]
        return super().get_context(request) | {"related": siblings[:4], "menu": menu}
"""
FILL = """
import sys
from pathlib import Path
from django.utils import timezone
from home.models import ArticlePage
from wagtail.models import Page, Site
body, title = Path("body.html").read_text(encoding="utf-8"), "Bài viết để đo"
home = Site.objects.get(is_default_site=True).root_page
for number in range(12):
    page = ArticlePage(title=title, slug=f"bai-{number}", summary="Tóm tắt của bài viết.", body=body)
    home.add_child(instance=page)
    page.save_revision().publish()
"""


def make(folder: Path, *, body: str) -> str:
    """A project in `folder` with twelve pages that hold `body`; returns the address of one."""
    python = [sys.executable, "-W", "ignore"]
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    start = "from wagtail.bin.wagtail import main; main()"
    subprocess.run([*python, "-c", start, "start", "papers", str(folder)], check=True, capture_output=True)
    models = folder / "home/models.py"
    models.write_text(models.read_text(encoding="utf-8") + MODELS + VIEWS, encoding="utf-8")
    templates = folder / "home/templates/home"
    (templates / "article_page.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "body.html").write_text(body, encoding="utf-8")
    settings = folder / "papers/settings/dev.py"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\nDEBUG = False\nALLOWED_HOSTS = ["*"]\n', encoding="utf-8"
    )
    for command in (["makemigrations", "home"], ["migrate"], ["shell", "-c", FILL]):
        subprocess.run([*python, "manage.py", *command], cwd=folder, env=own, check=True, capture_output=True)
    return "/bai-3/"
