"""Pools of Vietnamese names, combined at random: every full name is synthetic.

Weights follow what one sees in any class list of the region: Nguyễn about a third, Huỳnh and Võ rather than
Hoàng and Vũ.
The upland pools give the names of Bahnar and Jrai neighbours, whose apostrophes are a good test of every form.
"""

from dataclasses import dataclass
from itertools import accumulate
from random import Random


@dataclass(frozen=True, slots=True)
class Pool:
    words: tuple[str, ...]
    weights: tuple[int, ...]

    def pick(self, rng: Random, how_many: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self.weights, k=how_many)


def _pool(text: str, *, weights: tuple[int, ...] = ()) -> Pool:
    words = tuple(word.replace("_", " ") for word in text.split())
    return Pool(words, tuple(accumulate(weights + (1,) * (len(words) - len(weights)))))


FAMILY = _pool(
    "Nguyễn Trần Lê Phạm Huỳnh Võ Phan Đặng Bùi Đỗ Hồ Trương Ngô Dương Đinh Lý Mai Đoàn Hà Cao Tạ Châu Lương Thái Văn "
    "Tô Lâm Trịnh Đào Nguyễn_Trần Từ Diệp Quách Kiều Tăng La Bành Ung",
    weights=(
        310,
        110,
        95,
        60,
        55,
        50,
        45,
        25,
        22,
        20,
        20,
        18,
        16,
        14,
        12,
        10,
        10,
        9,
        8,
        7,
        6,
        6,
        5,
        5,
        4,
        4,
        4,
        4,
        3,
        2,
    ),
)
UPLAND_FAMILY = _pool("Đinh Siu Ksor Rmah Rơ_Châm Rah_Lan Kpă Nay", weights=(8, 3, 3, 2, 2, 1, 1, 1))

MALE_MIDDLE = _pool(
    "Văn Hữu Đức Minh Quốc Thanh Ngọc Công Xuân Hoàng Đình Quang Anh Trọng Tấn Thành Duy Gia Bá Thế Nhật Trung Chí "
    "Hồng",
    weights=(60, 18, 16, 16, 15, 14, 12, 11, 10, 10, 9, 8, 7, 7, 6, 6, 6, 4, 3, 3, 3, 3, 2, 2),
)
FEMALE_MIDDLE = _pool(
    "Thị Thị_Thanh Ngọc Thị_Kim Thanh Thuỳ Kim Thị_Ngọc Mỹ Bích Thị_Mỹ Thị_Bích Hồng Phương Thị_Thuý Minh Khánh Bảo "
    "Diệu Tường Cẩm Như Quỳnh Lệ",
    weights=(90, 18, 16, 14, 12, 11, 11, 10, 9, 9, 8, 8, 7, 7, 6, 6, 4, 4, 4, 3, 3, 3, 2, 2),
)
MALE_GIVEN = _pool(
    "Hùng Dũng Tuấn Thành Bình Hải Nam Long Cường Tâm Phúc Hiếu Minh Trung Sơn Thắng Tài Đạt Khánh Quang Toàn Phương "
    "An Vinh Khoa Hậu Nghĩa Lộc Thịnh Tín Vũ Duy Nhân Lâm Hoà Đức Tiến Hưng Phong Kiên Việt Bảo Huy Danh Trí Quân Khôi "
    "Chiến Lực Trường Thông Ân Đông Ngọc",
    weights=(20, 18, 18, 16, 14, 14, 13, 12, 12, 12, 11, 11, 10, 10, 10, 10, 9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 6, 6, 6, 5),
)
FEMALE_GIVEN = _pool(
    "Hương Lan Hằng Thảo Trang Hạnh Nga Linh Thuý Loan Hoa Thu Phượng Yến Ngân Vy Nhung Dung Oanh Tuyết Vân Tâm Hiền "
    "Liên Bình Trinh Thương Diễm Nguyệt Mai Cúc Sương Trâm Nhi Quyên Ánh Ly Duyên Hà Thơ Kiều Mơ Thoa Uyên Giang Chi "
    "Hoà Thuận Lài Sen Ngọc Anh Quỳnh Ưng",
    weights=(18, 17, 16, 15, 15, 14, 13, 13, 13, 12, 12, 12, 11, 11, 10, 10, 9, 9, 9, 9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 6),
)
UPLAND_MALE_GIVEN = _pool("Hùng Nhớ Bin Thoan Blơn Khuê Đoan Thuyên Kiệt Blưt Sinh Thành")
UPLAND_FEMALE_GIVEN = _pool("H'Lan H'Nhung H'Bia H'Liên H'Duyên H'Oanh Bâng Lụa Nhơi Thuý")


def full_names(rng: Random, women: list[bool], *, upland_share: float = 0.0) -> list[str]:
    """One full name (NFC) for each entry of `women`."""
    size = len(women)
    families, men_middle, women_middle = (pool.pick(rng, size) for pool in (FAMILY, MALE_MIDDLE, FEMALE_MIDDLE))
    men_given, women_given = MALE_GIVEN.pick(rng, size), FEMALE_GIVEN.pick(rng, size)
    lowland = [
        f"{family} {female_middle} {female}" if woman else f"{family} {male_middle} {male}"
        for family, woman, male_middle, male, female_middle, female in zip(
            families, women, men_middle, men_given, women_middle, women_given, strict=True
        )
    ]
    if not upland_share:
        return lowland
    return [
        _upland(rng, woman) if rng.random() < upland_share else name for name, woman in zip(lowland, women, strict=True)
    ]


def _upland(rng: Random, woman: bool) -> str:
    given = UPLAND_FEMALE_GIVEN if woman else UPLAND_MALE_GIVEN
    return f"{UPLAND_FAMILY.pick(rng, 1)[0]} {given.pick(rng, 1)[0]}"
