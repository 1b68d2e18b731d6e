"""The guide for the screen: the Markdown pages of docs/guide, which travel inside the installed package."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from loa.base.text import fold, slug

_PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = next(
    (folder for folder in (_PACKAGE / "guide", _PACKAGE.parent / "docs/guide") if folder.is_dir()), _PACKAGE / "guide"
)
"""In an installed package beside the modules, in a checkout where it is written."""
INDEX = "README"
PICTURES = "hinh"
EXCERPT = 160
_SLUG = re.compile(r"[a-z0-9-]+")
_PICTURE = re.compile(r"[a-z0-9-]+\.(png|webp)")
_LINK = re.compile(r"([A-Za-z0-9-]+)\.md(#.*)?")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What stands under one heading, as plain text."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Page:
    slug: str
    title: str
    html: str
    passages: tuple[Passage, ...]

    @property
    def anchors(self) -> set[str]:
        return {passage.anchor for passage in self.passages}


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A passage in which all words were found."""

    page: Page
    passage: Passage
    excerpt: str


def page(name: str, *, base: str) -> Page | None:
    """The page of that name with its links below the address `base`; None when there is none."""
    path = FOLDER / f"{name}.md"
    if not (name == INDEX or _SLUG.fullmatch(name)) or not path.is_file():
        return None
    return _rendered(path, base, path.stat().st_mtime_ns)


def pages(*, base: str) -> list[Page]:
    """All pages but the index, by title."""
    names = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != INDEX)
    found = [page(name, base=base) for name in names]
    return sorted((one for one in found if one), key=lambda one: fold(one.title))


def search(words: str, *, base: str, among: Sequence[Page] | None = None, limit: int = 20) -> list[Hit]:
    """The passages with all the words, with or without marks: those whose heading has them first."""
    wanted = fold(words).split()
    if not wanted:
        return []
    found = [
        (page_, passage)
        for page_ in (pages(base=base) if among is None else among)
        for passage in page_.passages
        if _has(wanted, f"{page_.title} {passage.title} {passage.text}")
    ]
    found.sort(key=lambda one: not _has(wanted, f"{one[0].title} {one[1].title}"))
    return [Hit(page=one, passage=passage, excerpt=_excerpt(passage.text, wanted)) for one, passage in found[:limit]]


def picture(name: str) -> Path | None:
    path = FOLDER / PICTURES / name
    return path if _PICTURE.fullmatch(name) and path.is_file() else None


def _has(words: Iterable[str], text: str) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _excerpt(text: str, words: Sequence[str]) -> str:
    """The part of `text` around the first of the words, from one word to another."""
    syllables = text.split()
    at = next((number for number, one in enumerate(syllables) if any(word in fold(one) for word in words)), 0)
    start = max(0, at - 8)
    shown = " ".join(syllables[start:])[:EXCERPT].rsplit(" ", 1)[0]
    return f"{'… ' if start else ''}{shown}{' …' if len(shown) < len(' '.join(syllables[start:])) else ''}"


@lru_cache(maxsize=256)
def _rendered(path: Path, base: str, changed: int) -> Page:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    passages = list(_passages(tokens))
    _lead_links(tokens, base=base)
    html = reader.renderer.render(tokens, reader.options, {})
    # A wide table scrolls by itself, also with the keyboard; the page does not.
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    return Page(slug=path.stem, title=passages[0].title if passages else path.stem, html=html, passages=tuple(passages))


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    """Cut the text at its headings, and give each heading the anchor by which links find it."""
    taken: set[str] = set()
    anchor, title, texts = "", "", list[str]()
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            if title:
                yield Passage(anchor=anchor, title=title, text=" ".join(texts))
            title, texts = _plain(tokens[number + 1]), []
            anchor = _free(slug(title), taken)
            token.attrSet("id", anchor)
        elif token.type == "inline" and tokens[number - 1].type != "heading_open":
            texts.append(_plain(token))
        elif token.type in {"fence", "code_block"}:
            texts.append(token.content)
    if title:
        yield Passage(anchor=anchor, title=title, text=" ".join(texts))


def _free(anchor: str, taken: set[str]) -> str:
    number, free = 2, anchor
    while free in taken:
        free, number = f"{anchor}-{number}", number + 1
    taken.add(free)
    return free


def _plain(inline: Token) -> str:
    children = inline.children or []
    return "".join(" " if one.type == "softbreak" else one.content for one in children if one.type != "image")


def _lead_links(tokens: Iterable[Token], *, base: str) -> None:
    """Links between the files become links between the screens; what lies outside the guide is not linked."""
    for token in tokens:
        for one in token.children or []:
            if one.type == "link_open":
                one.attrSet("href", _address(str(one.attrGet("href") or ""), base=base))
            elif one.type == "image":
                one.attrSet("src", base + str(one.attrGet("src") or ""))
                one.attrSet("loading", "lazy")


def _address(href: str, *, base: str) -> str:
    if match := _LINK.fullmatch(href):
        name, anchor = match[1], match[2] or ""
        return base + ("" if name == INDEX else f"{name}/") + anchor
    return href if href.startswith(("#", "https://", "http://")) else base
