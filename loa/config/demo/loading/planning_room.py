"""A living week of the newsroom: events of all kinds, products planned for them in every state, material asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from loa.base import lunar
from loa.base.dates import HANOI, today
from loa.config.demo.files import Files
from loa.config.demo.places import NEW_ROOT
from loa.config.demo.world import World
from loa.newsroom import actions
from loa.newsroom.actions import EventSaid
from loa.newsroom.models import Coverage, Event, ProductType, Story, Theme
from loa.people.models import Account, Unit

from . import staff
from .staff import Roster


def plan(world: World, files: Files) -> str:
    desk = _Desk(world)
    desk.feasts()
    dialogue, games = desk.coming()
    desk.lines(dialogue, games)
    desk.ideas()
    desk.material()
    return f"{Event.objects.count()} sự kiện, {Coverage.objects.count()} đề tài"


@dataclass
class _Desk:
    """The officers who may be tried, at the province and in one union below, plan their next weeks."""

    world: World

    def __post_init__(self) -> None:
        self.at, self.day = self.world.now, today(self.world.now)
        self.team = staff.commune_team(self.world.until)
        self.root = Unit.objects.get(code=NEW_ROOT)
        self.chief = Roster(self.world).holders("planner", NEW_ROOT, self.day)[0]
        self.themes = {theme.code: theme for theme in Theme.objects.all()}
        self.kinds = {kind.code: kind for kind in ProductType.objects.all()}

    def feasts(self) -> None:
        """Days that return, by the sun and by the moon."""
        year = self.day.year - 1
        for name, day, repeats, words in (
            ("Ngày thành lập Công đoàn Việt Nam", date(year, 7, 28), "sun", "Gặp mặt, ôn truyền thống 28/7."),
            ("Giỗ Tổ Hùng Vương", lunar.to_solar(10, 3, year), "moon", "Người lao động nghỉ lễ, hưởng nguyên lương."),
            (
                "Tết Sum vầy",
                lunar.to_solar(23, 12, year),
                "moon",
                "Phiên chợ không đồng, chuyến xe đưa công nhân về quê.",
            ),
        ):
            said = EventSaid(
                name=f"{name} (minh họa)",
                first_on=day,
                repeats=repeats,
                words=words,
                theme=self.themes["su-kien-trong-nam"],
                public=True,
            )
            feast = actions.plan_event(said, unit=self.root, by=self.chief, at=self.at)
        self.last_time(feast)

    def last_time(self, feast: Event) -> None:
        """What the province made of a feast that is over: the same may be planned for the coming one."""
        theme = self.themes["su-kien-trong-nam"]
        told = Story.objects.public(self.at).filter(unit=self.root, themes=theme).newest_first()
        for number, story in enumerate(told[:2]):
            due = datetime.combine(feast.first_on - timedelta(days=2 + 3 * number), time(15), tzinfo=HANOI)
            planned = actions.plan_coverage(
                story.title, unit=self.root, kind=story.kind, product_type=story.product_type, event=feast,
                due_at=due, by=self.chief, at=self.at,
            )  # fmt: skip
            actions.link_coverage(planned, story=story, by=self.chief, at=self.at)

    def coming(self) -> tuple[Event, Event]:
        dialogue = self.event(
            "Đối thoại với người lao động", 2, self.team.unit, self.team.officer,
            begins_at=time(8), ends_at=time(11), venue="Nhà văn hóa lao động", theme=self.themes["tieng-noi-doan-vien"],
            words="Gửi câu hỏi trước cho công đoàn cơ sở, hoặc hỏi ngay tại buổi đối thoại.", public=True,
        )  # fmt: skip
        games = self.event(
            "Hội thao công nhân", 5, self.root, self.chief, days=2, venue="Sân vận động tỉnh",
            theme=self.themes["cham-lo-tham-gia"], words="Bóng chuyền, kéo co, chạy tiếp sức.", public=True,
        )  # fmt: skip
        self.event("Giao ban tuyên giáo", 1, self.root, self.chief, begins_at=time(14), venue="Phòng họp 2")
        talk = self.event(
            "Nói chuyện về an toàn lao động", 4, self.team.unit, self.team.officer, begins_at=time(17), public=True
        )
        actions.cancel_event(talk, reason="Diễn giả bận, sẽ báo ngày mới.", by=self.team.officer, at=self.at)
        return dialogue, games

    def event(self, name: str, ahead: int, unit: Unit, by: Account, *, days: int = 1, **more: object) -> Event:
        first = self.day + timedelta(days=ahead)
        last = first + timedelta(days=days - 1)
        said = EventSaid(name=f"{name} (minh họa)", first_on=first, last_on=last, **more)  # type: ignore[arg-type]
        return actions.plan_event(said, unit=unit, by=by, at=self.at)

    def lines(self, dialogue: Event, games: Event) -> None:
        """One for each format, some taken, one late, one begun, one out already."""
        officer, unit = self.team.officer, self.team.unit
        self.line("Tin: buổi đối thoại đã giải đáp những gì", "tin", 2, 16, dialogue, owner=officer)
        self.line("Ảnh buổi đối thoại", "phong-su-anh", 2, 19, dialogue)
        self.line("Áp phích mời dự đối thoại", "poster", -1, 17, dialogue, owner=officer)
        begun = self.line("Ba câu hỏi về ca đêm", "hoi-dap", 1, 10, dialogue)
        draft = actions.begin_coverage(begun, by=officer, at=self.at)
        draft.synthetic = True
        actions.draft(draft, by=officer, at=self.at)
        out = self.line("Tin: lịch đối thoại của các doanh nghiệp", "tin", 0, 9, dialogue)
        newest = Story.objects.filter(unit=unit, live=True).order_by("-first_published_at", "-pk").first()
        if newest is not None:
            actions.link_coverage(out, story=newest, by=officer, at=self.at)
        for title, kind, ahead in (
            ("Clip 60 giây: không khí hội thao", "clip", 6),
            ("Infographic: 10 năm hội thao", "infographic", 4),
            ("Bản tin âm thanh cho loa xưởng", "audio", 5),
        ):
            self.line(title, kind, ahead, 17, games, unit=self.root, by=self.chief)

    def line(
        self, title: str, kind: str, ahead: int, hour: int, event: Event | None, *,
        unit: Unit | None = None, by: Account | None = None, owner: Account | None = None,
    ) -> Coverage:  # fmt: skip
        due = datetime.combine(self.day + timedelta(days=ahead), time(hour), tzinfo=HANOI)
        return actions.plan_coverage(
            f"{title} (minh họa)",
            unit=unit or self.team.unit,
            event=event,
            kind=Story.Kind.IMAGE,
            product_type=self.kinds[kind],
            due_at=due,
            owner=owner,
            by=by or self.team.officer,
            at=self.at,
        )

    def ideas(self) -> None:
        for title, kind, theme in (
            ("Một ngày của tổ trưởng công đoàn ca ba", "phong-su-anh", "guong-tot-phan-bac"),
            ("Đọc phiếu lương trong hai phút", "clip", "phap-luat-quyen-loi"),
        ):
            actions.plan_coverage(
                f"{title} (minh họa)",
                unit=self.team.unit,
                kind=Story.Kind.IMAGE,
                product_type=self.kinds[kind],
                theme=self.themes[theme],
                words="Tìm người đồng ý lên hình trước khi quay, chụp.",
                by=self.team.officer,
                at=self.at,
            )

    def material(self) -> None:
        """Asked both ways: one waits at each, one is answered; and those of the weeks before."""
        officer, below = self.team.officer, self.team.unit
        for title, asker, unit, by, ahead in (
            ("Tư liệu về mức lương tối thiểu mới, kèm hai ví dụ (minh họa)", below, self.root, officer, 3),
            ("Ảnh bữa ăn ca trước và sau khi cải thiện (minh họa)", self.root, below, self.chief, 2),
        ):
            due = self.day + timedelta(days=ahead)
            actions.ask_for_material(title, asker=asker, unit=unit, due_on=due, by=by, at=self.at)
        asked = actions.ask_for_material(
            "Số buổi đối thoại quý này (minh họa)",
            asker=below, unit=self.root, due_on=self.day + timedelta(days=1), by=officer, at=self.at,
        )  # fmt: skip
        answer = "Toàn tỉnh 42 buổi, tăng 6 buổi so với quý trước (số liệu minh họa)."
        actions.answer_request(asked, answer=answer, by=self.chief, at=self.at)
        self.material_of_the_year()

    def material_of_the_year(self) -> None:
        """What was due in the weeks before: given in time, given late, forgotten."""
        up = (self.team.unit, self.root, self.team.officer, self.chief)
        down = (self.root, self.team.unit, self.chief, self.team.officer)
        for title, (asker, unit, by, giver), ago, took in (
            ("Số liệu khám sức khỏe định kỳ sáu tháng đầu năm (minh họa)", up, 70, 4),
            ("Danh sách doanh nghiệp ký thỏa ước mới (minh họa)", up, 45, 3),
            ("Ảnh hội thao của phường (minh họa)", down, 40, 2),
            ("Gương người tốt, việc tốt quý ba (minh họa)", down, 33, 9),
            ("Ý kiến công nhân về nhà trẻ khu công nghiệp (minh họa)", down, 24, None),
        ):
            asked_at = self.at - timedelta(days=ago)
            due = today(asked_at) + timedelta(days=7)
            asked = actions.ask_for_material(title, asker=asker, unit=unit, due_on=due, by=by, at=asked_at)
            if took is not None:
                given_at = asked_at + timedelta(days=took)
                actions.answer_request(asked, answer="Gửi kèm bảng số liệu (minh họa).", by=giver, at=given_at)
