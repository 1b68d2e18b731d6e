"""The federation's upper-level unions before and after 1 July 2025, and which of them looks after which commune.

Known: the names of the fourteen unions of Bình Định that ended (Lao Động, article 1532114) and of ten commune and ward
unions of the new Gia Lai (Lao Động, articles 1552435, 1553633, 1575829, 1582266). The full list of seventeen was not
found: seven are synthetic, and so is every number of grassroots unions and every line from old commune to new union.
"""

from dataclasses import dataclass

from loa.config.demo.shapes import UnitKind

OLD_ROOT, OLD_NEIGHBOUR, NEW_ROOT = "LDLD-BD", "LDLD-GL-CU", "LDLD-GL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An upper-level union of 2024 and what lies below it. `areas`: commune or ward → the union it goes to in 2025."""

    code: str
    kind: UnitKind
    name: str
    short_name: str
    place: str
    prefix: str
    unions: int
    public_share: float
    areas: dict[str, str]
    typical_size: int = 55
    upland_share: float = 0.0


def _district(
    prefix: str,
    word: str,
    place: str,
    unions: int,
    areas: dict[str, str],
    *,
    public_share: float = 0.5,
    upland_share: float = 0.0,
) -> Region:
    short = {"thành phố": "TP", "thị xã": "TX", "huyện": "huyện"}[word]
    return Region(
        code=f"LDLD-{prefix}",
        kind="district",
        name=f"Liên đoàn Lao động {word} {place}",
        short_name=f"LĐLĐ {short} {place}",
        place=place,
        prefix=prefix,
        unions=unions,
        public_share=public_share,
        areas=areas,
        upland_share=upland_share,
    )


REGIONS = (
    _district(
        "QN",
        "thành phố",
        "Quy Nhơn",
        130,
        {
            "phường Trần Phú": "CD-QN",
            "phường Lê Hồng Phong": "CD-QN",
            "phường Đống Đa": "CD-QN",
            "phường Thị Nại": "CD-QN",
            "phường Ngô Mây": "CD-QNN",
            "phường Nguyễn Văn Cừ": "CD-QNN",
            "phường Quang Trung": "CD-QNN",
            "phường Ghềnh Ráng": "CD-QNN",
            "phường Nhơn Phú": "CD-QNB",
            "phường Trần Quang Diệu": "CD-QNB",
            "phường Bùi Thị Xuân": "CD-QNB",
            "phường Nhơn Bình": "CD-QND",
            "xã Nhơn Lý": "CD-QND",
        },
        public_share=0.42,
    ),
    _district(
        "AN",
        "thị xã",
        "An Nhơn",
        80,
        {
            "phường Bình Định": "CD-ANN",
            "phường Đập Đá": "CD-ANN",
            "phường Nhơn Hoà": "CD-ANN",
            "phường Nhơn Hưng": "CD-ANN",
            "xã Nhơn Hậu": "CD-ANN",
            "phường Nhơn Thành": "CD-PC",
            "xã Nhơn Tân": "CD-TS",
        },
    ),
    _district(
        "HN",
        "thị xã",
        "Hoài Nhơn",
        85,
        {
            "phường Bồng Sơn": "CD-BS",
            "phường Hoài Đức": "CD-BS",
            "phường Hoài Tân": "CD-HNN",
            "phường Hoài Xuân": "CD-HNN",
            "phường Hoài Thanh": "CD-HNN",
            "phường Tam Quan": "CD-TQ",
            "phường Tam Quan Bắc": "CD-TQ",
            "phường Hoài Hảo": "CD-TQ",
        },
    ),
    _district(
        "PM",
        "huyện",
        "Phù Mỹ",
        65,
        {
            "thị trấn Phù Mỹ": "CD-PM",
            "xã Mỹ Trinh": "CD-PM",
            "xã Mỹ Quang": "CD-PM",
            "thị trấn Bình Dương": "CD-PM",
            "xã Mỹ Châu": "CD-HNN",
            "xã Mỹ Cát": "CD-PC",
        },
    ),
    _district(
        "PC",
        "huyện",
        "Phù Cát",
        65,
        {
            "thị trấn Ngô Mây": "CD-PC",
            "xã Cát Trinh": "CD-PC",
            "xã Cát Tân": "CD-PC",
            "xã Cát Hanh": "CD-PC",
            "thị trấn Cát Tiến": "CD-QND",
        },
    ),
    _district(
        "TP",
        "huyện",
        "Tuy Phước",
        75,
        {
            "thị trấn Tuy Phước": "CD-TP",
            "thị trấn Diêu Trì": "CD-TP",
            "xã Phước Lộc": "CD-TP",
            "xã Phước Hiệp": "CD-TP",
            "xã Phước An": "CD-QNB",
            "xã Phước Thuận": "CD-QND",
        },
    ),
    _district(
        "HA",
        "huyện",
        "Hoài Ân",
        45,
        {"thị trấn Tăng Bạt Hổ": "CD-HA", "xã Ân Thạnh": "CD-HA", "xã Ân Đức": "CD-HA", "xã Ân Mỹ": "CD-BS"},
    ),
    _district(
        "TS",
        "huyện",
        "Tây Sơn",
        60,
        {
            "thị trấn Phú Phong": "CD-TS",
            "xã Bình Nghi": "CD-TS",
            "xã Tây Giang": "CD-TS",
            "xã Tây Phú": "CD-TS",
            "xã Bình Hoà": "CD-ANN",
        },
    ),
    _district(
        "AL",
        "huyện",
        "An Lão",
        25,
        {"thị trấn An Lão": "CD-HA", "xã An Tân": "CD-HA", "xã An Hoà": "CD-BS"},
        public_share=0.68,
        upland_share=0.3,
    ),
    _district(
        "VT",
        "huyện",
        "Vĩnh Thạnh",
        25,
        {"thị trấn Vĩnh Thạnh": "CD-TS", "xã Vĩnh Quang": "CD-TS", "xã Vĩnh Sơn": NEW_ROOT},
        public_share=0.68,
        upland_share=0.3,
    ),
    _district(
        "VC",
        "huyện",
        "Vân Canh",
        25,
        {"thị trấn Vân Canh": "CD-TP", "xã Canh Vinh": "CD-TP", "xã Canh Hiển": "CD-QNB"},
        public_share=0.68,
        upland_share=0.3,
    ),
    Region(
        code="CD-UBND",
        kind="sector",
        name="Công đoàn UBND tỉnh Bình Định",
        short_name="CĐ UBND tỉnh",
        place="khối UBND tỉnh",
        prefix="UB",
        unions=70,
        public_share=0.72,
        areas={
            "phường Trần Phú": "CD-QN",
            "phường Lê Lợi": "CD-QN",
            "phường Nguyễn Văn Cừ": "CD-QNN",
            "phường Nhơn Phú": NEW_ROOT,
        },
    ),
    Region(
        code="CD-DANG",
        kind="sector",
        name="Công đoàn các cơ quan Đảng tỉnh Bình Định",
        short_name="CĐ các cơ quan Đảng tỉnh",
        place="khối Đảng tỉnh",
        prefix="DG",
        unions=30,
        public_share=0.8,
        areas={"phường Lê Lợi": "CD-QN", "phường Ngô Mây": "CD-QNN", "phường Trần Phú": NEW_ROOT},
    ),
    Region(
        code="CD-KKT",
        kind="economic_zone",
        name="Công đoàn Khu kinh tế tỉnh Bình Định",
        short_name="CĐ Khu kinh tế tỉnh",
        place="Khu kinh tế",
        prefix="KT",
        unions=90,
        public_share=0.0,
        typical_size=120,
        areas={
            "xã Nhơn Hội": "CD-QND",
            "phường Trần Quang Diệu": "CD-QNB",
            "xã Phước Mỹ": NEW_ROOT,
            "phường Nhơn Hoà": "CD-ANN",
            "xã Cát Trinh": "CD-PC",
        },
    ),
)

NEIGHBOUR = Region(
    code=OLD_NEIGHBOUR,
    kind="province",
    name="Liên đoàn Lao động tỉnh Gia Lai (trước 01/7/2025)",
    short_name="LĐLĐ tỉnh Gia Lai (cũ)",
    place="Gia Lai",
    prefix="GL",
    unions=150,
    public_share=0.42,
    upland_share=0.2,
    areas={
        "phường Diên Hồng": "CD-PK",
        "phường Hoa Lư": "CD-PK",
        "phường Thống Nhất": "CD-PK",
        "thị trấn Đak Đoa": "CD-PK",
        "phường An Bình": "CD-AK",
        "phường An Phú": "CD-AK",
        "thị trấn Chư Sê": "CD-CS",
        "thị trấn Phú Thiện": "CD-CS",
        "phường Đoàn Kết": "CD-AP",
        "phường Cheo Reo": "CD-AP",
        "thị trấn Chư Ty": NEW_ROOT,
    },
)


@dataclass(frozen=True, slots=True)
class CommuneUnion:
    code: str
    place: str
    synthetic: bool = False

    @property
    def name(self) -> str:
        return f"Công đoàn {self.place}"


COMMUNE_UNIONS = (
    CommuneUnion("CD-QN", "phường Quy Nhơn"),
    CommuneUnion("CD-QNN", "phường Quy Nhơn Nam"),
    CommuneUnion("CD-QNB", "phường Quy Nhơn Bắc"),
    CommuneUnion("CD-QND", "phường Quy Nhơn Đông"),
    CommuneUnion("CD-HNN", "phường Hoài Nhơn Nam"),
    CommuneUnion("CD-TQ", "phường Tam Quan"),
    CommuneUnion("CD-PC", "xã Phù Cát"),
    CommuneUnion("CD-PM", "xã Phù Mỹ"),
    CommuneUnion("CD-TS", "xã Tây Sơn"),
    CommuneUnion("CD-PK", "phường Pleiku"),
    CommuneUnion("CD-ANN", "phường An Nhơn", synthetic=True),
    CommuneUnion("CD-TP", "xã Tuy Phước", synthetic=True),
    CommuneUnion("CD-HA", "xã Hoài Ân", synthetic=True),
    CommuneUnion("CD-BS", "phường Bồng Sơn", synthetic=True),
    CommuneUnion("CD-AK", "phường An Khê", synthetic=True),
    CommuneUnion("CD-CS", "xã Chư Sê", synthetic=True),
    CommuneUnion("CD-AP", "phường Ayun Pa", synthetic=True),
)

PLACES = {
    OLD_ROOT: "tỉnh Bình Định",
    NEW_ROOT: "tỉnh Gia Lai",
    OLD_NEIGHBOUR: "Gia Lai",
    **{region.code: region.place for region in REGIONS},
    **{commune.code: commune.place for commune in COMMUNE_UNIONS},
}
"""What people call the place where a province or an upper-level union works."""
