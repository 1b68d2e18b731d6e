"""What the registry of a given day says of each person, as rows under the headers unions use."""

from collections.abc import Iterable, Iterator
from datetime import date

from loa.config.demo.persons import GENDER, HABITS, POSTS, REST_TIME, Membership, Person
from loa.config.demo.sectors import EDUCATION, SECTORS, WORKING_TIME
from loa.config.demo.shapes import Structure

Cell = str | int | date | None
Row = dict[str, Cell]

COLUMNS = (
    "STT",
    "Mã đoàn viên",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số điện thoại",
    "Email",
    "Mã CĐCS",
    "Tên CĐCS",
    "Đối tượng",
    "Ngày vào công đoàn",
    "Ngày thôi",
    "Chức vụ",
    "Trình độ",
    "Ngành nghề",
    "Nơi ở (xã/phường)",
    "Kênh thường xem",
    "Ca làm việc",
    "Giờ rảnh",
)


def rows(structure: Structure, people: Iterable[Person], *, on: date, since: date | None = None) -> Iterator[Row]:
    """A row for each person the union knows on `on`; with `since`, only for those who came, moved or left after it.

    What a unit's own event did to its members (a merger, a closure) is not news: the event says it. A split is,
    because only a new list can say who went where.
    """
    names = {code: unit.name for code, unit in structure.every.items()} | {
        code: unit.name for code, unit in structure.on(on).items()
    }
    for person in people:
        spell = person.membership(on)
        if spell and (since is None or _changed(structure, person, on=on, since=since)):
            yield _row(person, spell, names[spell.unit], on=on)


def _row(person: Person, spell: Membership, unit_name: str, *, on: date) -> Row:
    post = next(
        (post for post in person.posts if post.from_on <= on and (post.until_on is None or on < post.until_on)), None
    )
    return {
        "Mã đoàn viên": person.code,
        "Họ và tên": person.name,
        "Ngày sinh": person.born_on,
        "Giới tính": GENDER[person.gender],
        "Số điện thoại": person.phone,
        "Email": person.email,
        "Mã CĐCS": spell.unit,
        "Tên CĐCS": unit_name,
        "Đối tượng": "Đoàn viên" if person.member else "NLĐ",
        "Ngày vào công đoàn": person.memberships[0].joined_on if person.member else None,
        "Ngày thôi": spell.left_on if spell.left_on and spell.left_on <= on else None,
        "Chức vụ": POSTS[post.key] if post else None,
        "Trình độ": EDUCATION[person.education],
        "Ngành nghề": SECTORS[person.field].label,
        "Nơi ở (xã/phường)": person.area,
        "Kênh thường xem": ", ".join(HABITS[habit] for habit in person.habits),
        "Ca làm việc": WORKING_TIME[person.working_time],
        "Giờ rảnh": REST_TIME[person.rest_time],
    }


def _changed(structure: Structure, person: Person, *, on: date, since: date) -> bool:
    came_from: Membership | None = None
    for spell in person.memberships:
        if since < spell.joined_on <= on and not (came_from and _carried(structure, came_from, spell)):
            return True
        if spell.left_on and since < spell.left_on <= on and not _closed(structure, spell):
            return True
        came_from = spell
    return False


def _carried(structure: Structure, before: Membership, after: Membership) -> bool:
    return _closed(structure, before) and structure.ended[before.unit].heirs[before.unit] == after.unit


def _closed(structure: Structure, spell: Membership) -> bool:
    return spell.unit in structure.ended and structure.ended[spell.unit].on == spell.left_on
