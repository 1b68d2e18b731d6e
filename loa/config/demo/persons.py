"""What the demo knows of a person, and the words lists use for it."""

from dataclasses import dataclass
from datetime import date

GENDER = {"female": "Nữ", "male": "Nam"}
HABITS = {
    "zalo": "Zalo",
    "facebook": "Facebook",
    "board": "Bảng tin",
    "loudspeaker": "Loa",
    "meeting": "Họp tổ",
    "newspaper": "Báo",
    "television": "Truyền hình",
    "tiktok": "TikTok",
}
REST_TIME = {
    "early_morning": "Sáng sớm",
    "midday": "Giờ nghỉ trưa",
    "evening": "Buổi tối",
    "late_evening": "Sau 22 giờ",
    "weekend": "Cuối tuần",
}
POSTS = {
    "grassroots_chair": "Chủ tịch CĐCS",
    "grassroots_vice_chair": "Phó Chủ tịch CĐCS",
    "grassroots_committee": "Uỷ viên BCH CĐCS",
    "chair": "Chủ tịch",
    "vice_chair": "Phó Chủ tịch",
    "office_head": "Chánh Văn phòng",
    "propaganda_head": "Trưởng ban Tuyên giáo – Nữ công",
    "propaganda_officer": "Cán bộ Tuyên giáo – Nữ công",
    "policy_officer": "Cán bộ Chính sách pháp luật",
    "accountant": "Kế toán",
}


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in one unit over [joined_on, left_on)."""

    unit: str
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post held over [from_on, until_on); `key` is one of POSTS."""

    key: str
    unit: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`member` is False for a worker who has not joined.

    Words are keys of GENDER, EDUCATION, SECTORS (`field`), HABITS, WORKING_TIME and REST_TIME.
    """

    index: int
    name: str
    born_on: date
    gender: str
    phone: str | None
    email: str | None
    member: bool
    memberships: tuple[Membership, ...]
    education: str
    field: str
    area: str
    habits: tuple[str, ...]
    working_time: str
    rest_time: str
    posts: tuple[Post, ...] = ()

    @property
    def code(self) -> str:
        return f"MH{self.index:07}"

    def membership(self, day: date) -> Membership | None:
        """The latest membership begun by `day`, ended or not; None for whom the union does not know yet."""
        return next((spell for spell in reversed(self.memberships) if spell.joined_on <= day), None)

    def unit_on(self, day: date) -> str | None:
        """Where the person is on `day`; None before joining and after leaving."""
        spell = self.membership(day)
        return spell.unit if spell and (spell.left_on is None or day < spell.left_on) else None
