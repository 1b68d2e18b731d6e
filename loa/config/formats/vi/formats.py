"""Vietnamese: "ngày 05 tháng 02 năm 2026" (NĐ 30/2020/NĐ-CP, appendix I), 05/02/2026, 08:05, 1.234,5.

Django's own leaves "tháng 2" without its zero, writes 05-02-2026, and begins weeks on Sunday. The names of the months
are ours (`tháng 01`, `tháng 02`, `tháng 3`), so that F gives what a document must say.
"""

from .. import reading

DATE_FORMAT = r"\n\gà\y d F \nă\m Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = rf"H:i {DATE_FORMAT}"
YEAR_MONTH_FORMAT = r"F \nă\m Y"
MONTH_DAY_FORMAT = r"\n\gà\y d F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "H:i d/m/Y"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = reading.DATES
TIME_INPUT_FORMATS = reading.TIMES
DATETIME_INPUT_FORMATS = reading.INSTANTS

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
