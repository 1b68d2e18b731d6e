"""Fields of work: what an employer of that field is called, who works there, when, and with which schooling."""

from dataclasses import dataclass, field

EDUCATION = {
    "secondary": "THCS",
    "high_school": "THPT",
    "vocational": "Trung cấp",
    "college": "Cao đẳng",
    "university": "Đại học",
    "postgraduate": "Sau đại học",
}
WORKING_TIME = {"office": "Hành chính", "day": "Ca ngày", "night": "Ca đêm", "rotating": "Xoay ca"}
OWNERSHIP = {"state": "Nhà nước", "private": "Ngoài nhà nước", "foreign": "Vốn đầu tư nước ngoài"}
PUBLIC_OWNERSHIP = "Cơ quan, đơn vị sự nghiệp"

FACTORY = (34, 44, 10, 6, 6, 0)
SKILLED = (10, 40, 22, 14, 13, 1)
DESK = (1, 12, 16, 22, 46, 3)
LEARNED = (0, 3, 8, 20, 61, 8)

SHIFTS = (6, 30, 6, 58)
DAYS = (18, 70, 2, 10)
OFFICE = (92, 6, 1, 1)
SERVICE = (20, 40, 8, 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """Weights of `schooling` follow EDUCATION, of `hours` WORKING_TIME, of `ownership` OWNERSHIP."""

    key: str
    label: str
    called: tuple[str, ...]
    women: float
    schooling: tuple[int, ...] = FACTORY
    hours: tuple[int, ...] = SHIFTS
    ownership: tuple[int, ...] = (4, 84, 12)
    scale: float = 1.0
    legal_forms: tuple[str, ...] = field(default=("Công ty TNHH", "Công ty TNHH", "Công ty CP"))


ENTERPRISE = (
    Sector(key="garment", label="May mặc", called=("May", "May mặc"), women=0.82, ownership=(1, 70, 29), scale=2.6),
    Sector(key="wood", label="Chế biến gỗ", called=("Gỗ", "Nội thất"), women=0.44, ownership=(1, 84, 15), scale=1.8),
    Sector(key="seafood", label="Thủy sản", called=("Thủy sản", "Đông lạnh"), women=0.66, scale=1.4),
    Sector(key="shoes", label="Da giày", called=("Giày", "Túi xách"), women=0.78, ownership=(0, 50, 50), scale=2.6),
    Sector(key="food", label="Thực phẩm", called=("Thực phẩm", "Bánh kẹo"), women=0.52),
    Sector(key="stone", label="Đá xây dựng", called=("Đá",), women=0.16, hours=DAYS, scale=0.7),
    Sector(key="metal", label="Cơ khí", called=("Cơ khí",), women=0.14, schooling=SKILLED, hours=DAYS, scale=0.8),
    Sector(
        key="building", label="Xây dựng", called=("Xây dựng",), women=0.16, schooling=SKILLED, hours=DAYS, scale=0.7
    ),
    Sector(key="transport", label="Vận tải", called=("Vận tải", "Xe khách"), women=0.15, hours=SERVICE, scale=0.6),
    Sector(
        key="trade",
        label="Thương mại",
        called=("Thương mại", "Siêu thị"),
        women=0.6,
        schooling=SKILLED,
        hours=SERVICE,
        scale=0.5,
    ),
    Sector(
        key="tourism",
        label="Du lịch",
        called=("Du lịch", "Khách sạn"),
        women=0.58,
        schooling=SKILLED,
        hours=SERVICE,
        scale=0.6,
    ),
    Sector(key="packaging", label="Bao bì", called=("Bao bì", "In"), women=0.46),
    Sector(
        key="utility",
        label="Điện, nước, môi trường",
        called=("Cấp nước", "Môi trường"),
        women=0.3,
        schooling=DESK,
        hours=SERVICE,
        ownership=(70, 30, 0),
        legal_forms=("Công ty CP",),
    ),
    Sector(
        key="crops",
        label="Nông, lâm nghiệp",
        called=("Cà phê", "Cao su", "Nông sản"),
        women=0.48,
        hours=DAYS,
        ownership=(30, 66, 4),
    ),
)

PUBLIC = (
    Sector(
        key="education",
        label="Giáo dục",
        called=("Trường Mầm non", "Trường Tiểu học", "Trường THCS", "Trường THPT"),
        women=0.76,
        schooling=LEARNED,
        hours=OFFICE,
    ),
    Sector(
        key="health", label="Y tế", called=("Trạm Y tế", "Trung tâm Y tế"), women=0.66, schooling=LEARNED, hours=SERVICE
    ),
    Sector(
        key="office",
        label="Hành chính",
        called=("Văn phòng", "Ban Quản lý", "Trung tâm Phục vụ"),
        women=0.42,
        schooling=LEARNED,
        hours=OFFICE,
    ),
)

SECTORS = {sector.key: sector for sector in (*ENTERPRISE, *PUBLIC)}

_BRANDS = (
    "Hoa Sim, Gió Nồm, Mưa Ngâu, Sao Hôm, Trăng Rằm, Nón Lá, Sáo Trúc, Cánh Diều, Đom Đóm, Hạt Sương, "
    "Bến Đò Xưa, Cây Gạo, Chuồn Chuồn, Mây Tre, Lá Dừa, Bông Lúa, Sóng Bạc, Nắng Mai, Ngọn Đèn, Tiếng Ve, "
    "Dã Quỳ, Suối Reo, Cỏ Lau, Hoa Gạo, Bìm Bịp, Chim Sâu, Bồ Công Anh, Vầng Đông, Ráng Chiều, Khói Bếp, "
    "Giếng Làng, Cầu Tre, Ổi Hồng, Mận Chín, Tổ Ong, Con Suốt, Guồng Nước, Thuyền Thúng, Đồng Muối, Cát Vàng, "
    "Đá Cuội, Núi Xanh, Rừng Thông, Hoa Lau, Hoa Muống Biển, Cò Trắng, Én Nhỏ, Sơn Ca, Vành Khuyên, Chích Choè, "
    "Hạt Gạo, Ba Lá, Bốn Mùa, Năm Cánh, Sáu Nhịp, Bảy Sắc, Tám Thơm, Chín Nhánh, Mười Hoa, Trầu Xanh, Cau Vàng, "
    "Quế Thơm, Gừng Cay, Muối Mặn, Dâu Tằm, Tơ Vàng, Chỉ Hồng, Kim Khâu, Khung Cửi, Võng Đay, Chiếu Cói, "
    "Gốm Mộc, Đèn Lồng, Trống Cơm, Đàn Bầu"
)
BRANDS = tuple(_BRANDS.split(", "))
