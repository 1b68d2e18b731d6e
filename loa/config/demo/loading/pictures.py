"""The library of pictures: with the newest stories, with a consent that ends soon, with one that is there twice."""

from datetime import timedelta

from django.core.files.base import ContentFile
from wagtail.signal_handlers import disable_reference_index_auto_update

from loa.base.dates import today
from loa.base.numbers import number
from loa.config.demo.drawing import picture
from loa.config.demo.files import Files
from loa.config.demo.world import World
from loa.newsroom import actions
from loa.newsroom.models import Licence, Photo, Story
from loa.people.models import Unit

from .staff import Roster, commune_team

NAMES = (
    "Xưởng may đầu ca sáng",
    "Hội trường trước giờ đối thoại",
    "Khu nhà ở của người lao động",
    "Bến cá buổi sớm",
    "Sân nhà máy sau mưa",
    "Kho hàng mới sắp xếp lại",
    "Vườn cây trong khu công nghiệp",
    "Nhà văn hóa lao động",
    "Cổng công ty giờ tan ca",
    "Bếp ăn tập thể",
    "Góc đọc sách của tổ sản xuất",
    "Trạm y tế của doanh nghiệp",
)
SHOWN = "(ảnh vẽ minh họa)"


def fill(world: World, files: Files) -> str:
    """One drawn picture for each of the newest stories on the site, and four that show what the library watches."""
    roster, made = Roster(world), 0
    stories = Story.objects.public(world.now).filter(photo=None, topic=None).newest_first()[: len(NAMES)]
    licence = Licence.objects.get(code="cua-cong-doan")
    with disable_reference_index_auto_update():
        for place, story in enumerate(stories):
            judge = roster.judge(story.unit.code, today(world.now), but=story.author)
            story.photo = added(place, story.unit, by=judge, world=world, shown="nobody", licence=licence)
            actions.draft(story, by=judge, at=world.now)
            actions.publish(story, by=judge, at=world.now)
            made += 1
    return f"{number(made + _watched(world, licence))} ảnh"


def _watched(world: World, licence: Licence) -> int:
    """In the unit of the officer whom anybody may sign in as."""
    trial = commune_team(world.until)
    unit, by = trial.unit, trial.officer
    soon = today(world.now) + timedelta(days=20)
    added(30, unit, by=by, world=world, shown="agreed", consent_proof="Giấy đồng ý lưu ở văn phòng", consent_until=soon)
    added(31, unit, by=by, world=world, shown="public", licence=licence)
    added(32, unit, by=by, world=world)
    added(32, unit, by=by, world=world)
    return 4


def added(number_: int, unit: Unit, *, by: object, world: World, **told: object) -> Photo:
    name = f"{NAMES[number_ % len(NAMES)]} {SHOWN}"
    file = ContentFile(picture(number_), name=f"ve-{number_}.jpg")
    particulars = {"alt": name, "credit": "Ảnh vẽ", "place": "Nơi minh họa"} | told
    return actions.add_photo(file, unit=unit, title=name, by=by, at=world.now, **particulars)  # type: ignore[arg-type]
