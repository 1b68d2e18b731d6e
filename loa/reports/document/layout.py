"""How administrative documents look, as data: margins in millimetres, sizes in points, one look for each part.

Source: NĐ 30/2020/NĐ-CP, Annex I (I: page; II: parts; III.1: appendices). Where the decree leaves a range, the usual
choice of provincial offices is taken. Unions have a rule of their own, 933/QĐ-TLĐ of 14 May 2024, which replaced
1014/QĐ-TLĐ and cites the decree as its ground.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """One paragraph style. `name` is what people see in their word processor's list of styles."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = "center"
    indent: float = 0  # of the first line, mm
    before: float = 0
    after: float = 0
    line: float = 1
    with_next: bool = False
    outline: int | None = None


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A rule of layout, named after its source."""

    source: str
    page: tuple[float, float] = (210, 297)
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    to_page_number: float = 8  # from the upper edge, so that number and marks stay inside the top margin
    names_width: float = 73  # left part of the head; the national title needs 89 of the 92 mm left
    recipients_width: float = 80
    motto_rule: float = 56  # as long as the motto
    short_rule: float = 0.4  # of the line above; the decree wants a third to a half
    signature_room: int = 4
    looks: Mapping[str, Look]


BODY = Look(name="Nội dung", size=14, align="both", indent=12.7, after=6, line=1.15)

LOOKS: Mapping[str, Look] = {
    "Nation": Look(name="Quốc hiệu", size=12, bold=True),
    "Motto": Look(name="Tiêu ngữ", size=13, bold=True),
    "ParentOrganisation": Look(name="Cơ quan cấp trên", size=12),
    "Organisation": Look(name="Cơ quan ban hành", size=12, bold=True),
    "Number": Look(name="Số và ký hiệu", size=13, before=4),
    "PlaceAndDate": Look(name="Địa danh và ngày tháng", size=13, italic=True, before=4),
    "Kind": Look(name="Tên loại văn bản", size=14, bold=True, before=14, with_next=True),
    "Subject": Look(name="Trích yếu nội dung", size=14, bold=True, with_next=True),
    "Body": BODY,
    "Heading1": Look(
        name="heading 1", size=14, bold=True, align="both", indent=12.7, before=6, after=6, with_next=True, outline=0
    ),
    "Heading2": Look(
        name="heading 2", size=14, bold=True, align="both", indent=12.7, before=3, after=6, with_next=True, outline=1
    ),
    "Heading3": Look(
        name="heading 3", size=14, bold=True, italic=True, align="both", indent=12.7, after=6, with_next=True, outline=2
    ),
    "Caption": Look(name="caption", size=13, bold=True, before=6, after=6, with_next=True),
    "CellHead": Look(name="Đầu bảng", size=13, bold=True, before=2, after=2),
    "Cell": Look(name="Ô chữ", size=13, align="left", before=2, after=2),
    "CellNumber": Look(name="Ô số", size=13, align="right", before=2, after=2),
    "RecipientsTitle": Look(name="Nơi nhận", size=12, bold=True, italic=True, align="left"),
    "Recipients": Look(name="Danh sách nơi nhận", size=11, align="left"),
    "Capacity": Look(name="Quyền hạn, chức vụ", size=14, bold=True, with_next=True),
    "SignatureRoom": Look(name="Chỗ ký", size=14, with_next=True),
    "Signer": Look(name="Họ tên người ký", size=14, bold=True),
    "AppendixLabel": Look(name="Phụ lục", size=14, bold=True, with_next=True),
    "AppendixTitle": Look(name="Tên phụ lục", size=14, bold=True, with_next=True),
    "AppendixSource": Look(name="Kèm theo văn bản", size=14, italic=True, after=10, with_next=True),
    "Header": Look(name="header", size=13),
    "Mark": Look(name="Dấu bản nháp", size=11, bold=True),
    "Fingerprint": Look(name="Mã kiểm chứng", size=9, align="left", before=12),
    "Rule": Look(name="Đường kẻ", size=1, before=2),
    "Gap": Look(name="Khoảng cách", size=1, after=6),
}

ND30 = Profile(source="NĐ 30/2020/NĐ-CP", looks=LOOKS)

# The annex of 933/QĐ-TLĐ has not been read. Until it has, its profile has the decree's values, which it rests on;
# what is found to differ is changed here and nowhere else.
UNION = replace(ND30, source="933/QĐ-TLĐ")

PROFILES: Mapping[str, Profile] = {"nd30": ND30, "union": UNION}
