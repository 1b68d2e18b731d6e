"""Stories as they were told: written, published, placed, corrected and withdrawn on their days."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from loa.audience import actions as audience
from loa.audience.models import Topic
from loa.base.dates import today
from loa.base.numbers import number
from loa.config.demo import START
from loa.config.demo.files import Files
from loa.config.demo.stories import TOPICS, DemoPlacement, DemoStory
from loa.config.demo.world import World, on
from loa.newsroom import actions, lists
from loa.newsroom.models import Channel, ProductType, Story, StoryCredit, Theme
from loa.people.models import Account, Person, Unit
from loa.portal.actions import verify_channel
from loa.portal.models import OfficialChannel

from . import staff
from .staff import Roster

PRODUCTS = {
    "news": "tin",
    "article": "bai",
    "clip": "clip",
    "infographic": "infographic",
    "audio": "audio",
    "poster": "poster",
    "magazine": "tap-chi-truyen-hinh",
}
CHANNELS = {
    "fanpage": "fanpage",
    "zalo": "zalo",
    "board": "bang-tin",
    "loudspeaker": "loa",
    "meeting": "hoi-nghi",
    "provincial_newspaper": "bao-in",
    "provincial_tv": "truyen-hinh",
}
"""The demo's words for products and channels, and the newsroom's codes. Publication itself places on this site."""

RECORDED = frozenset({"clip", "infographic", "audio", "poster", "magazine"})
"""Products that are more than a text: where they can be seen or heard, and what they say in words."""

WRONG = "Bản đăng trước ghi nhầm thời gian và địa điểm; nay đã sửa lại cho đúng (minh họa)."
TAKEN_BACK = "Nội dung cần kiểm chứng lại với đơn vị cung cấp; công đoàn xin lỗi bạn đọc (minh họa)."

WAITING = (
    "Mời bạn góp ý thời gian nghỉ giữa ca (minh họa)",
    "Ba điều cần biết trước khi ký phụ lục hợp đồng (minh họa)",
    "Sáng mai: tư vấn pháp luật miễn phí tại nhà văn hóa lao động (minh họa)",
)

Deed = Callable[[], None]


def name_topics(world: World, files: Files) -> str:
    """The same subjects every year; each year's list is its own."""
    roster = Roster(world)
    for year in range(START.year, world.until.year + 1):
        day = date(year, 1, 2)
        for name in TOPICS.values():
            audience.name_topic(name, year=year, by=roster.judge("", day), at=on(day))
    return f"{len(TOPICS)} chủ đề mỗi năm"


def topic_of(year: int) -> dict[str, Topic]:
    """The topics of a year by the demo's word for them."""
    named = {topic.name: topic for topic in Topic.objects.filter(year=year)}
    return {slug: named[name] for slug, name in TOPICS.items()}


def tell(world: World, files: Files) -> str:
    """Everything that was done with stories, in the order of time."""
    desk = _Newsroom(world)
    deeds = [deed for story in world.stories for deed in desk.deeds(story)]
    # Wagtail would leave five notes for the worker about each story; what refers to what is written down once instead.
    with disable_reference_index_auto_update():
        for _at, _number, deed in sorted(deeds, key=lambda entry: entry[:2]):
            deed()
    for story in Story.objects.order_by("pk").iterator(chunk_size=500):
        ReferenceIndex.create_or_update_for_object(story)
    return f"{number(len(world.stories))} sản phẩm, {number(len(deeds))} việc"


class _Newsroom:
    """Does with a demo's story what people do with a real one."""

    def __init__(self, world: World) -> None:
        self.roster = Roster(world)
        self.units = {unit.code: unit for unit in Unit.objects.filter(code__in=world.structure.every)}
        self.products = {product.code: product for product in ProductType.objects.all()}
        self.channels = {channel.code: channel for channel in Channel.objects.all()}
        themes = {theme.code: theme for theme in Theme.objects.all()}
        self.themes = [themes[code] for code, _name in lists.THEMES]
        self.topics = {year: topic_of(year) for year in range(START.year, world.until.year + 1)}
        self.persons = {
            person.member_code: person
            for person in Person.objects.filter(account__isnull=False).select_related("account")
        }
        self.told: dict[int, Story] = {}

    def deeds(self, story: DemoStory) -> list[tuple[datetime, int, Deed]]:
        """What happens to one story, and when; those of one instant keep the order of stories."""
        out = story.published_at
        found: list[tuple[datetime, int, Deed]] = [(out, story.number, partial(self.publish, story))]
        gone = story.withdrawn_on or date.max
        for place in story.placements:
            if place.channel in CHANNELS and place.on < gone:
                at = max(on(place.on, 20), out) + timedelta(minutes=30)
                found.append((at, story.number, partial(self.place, story, place, at)))
        if story.corrected_on and story.corrected_on < gone:
            at = max(on(story.corrected_on, 21), out) + timedelta(hours=1)
            found.append((at, story.number, partial(self.correct, story, at)))
        if story.withdrawn_on:
            at = on(story.withdrawn_on, 23)
            found.append((at, story.number, partial(self.withdraw, story, at)))
        return found

    def publish(self, told: DemoStory) -> None:
        author = self.roster.account(told.authors[0].code)
        story = self.write(told)
        actions.draft(story, by=author, at=told.published_at - timedelta(hours=3))
        actions.publish(story, by=self.judge(told, told.published_at, but=author), at=told.published_at)
        self.told[told.number] = story

    def write(self, told: DemoStory) -> Story:
        story = Story(
            unit=self.units[told.unit],
            title=told.title,
            kind=told.kind,
            product_type=self.products[PRODUCTS[told.product]],
            topic=self.topics[told.published_at.year][told.topic] if told.topic else None,
            summary=told.summary,
            short=told.short,
            media_url=f"https://vi-du.example/{told.product}/{told.number}" if told.product in RECORDED else "",
            media_text=told.summary if told.product in RECORDED else "",
            issue=f"Số {told.published_at:%-m/%Y}" if told.product == "magazine" else "",
            on_site=any(place.channel == "site" for place in told.placements),
            deep="".join(f"<p>{paragraph}</p>" for paragraph in told.deep),
            synthetic=True,
        )
        story.themes = [self.themes[theme - 1] for theme in told.themes]
        story.credits = [
            StoryCredit(person=self.persons[author.code], share=author.share, sort_order=place)
            for place, author in enumerate(told.authors)
        ]
        return story

    def rewrite(self, told: DemoStory, team: staff.Team) -> Story:
        """The same words by somebody else, not told yet."""
        story = self.write(told)
        story.unit = team.unit
        story.credits = [StoryCredit(person=team.officer.person, share=100)]
        return story

    def place(self, told: DemoStory, placement: DemoPlacement, at: datetime) -> None:
        story = self.told[told.number]
        channel = self.channels[CHANNELS[placement.channel]]
        actions.place(
            story, channel=channel, placed_on=placement.on, url=placement.link, by=self.judge(told, at), at=at
        )

    def correct(self, told: DemoStory, at: datetime) -> None:
        author = self.roster.account(told.authors[0].code)
        actions.correct(self.told[told.number], note=WRONG, by=self.judge(told, at, but=author), at=at)

    def withdraw(self, told: DemoStory, at: datetime) -> None:
        actions.withdraw(self.told[told.number], reason=TAKEN_BACK, by=self.judge(told, at), at=at)

    def judge(self, told: DemoStory, at: datetime, *, but: Account | None = None) -> Account:
        return self.roster.judge(told.unit, at.date(), but=but)


def list_channels(world: World, files: Files) -> str:
    """What is official, beside which a forged address can be held. The addresses lead nowhere: .example is nobody's."""
    desk = _Newsroom(world)
    trial = staff.commune_team(world.until)
    judge = desk.roster.judge(trial.unit.code, today(world.now))
    kinds = OfficialChannel.Kind
    for kind, name, address in (
        (kinds.WEBSITE, f"Trang tin {trial.unit.code} (minh họa)", "https://cong-doan-minh-hoa.example"),
        (kinds.FACEBOOK, "Fanpage công đoàn (minh họa)", "https://facebook.example/congdoanminhhoa"),
        (kinds.ZALO, "Zalo công đoàn (minh họa)", "https://zalo.example/congdoanminhhoa"),
    ):
        verify_channel(trial.unit, kind=kind, name=name, address=address, by=judge, at=world.now)
    return "3 kênh"


def leave_waiting(world: World, files: Files) -> str:
    """A story for the approver of a commune, one for the province, one for tomorrow morning.

    They are written anew from the latest ones, by the officer whom anybody may sign in as. Here it is now, whatever
    the world knows of it: Wagtail asks for rights, and schedules, by the clock.
    """
    desk = _Newsroom(world)
    trial = staff.commune_team(world.until)
    drafts = [desk.rewrite(told, trial) for told in world.stories[-len(WAITING) :]]
    for story, title in zip(drafts, WAITING, strict=True):
        story.title = title
    first, second, third = drafts
    third.go_live_at = on(today(world.now) + timedelta(days=1), 7)
    for story in drafts:
        actions.draft(story, by=trial.officer, at=world.now)
    for story in (first, second):
        actions.submit(story, by=trial.officer, at=world.now)
    actions.approve(second, by=trial.approver, at=world.now)
    actions.publish(third, by=desk.roster.judge(trial.unit.code, today(world.now)), at=world.now)
    return f"{len(drafts)} bài"
