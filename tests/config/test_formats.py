"""Days, times and numbers on screens, in both languages."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats, timezone, translation
from wagtail.admin.localization import get_js_translation_strings
from wagtail.admin.widgets import AdminDateInput

from loa.base.dates import long_date

AT = datetime(2026, 2, 5, 8, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def shown(template: str, **values: object) -> str:
    return Template("{% load humanize %}" + template).render(Context(values))


@pytest.mark.parametrize(
    ("language", "form", "expected"),
    [
        ("vi", "DATE_FORMAT", "ngày 05 tháng 02 năm 2026"),
        ("vi", "DATETIME_FORMAT", "08:05 ngày 05 tháng 02 năm 2026"),
        ("vi", "SHORT_DATE_FORMAT", "05/02/2026"),
        ("vi", "SHORT_DATETIME_FORMAT", "08:05 05/02/2026"),
        ("vi", "YEAR_MONTH_FORMAT", "tháng 02 năm 2026"),
        ("vi", "MONTH_DAY_FORMAT", "ngày 05 tháng 02"),
        ("en", "DATE_FORMAT", "5 February 2026"),
        ("en", "SHORT_DATE_FORMAT", "05/02/2026"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language, form, expected):
    with translation.override(language):
        assert formats.date_format(AT, form) == expected


@pytest.mark.parametrize("month", range(1, 13))
def test_screens_write_a_day_as_documents_do(month):
    with translation.override("vi"):
        assert formats.date_format(AT.replace(month=month)) == long_date(AT.replace(month=month).date())


@pytest.mark.parametrize(
    ("language", "template", "value", "expected"),
    [
        ("vi", "{{ value }}", 1234567, "1.234.567"),
        ("vi", "{{ value }}", Decimal("1234.5"), "1.234,5"),
        ("vi", "{{ value|filesizeformat }}", 1_572_864, "1,5 MB"),
        ("vi", "{{ value|intword }}", 2_500_000, "2,5 triệu"),
        ("en", "{{ value }}", Decimal("1234.5"), "1,234.5"),
    ],
)
def test_numbers_and_sizes_are_written_as_the_language_writes_them(language, template, value, expected):
    with translation.override(language):
        assert shown(template, value=value).replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(days=3), "3 ngày trước"),
        (timedelta(days=1, hours=2), "1 ngày, 2 giờ trước"),
        (timedelta(minutes=5), "5 phút trước"),
    ],
)
def test_how_long_ago_is_said_in_one_form_for_any_number(ago, expected):
    with translation.override("vi"):
        assert shown("{{ value|naturaltime }}", value=timezone.now() - ago).replace("\xa0", " ") == expected


@pytest.mark.parametrize("typed", ["05/02/2026", "2026-02-05", "05-02-2026", "05.02.2026"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_typed_day_is_read_with_the_day_first_in_either_language(language, typed):
    with translation.override(language):
        assert forms.DateField(localize=True).clean(typed) == AT.date()
        assert forms.DateField().clean(typed) == AT.date()


def test_the_date_picker_speaks_vietnamese_and_writes_what_the_form_reads():
    with translation.override("vi"):
        strings = get_js_translation_strings()
        widget = AdminDateInput().render("on", AT.date())

    assert strings["MONTHS"][1] == "tháng 02"
    assert strings["WEEKDAYS_SHORT"] == ["CN", "T2", "T3", "T4", "T5", "T6", "T7"]
    assert 'value="05/02/2026"' in widget
    assert "d/m/Y" in widget
    assert '"dayOfWeekStart": 1' in widget
