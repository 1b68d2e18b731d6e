"""The lists a new installation begins with. Staff edit them afterwards; nothing here is read again.

The names are data in the language of those who use them, not messages.
"""

from typing import Any

THEMES: tuple[tuple[str, str], ...] = (
    # Clause N2 of the plan, ① to ⑧.
    ("truyen-thong-gia-tri", "Giá trị và truyền thống"),
    ("phap-luat-quyen-loi", "Pháp luật, chính sách và quyền lợi của người lao động"),
    ("cong-doan-la-gi", "Công đoàn là ai, làm gì"),
    ("loi-ich-doan-vien", "Lợi ích khi là đoàn viên"),
    ("cham-lo-tham-gia", "Chăm lo, tham gia xây dựng chính sách, đối ngoại"),
    ("guong-tot-phan-bac", "Gương tốt, thi đua và phản bác thông tin sai"),
    ("tieng-noi-doan-vien", "Tiếng nói và sáng kiến của đoàn viên"),
    ("su-kien-trong-nam", "Sự kiện trong năm"),
)

PRODUCT_TYPES: tuple[dict[str, Any], ...] = (
    {"code": "tin", "name": "Tin"},
    {"code": "bai", "name": "Bài"},
    {"code": "phong-su-anh", "name": "Phóng sự ảnh"},
    {"code": "clip", "name": "Clip"},
    {"code": "infographic", "name": "Infographic"},
    {"code": "audio", "name": "Bản tin âm thanh"},
    {"code": "hoi-dap", "name": "Hỏi đáp"},
    {"code": "guong-tot", "name": "Gương người tốt, việc tốt"},
    {"code": "poster", "name": "Áp phích"},
    {"code": "tap-chi-truyen-hinh", "name": "Tạp chí truyền hình", "magazine": True},
)

REQUIREMENTS: dict[str, tuple[dict[str, Any], ...]] = {
    "tin": ({"part": "short", "at_most": 120}, {"part": "photo", "binding": False}),
    "bai": ({"part": "deep", "at_least": 60}, {"part": "short", "at_most": 120, "binding": False}),
    "phong-su-anh": ({"part": "photos", "at_least": 5}, {"part": "summary", "at_least": 10}),
    "clip": ({"part": "media"}, {"part": "description", "at_least": 10}),
    "infographic": ({"part": "media"}, {"part": "description", "at_least": 10}),
    "audio": ({"part": "media"}, {"part": "description", "at_least": 10}),
    "hoi-dap": ({"part": "question", "at_least": 4}, {"part": "short", "at_most": 200}),
    "guong-tot": (
        {"part": "consent"},
        {"part": "deep", "at_least": 60},
        {"part": "photo", "binding": False},
    ),
    "poster": ({"part": "description", "at_least": 5},),
    "tap-chi-truyen-hinh": ({"part": "issue"}, {"part": "media"}, {"part": "summary", "at_least": 10}),
}
"""What a story of each type must have to begin with; the lengths are those proposed for short editions (120 syllables
are read out in about half a minute)."""

CHANNELS: tuple[dict[str, Any], ...] = (
    {"code": "trang-nay", "name": "Trang tin này", "digital": True, "union_site": True, "own_site": True},
    {"code": "web-cong-doan", "name": "Trang thông tin của công đoàn khác", "digital": True, "union_site": True},
    {"code": "fanpage", "name": "Fanpage của đơn vị", "digital": True, "own_fanpage": True},
    {"code": "mang-xa-hoi", "name": "Nhóm, trang mạng xã hội khác", "digital": True},
    {"code": "zalo", "name": "Zalo", "digital": True},
    {"code": "bao-dien-tu", "name": "Báo điện tử", "digital": True},
    {"code": "bao-in", "name": "Báo in, bản tin giấy"},
    {"code": "truyen-hinh", "name": "Đài truyền hình"},
    {"code": "phat-thanh", "name": "Đài phát thanh"},
    {"code": "loa", "name": "Loa truyền thanh"},
    {"code": "bang-tin", "name": "Bảng tin"},
    {"code": "pa-no", "name": "Pa nô, áp phích"},
    {"code": "hoi-nghi", "name": "Hội nghị, sinh hoạt"},
)

LICENCES: tuple[dict[str, Any], ...] = (
    {"code": "cua-cong-doan", "name": "Của công đoàn, đăng được"},
    {"code": "nguoi-gui-cho-phep", "name": "Người gửi cho phép đăng"},
    {"code": "dung-lai-ghi-nguon", "name": "Được dùng lại, phải ghi nguồn"},
    {"code": "noi-bo", "name": "Chỉ dùng nội bộ, không đăng", "publishable": False},
)

PROVINCE_RULES: tuple[dict[str, Any], ...] = (
    {"kind": "policy"},
    {"kind": ""},
)
"""Policy stories go to the province whatever else is decided; to begin with, so does everything."""

WORKFLOW = "Duyệt tin, bài"
STEPS: tuple[dict[str, Any], ...] = (
    {"level": "unit", "name": "Đơn vị duyệt", "within_hours": 24, "warn_hours": 6},
    {"level": "province", "name": "Cấp tỉnh duyệt", "within_hours": 24, "warn_hours": 6},
)
