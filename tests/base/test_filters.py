from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("value|long_date", date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        ("value|long_date", datetime(2026, 2, 4, 17, tzinfo=UTC), "ngày 05 tháng 02 năm 2026"),
        ("value|short_date", date(2026, 2, 5), "05/02/2026"),
        ("value|short_date", None, ""),
        ("value|long_date", None, ""),
        ("value|number", 1234.5, "1.234,5"),
        ("value|number:0", 1234.5, "1.235"),
        ("value|number", None, "—"),
        ("value|percent_of:1000", 853, "85,3 %"),
        ("value|percent_of:0", 853, "—"),
        ("value|phone", "+84905123456", "0905 123 456"),
        ("value|phone", None, ""),
    ],
)
def test_filters(expression, value, shown):
    assert Template("{% load vi %}{{ " + expression + " }}").render(Context({"value": value})) == shown
