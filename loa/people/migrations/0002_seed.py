"""Kinds of units, the flag plans speak of, and the posts of grassroots committees: all data, editable afterwards."""

from django.db import migrations

KINDS = (
    ("national", "Tổng Liên đoàn", 0),
    ("province", "LĐLĐ tỉnh, thành phố", 1),
    ("sector", "Công đoàn ngành", 2),
    ("economic_zone", "Công đoàn khu kinh tế, khu công nghiệp", 2),
    ("district", "LĐLĐ cấp huyện", 2),
    ("commune", "Công đoàn xã, phường", 3),
    ("grassroots", "Công đoàn cơ sở", 9),
)
UPPER_LEVEL = ("district", "sector", "economic_zone", "commune")
"""Whom the plan calls "công đoàn cấp trên trực tiếp cơ sở" (clause IV.2); communes since 1 July 2025 (DOMAIN.md 1.3)."""
POSTS = (
    ("grassroots-chair", "Chủ tịch CĐCS", "chu tich cdcs", "chair", True),
    ("grassroots-vice-chair", "Phó Chủ tịch CĐCS", "pho chu tich cdcs", "", True),
    ("grassroots-committee", "Uỷ viên BCH CĐCS", "uy vien bch cdcs", "", False),
)


def plant(apps, schema_editor):
    flag, _ = apps.get_model("people", "UnitFlag").objects.get_or_create(
        code="upper_level", defaults={"name": "Công đoàn cấp trên trực tiếp cơ sở"}
    )
    for code, name, level in KINDS:
        kind, _ = apps.get_model("people", "UnitKind").objects.get_or_create(
            code=code, defaults={"name": name, "level": level}
        )
        if code in UPPER_LEVEL:
            kind.default_flags.add(flag)
    for code, name, folded, role, leads in POSTS:
        apps.get_model("people", "Post").objects.get_or_create(
            code=code, defaults={"name": name, "folded": folded, "role": role, "leads": leads}
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
