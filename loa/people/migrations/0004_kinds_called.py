"""How lists call the kinds of units that an installation begins with: data, editable afterwards."""

from django.db import migrations

CALLED = {
    "national": ("tong lien doan*", "trung uong"),
    "province": (
        "ldld tinh*",
        "ldld cap tinh*",
        "lien doan lao dong tinh*",
        "lien doan lao dong cap tinh*",
        "tinh",
        "cap tinh",
        "ldld thanh pho truc thuoc*",
        "lien doan lao dong thanh pho truc thuoc*",
    ),
    "district": (
        *(
            f"{union}{level} {area}*"
            for union in ("ldld", "lien doan lao dong")
            for level in ("", " cap")
            for area in ("huyen", "thi xa", "thanh pho", "quan")
        ),
        *(f"{level}{area}" for level in ("", "cap ") for area in ("huyen", "thi xa")),
    ),
    "sector": ("cong doan nganh*", "cd nganh*", "nganh"),
    "economic_zone": (
        *(
            f"{union}{many} {zone}*"
            for union in ("cong doan", "cd")
            for many in ("", " cac")
            for zone in ("khu kinh te", "kkt", "khu cong nghiep", "kcn")
        ),
        "kkt",
        "kcn",
    ),
    "commune": (
        *(f"{union} {area}*" for union in ("cong doan", "cd") for area in ("xa", "phuong")),
        *(f"{level}{area}" for level in ("", "cap ") for area in ("xa", "phuong")),
    ),
    "grassroots": ("cong doan co so*", "cd co so*", "cdcs*", "nghiep doan*", "co so"),
}


def call(apps, schema_editor):
    for kind in apps.get_model("people", "UnitKind").objects.filter(code__in=CALLED, called=[]):
        kind.called = list(CALLED[kind.code])
        kind.save(update_fields=["called"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_decisions")]
    operations = [migrations.RunPython(call, migrations.RunPython.noop)]
