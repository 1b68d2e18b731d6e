"""All words a page shows or says: text, titles, labels, placeholders, descriptions of pictures, buttons, choices."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

SAID = ("title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "alt", "label")
SILENT = {"script", "style", "code", "svg", "pre"}
HARD_WIRED = {"Search", "Task type"}
"""Texts in Wagtail's templates and forms without any way to translate them (8.0): met by superusers only."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.texts += [said[name] for name in SAID if said.get(name)]
        if tag == "input" and said.get("type") in {"submit", "button", "reset"}:
            self.texts.append(said.get("value", ""))
        if tag == "meta" and said.get("name") == "description":
            self.texts.append(said.get("content", ""))
        if tag not in VOID and (
            self.silent or tag in SILENT or (said.get("lang", "vi") not in {"", "vi"} and tag != "html")
        ):
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag not in VOID:
            while self.silent and self.silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


def texts_of_page(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return reader.texts


def texts_of(body: str, content_type: str) -> list[str]:
    """What a response says: a page, a fragment inside JSON, a file of text."""
    if content_type.startswith("text/html"):
        return texts_of_page(body)
    if content_type.startswith("application/json"):
        return [text for value in _strings(json.loads(body)) for text in texts_of_page(value)]
    return []


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in {"html", "message", "error_message", "title", "label", "errors", "text"} or isinstance(
                inside, dict
            ):
                yield from _strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _strings(inside)
    elif isinstance(value, str):
        yield value
