"""Facts that several stories share: one that is about to change, one that was wrong and is right everywhere again."""

from dataclasses import dataclass
from datetime import date, timedelta

from loa.base.dates import today
from loa.config.demo.files import Files
from loa.config.demo.places import NEW_ROOT
from loa.config.demo.world import World
from loa.newsroom import actions
from loa.newsroom.actions import Said
from loa.newsroom.models import Channel, ProductType, SharedFact, Story, Theme
from loa.people.models import Unit

from . import staff
from .staff import Roster

WAGE, WAGE_NEXT = "4.140.000 đồng/tháng", "4.450.000 đồng/tháng"
DECREE, DECREE_NEXT = "Nghị định minh họa số 1, Điều 3", "Nghị định minh họa số 2, Điều 3"
OTHERS = (
    ("Mức đóng đoàn phí công đoàn", "0,5 % tiền lương", "Quyết định minh họa số 3, Điều 5"),
    ("Số ngày nghỉ phép năm trong điều kiện bình thường", "12 ngày", "Luật minh họa, Điều 113"),
    ("Đường dây tư vấn pháp luật của công đoàn", "0900 000 000", "Thông báo minh họa số 4"),
)
TOLD = (
    ("tin", f"Lương tối thiểu vùng III là {WAGE}, làm đủ giờ thì không ai được trả thấp hơn.", "fanpage"),
    ("hoi-dap", f"Ở vùng III, mức lương tháng thấp nhất là {WAGE}.", ""),
    ("poster", f"Vùng III: không thấp hơn {WAGE}. Xem lại phiếu lương của bạn.", "bang-tin"),
    ("audio", f"Bà con chú ý: vùng III, lương tối thiểu là {WAGE}. Hỏi công đoàn nếu bạn nhận thấp hơn.", "loa"),
)
TITLES = {
    "tin": "Lương tối thiểu vùng III hiện nay",
    "hoi-dap": "Lương thấp nhất ở vùng III là bao nhiêu?",
    "poster": "Áp phích: lương tối thiểu vùng III",
    "audio": "Bản tin loa: lương tối thiểu vùng III",
}


def share(world: World, files: Files) -> str:
    desk = _Desk(world)
    wage = desk.fact("Lương tối thiểu tháng, vùng III", WAGE, DECREE)
    for code, words, place in TOLD:
        desk.story(code, words, place, wage)
    desk.others()
    desk.raise_wage(wage)
    return f"{SharedFact.objects.count()} dữ kiện, {len(TOLD)} bài cần sửa trước năm mới"


@dataclass
class _Desk:
    """The province keeps the facts; the officer whom anybody may sign in as writes with them."""

    world: World

    def __post_init__(self) -> None:
        self.at, self.day = self.world.now, today(self.world.now)
        self.root = Unit.objects.get(code=NEW_ROOT)
        self.chief = Roster(self.world).holders("planner", NEW_ROOT, self.day)[0]
        self.team = staff.commune_team(self.world.until)
        self.theme = Theme.objects.get(code="phap-luat-quyen-loi")

    def fact(self, name: str, value: str, source: str) -> SharedFact:
        said = Said(value=value, source=source, valid_from=date(self.day.year, 1, 1))
        made = actions.record_fact(
            f"{name} (minh họa)", said, unit=self.root, theme=self.theme, by=self.chief, at=self.at - timedelta(days=9)
        )
        SharedFact.objects.filter(pk=made.pk).update(synthetic=True)
        return made

    def story(self, code: str, words: str, place: str, fact: SharedFact) -> None:
        officer, at = self.team.officer, self.at
        spoken = code in {"poster", "audio"}
        story = Story(
            unit=self.team.unit,
            title=f"{TITLES[code]} (minh họa)",
            kind=Story.Kind.POLICY,
            product_type=ProductType.objects.get(code=code),
            question="Vùng III trả thấp nhất bao nhiêu một tháng?" if code == "hoi-dap" else "",
            short="" if spoken else words,
            media_text=words if spoken else "",
            media_url="https://vi-du.example/audio/luong-toi-thieu" if code == "audio" else "",
            on_site=not spoken,
            synthetic=True,
        )
        story.themes = [self.theme]
        actions.draft(story, by=officer, at=at)
        actions.use_facts(story, chosen=[fact.pk], by=officer, at=at)
        actions.publish(story, by=self.chief, at=at)
        if place:
            channel = Channel.objects.get(code=place)
            url = f"https://vi-du.example/{place}/luong-toi-thieu"
            actions.place(story, channel=channel, placed_on=self.day, url=url, by=officer, at=at)

    def others(self) -> None:
        """One of them was written down wrong, before any story used it."""
        first, *_rest = [self.fact(*told) for told in OTHERS]
        version = first.versions.get()
        right = Said(value="1 % tiền lương", source=version.source, valid_from=version.valid_from)
        actions.correct_fact(
            first, right, version=version, note="Ghi nhầm mức (minh họa).", seen=version.pk, by=self.chief, at=self.at
        )

    def raise_wage(self, wage: SharedFact) -> None:
        said = Said(value=WAGE_NEXT, source=DECREE_NEXT, valid_from=date(self.day.year + 1, 1, 1))
        seen = wage.versions.get().pk
        note = "Lương tối thiểu tăng từ đầu năm mới (số liệu minh họa)."
        actions.change_fact(wage, said, note=note, seen=seen, by=self.chief, at=self.at)
