"""Units and events as rows under Vietnamese headers."""

from collections.abc import Iterator

from loa.config.demo import NOTE, PARTLY
from loa.config.demo.registry import Row
from loa.config.demo.sectors import OWNERSHIP, SECTORS
from loa.config.demo.shapes import Event, UnitRow

UNIT_COLUMNS = (
    "Mã đơn vị",
    "Tên đơn vị",
    "Tên viết tắt",
    "Loại đơn vị",
    "Mã đơn vị cấp trên",
    "Ngày thành lập",
    "Số quyết định",
    "Doanh nghiệp/cơ quan",
    "Loại hình sở hữu",
    "Số lao động",
    "Ngành",
    "Địa bàn (xã/phường)",
    "Ghi chú",
)
EVENT_COLUMNS = (
    "STT",
    "Ngày hiệu lực",
    "Số quyết định",
    "Hình thức",
    "Mã đơn vị cũ",
    "Tên đơn vị cũ",
    "Mã đơn vị mới",
    "Tên đơn vị mới",
    "Loại đơn vị mới",
    "Mã đơn vị cấp trên mới",
    "Kế thừa",
    "Đoàn viên",
    "Ghi chú",
)
KINDS = {
    "province": "LĐLĐ tỉnh",
    "district": "LĐLĐ cấp huyện",
    "sector": "Công đoàn ngành",
    "economic_zone": "Công đoàn khu kinh tế",
    "commune": "Công đoàn xã, phường",
    "grassroots": "Công đoàn cơ sở",
}
EVENTS = {
    "establish": "Thành lập",
    "merge": "Sáp nhập",
    "split": "Chia tách",
    "transfer": "Chuyển giao",
    "rename": "Đổi tên",
    "dissolve": "Kết thúc hoạt động",
}
PAID_BY_BUDGET, SELF_FINANCED = "Đơn vị hưởng 100% ngân sách", "Đơn vị sự nghiệp tự chủ"
OWNERS = OWNERSHIP | {"public": SELF_FINANCED}


def unit_row(unit: UnitRow) -> Row:
    employer = unit.employer
    owner = PAID_BY_BUDGET if unit.public_budget else OWNERS[employer.ownership] if employer else None
    return {
        "Mã đơn vị": unit.code,
        "Tên đơn vị": unit.name,
        "Tên viết tắt": unit.short_name,
        "Loại đơn vị": KINDS[unit.kind],
        "Mã đơn vị cấp trên": unit.parent,
        "Ngày thành lập": f"{unit.established_on:%d/%m/%Y}",
        "Số quyết định": unit.decision,
        "Doanh nghiệp/cơ quan": employer.name if employer else None,
        "Loại hình sở hữu": owner,
        "Số lao động": employer.workers if employer else None,
        "Ngành": SECTORS[employer.sector].label if employer else None,
        "Địa bàn (xã/phường)": unit.area,
        "Ghi chú": NOTE if unit.synthetic else PARTLY,
    }


def _members(event: Event) -> str | None:
    """People who end with their unit and people who go along are different figures."""
    if event.kind not in {"merge", "split", "dissolve"}:
        return None
    return "kết thúc" if event.closes else "chuyển"


def event_rows(event: Event, names: dict[str, str]) -> Iterator[Row]:
    new = {unit.code: unit for unit in event.arrivals}
    for old in event.predecessors or (None,):
        homes = event.successor_codes or event.predecessors
        if event.kind == "transfer":
            homes = (old or "",)
        elif event.kind == "dissolve" and len(event.predecessors) > 1:
            homes = (event.heirs[old or ""],)
        for code in homes:
            arrival = new.get(code)
            yield {
                "Ngày hiệu lực": f"{event.on:%d/%m/%Y}",
                "Số quyết định": event.decision,
                "Hình thức": EVENTS[event.kind],
                "Mã đơn vị cũ": old,
                "Tên đơn vị cũ": names[old] if old else None,
                "Mã đơn vị mới": code,
                "Tên đơn vị mới": arrival.name if arrival else names[code],
                "Loại đơn vị mới": KINDS[arrival.kind] if arrival else None,
                "Mã đơn vị cấp trên mới": arrival.parent if arrival else event.parent,
                "Kế thừa": "x" if old and event.heirs.get(old) == code else None,
                "Đoàn viên": _members(event),
                "Ghi chú": NOTE if event.synthetic else PARTLY,
            }
