"""The first page as somebody put it together, with a photo story, questions and answers, and an English edition."""

from dataclasses import dataclass
from datetime import timedelta

from wagtail.signal_handlers import disable_reference_index_auto_update

from loa.base.dates import today
from loa.config.demo.files import Files
from loa.config.demo.places import NEW_ROOT
from loa.config.demo.world import World
from loa.newsroom import actions
from loa.newsroom.models import ProductType, Story, StoryPhoto, Theme
from loa.people.models import Unit
from loa.portal.actions import arrange, change_front
from loa.portal.blocks import Block, Kind

from .pictures import added
from .staff import Roster, commune_team

QUESTIONS = (
    (
        "Làm ca đêm được trả thêm bao nhiêu? (minh họa)",
        "Tôi làm ca từ 22 giờ đến 6 giờ. Tiền lương ca đêm phải cao hơn ca ngày bao nhiêu?",
        (
            "Ít nhất 30% tiền lương của ngày làm việc bình thường (Bộ luật Lao động 2019, Điều 98).\n"
            "Làm thêm giờ vào ban đêm thì được trả thêm nữa.\n"
            "Thấy phiếu lương chưa đúng, bạn mang phiếu tới gặp công đoàn cơ sở."
        ),
    ),
    (
        "Nghỉ cưới có được hưởng lương không? (minh họa)",
        "Tháng sau tôi cưới. Tôi được nghỉ mấy ngày và có bị trừ lương không?",
        (
            "Bạn được nghỉ 3 ngày, hưởng nguyên lương (Bộ luật Lao động 2019, Điều 115).\n"
            "Cha mẹ có con kết hôn được nghỉ 1 ngày, hưởng nguyên lương.\n"
            "Bạn chỉ cần báo trước cho người sử dụng lao động."
        ),
    ),
)
ENGLISH = (
    "How much more is paid for night work? (demonstration)",
    "I work from 10 p.m. to 6 a.m. How much more must the night shift pay than the day shift?",
    (
        "At least 30 per cent of the pay of a normal working day (Labour Code 2019, Article 98).\n"
        "Overtime at night is paid higher still.\n"
        "If your payslip looks wrong, bring it to your grassroots union."
    ),
)
CAPTIONS = (
    "Năm giờ sáng, xưởng còn vắng (tranh minh họa).",
    "Sáu giờ, xe đưa đón vào cổng (tranh minh họa).",
    "Giữa ca, khu vực nghỉ dưới bóng cây (tranh minh họa).",
    "Bếp ăn tập thể trước giờ cơm trưa (tranh minh họa).",
    "Tan ca, đường về khu nhà ở (tranh minh họa).",
)
OWN = len(QUESTIONS) + 2
"""How many stories are told here: the answers, one of them in English, too, and one in pictures."""


def lay_out(world: World, files: Files) -> str:
    desk = _Desk(world)
    with disable_reference_index_auto_update():
        first, _second = [desk.question(*told) for told in QUESTIONS]
        desk.in_english(first)
        desk.in_pictures()
    blocks = desk.blocks()
    change_front(lambda _standing: blocks, by=desk.chief, at=world.now)
    arrange(by=desk.chief, at=world.now)
    return f"{len(blocks)} khối"


@dataclass
class _Desk:
    world: World

    def __post_init__(self) -> None:
        self.at = self.world.now - timedelta(hours=5)
        self.root = Unit.objects.get(code=NEW_ROOT)
        roster, day = Roster(self.world), today(self.world.now)
        self.chief = roster.holders("planner", NEW_ROOT, day)[0]
        self.writer = roster.holders("officer", NEW_ROOT, day)[0]
        self.kinds = {kind.code: kind for kind in ProductType.objects.all()}
        self.themes = {theme.code: theme for theme in Theme.objects.all()}

    def question(self, title: str, asked: str, answer: str) -> Story:
        story = self.begun("hoi-dap", title, "phap-luat-quyen-loi", question=asked, short=answer)
        return self.told(story)

    def in_english(self, story: Story) -> None:
        edition = actions.begin_translation(story, language="en", by=self.writer, at=self.at)
        edition.title, edition.question, edition.short = ENGLISH
        self.told(edition)

    def in_pictures(self) -> None:
        summary = "Năm bức tranh kể một ngày bình thường quanh một xưởng may, từ lúc trời chưa sáng tới giờ tan ca."
        story = self.begun("phong-su-anh", "Một ngày quanh xưởng (minh họa)", "cham-lo-tham-gia", summary=summary)
        photos = [
            added(90 + place, self.root, by=self.writer, world=self.world, shown="nobody")
            for place in range(len(CAPTIONS))
        ]
        story.photo = photos[0]
        story.photos = [
            StoryPhoto(photo=photo, caption=caption, sort_order=place)
            for place, (photo, caption) in enumerate(zip(photos, CAPTIONS, strict=True))
        ]
        self.told(story)

    def begun(self, product: str, title: str, theme: str, **more: object) -> Story:
        story = Story(
            unit=self.root,
            title=title,
            kind=Story.Kind.IMAGE,
            product_type=self.kinds[product],
            on_site=True,
            synthetic=True,
            **more,
        )
        story.themes = [self.themes[theme]]
        return story

    def told(self, story: Story) -> Story:
        actions.draft(story, by=self.writer, at=self.at)
        actions.publish(story, by=self.chief, at=self.at)
        return story

    def blocks(self) -> list[Block]:
        commune = commune_team(self.world.until).unit
        with_picture = Story.objects.listed(self.world.now).filter(photo__isnull=False, photos__isnull=True)
        lead = with_picture.newest_first().first()
        return [
            *([Block(kind=Kind.LEAD, thing=lead.pk)] if lead else []),
            Block(
                kind=Kind.NOTICE,
                heading="Tư vấn pháp luật miễn phí (minh họa)",
                text="Sáng thứ bảy hằng tuần tại nhà văn hóa lao động. Bạn mang theo hợp đồng và phiếu lương.",
                until=today(self.world.now) + timedelta(days=30),
            ),
            Block(kind=Kind.THEME, thing=self.themes["phap-luat-quyen-loi"].pk, heading="Quyền lợi của bạn"),
            Block(kind=Kind.QUESTIONS),
            Block(kind=Kind.PHOTOS),
            Block(kind=Kind.UNIT, thing=commune.pk),
            Block(kind=Kind.CHANNELS),
        ]
