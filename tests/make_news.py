"""The cast of the newsroom: stories, photos, placements. `from tests import make_news as news`."""

import io
from datetime import date, datetime
from itertools import count
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image

from loa.base.dates import today
from loa.base.text import fold, slug
from loa.newsroom import queries
from loa.newsroom.actions.indexing import make_findable
from loa.newsroom.models import Channel, MaterialRequest, Photo, Placement, ProductType, Story, Theme
from loa.newsroom.words import Asked, Sieve
from loa.people.models import Account, Unit

from .make import DAY, NOON
from .make import account as make_account
from .make import unit as make_unit

_number = count(1)


def product_type(code: str = "tin", **fields: Any) -> ProductType:
    return ProductType.objects.get_or_create(code=code, defaults={"name": code, **fields})[0]


def theme(code: str = "phap-luat-quyen-loi") -> Theme:
    return Theme.objects.get_or_create(code=code, defaults={"name": code, "position": next(_number)})[0]


def channel(code: str = "fanpage", **fields: Any) -> Channel:
    """One of the channels that every installation begins with, or a new one."""
    return Channel.objects.get_or_create(code=code, defaults={"name": code, **fields})[0]


def story(
    *,
    unit: Unit | None = None,
    title: str = "",
    published_at: datetime | None = NOON,
    type_code: str = "tin",
    themes: tuple[str, ...] = (),
    author: Account | None = None,
    **fields: Any,
) -> Story:
    """A story as it stands in the database: out since `published_at`, or a draft with `published_at=None`.

    Straight into the tables, without workflow, facts or placements: those are what actions are tested for.
    """
    title = title or f"Tin số {next(_number)}"
    made = Story(
        unit=unit or make_unit(),
        author=author,
        title=title,
        folded_title=fold(title),
        slug=fields.pop("slug", f"{slug(title)}-{next(_number)}"),
        kind=fields.pop("kind", Story.Kind.IMAGE),
        product_type=product_type(type_code),
        live=published_at is not None and "withdrawn_at" not in fields,
        first_published_at=published_at,
        last_published_at=published_at,
        published_on=today(published_at) if published_at else None,
        synthetic=True,
        **fields,
    )
    made.themes = [theme(code) for code in themes]
    made.save()
    if made.live:
        make_findable([made])
    return made


def jpeg() -> bytes:
    """A small picture of one colour."""
    content = io.BytesIO()
    Image.new("RGB", (640, 480), "steelblue").save(content, "JPEG")
    return content.getvalue()


def photo(*, unit: Unit | None = None, title: str = "Ảnh mẫu", **fields: Any) -> Photo:
    file = ImageFile(io.BytesIO(jpeg()), name=f"anh-{next(_number)}.jpg")
    shown = fields.pop("shown", "nobody")
    made: Photo = Photo.objects.create(title=title, unit=unit, file=file, shown=shown, **fields)
    return made


def placement(
    story: Story,
    *,
    code: str = "fanpage",
    placed_on: date = DAY,
    by: Account | None = None,
    **fields: Any,
) -> Placement:
    url = fields.pop("url", f"https://vi-du.example/{next(_number)}")
    return Placement.objects.create(
        story=story, channel=channel(code), placed_on=placed_on, url=url, recorded_by=by, **fields
    )


def material(
    unit: Unit,
    *,
    asker: Unit | None = None,
    due_on: date = DAY,
    state: str = "open",
    ended_at: datetime | None = None,
    by: Account | None = None,
) -> MaterialRequest:
    """A request for material to `unit`, as it stands in the database; one that has ended needs `ended_at`."""
    by = by or make_account()
    owner = by if state in {"taken", "answered"} else None
    return MaterialRequest.objects.create(
        unit=unit,
        asker=asker or make_unit(),
        title=f"Tư liệu số {next(_number)}",
        due_on=due_on,
        asked_by=by,
        asked_at=NOON,
        state=state,
        owner=owner,
        reason="Lý do." if state in {"declined", "withdrawn"} else "",
        answer="Đây." if state == "answered" else "",
        ended_at=ended_at,
    )


def search(asked: str, *, at: datetime = NOON, **sieve: Any) -> list[Story]:
    """What a reader finds who types this."""
    return queries.find(Asked.read(asked), Sieve(**sieve), at=at, on=today(at)).stories
