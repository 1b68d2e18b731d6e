"""The look: contrast by arithmetic, templates without anything inline, error pages that stand alone."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

LOA = Path(__file__).resolve().parents[2] / "loa"
TOKENS = (LOA / "ui/static/ui/tokens.css").read_text()
TEMPLATES = sorted(LOA.rglob("*.html"))
READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11
PAIRS = [
    ("text", "surface", READABLE),
    ("text", "surface-2", READABLE),
    ("text", "mark", READABLE),
    ("muted", "surface", READABLE),
    ("muted", "surface-2", READABLE),
    ("accent", "surface", READABLE),
    ("accent", "surface-2", READABLE),
    ("accent-2", "surface", READABLE),
    ("accent-text", "accent", READABLE),
    ("brand-text", "brand", READABLE),
    ("good", "surface", READABLE),
    ("warn", "surface", READABLE),
    ("bad", "surface", READABLE),
    ("text", "good-surface", READABLE),
    ("good", "good-surface", READABLE),
    ("warn", "warn-surface", READABLE),
    ("text", "bad-surface", READABLE),
    ("line-strong", "surface", VISIBLE),
    ("focus", "surface", VISIBLE),
    ("focus", "surface-2", VISIBLE),
]


def colours(scheme):
    light, rest = TOKENS.split("@media (prefers-color-scheme: dark)")
    dark = rest.split("@media print")[0]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour):
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_told_apart(scheme, front, back, least):
    values = colours(scheme)

    assert contrast(values[front], values[back]) >= least


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(LOA)))
def test_templates_hold_no_inline_style_script_or_handler(path):
    markup = re.sub(r"\{#.*?#\}", "", path.read_text())

    assert (
        re.findall(
            r"<style|\sstyle=|\son\w+=\"|javascript:|<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))", markup
        )
        == []
    )


@pytest.mark.parametrize("sheet", sorted(LOA.rglob("*.css")), ids=lambda path: path.name)
def test_styles_ask_nothing_of_another_host(sheet):
    assert not re.search(r"url\(|@import|://", sheet.read_text())


def test_the_page_for_our_own_failures_needs_nothing_that_may_have_failed():
    page = render_to_string("500.html")

    assert "Lỗi này là của Loa, không phải của bạn." in page
    assert "{%" not in (LOA / "ui/templates/500.html").read_text()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html"])
def test_every_error_page_says_what_to_do_next(name):
    assert "Về trang đầu" in render_to_string(name)
