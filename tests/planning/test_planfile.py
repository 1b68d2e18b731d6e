from datetime import date
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest
from django.utils.translation import override

from loa.base.periods import Period
from loa.planning import planfile

SHIPPED = Path(__file__).parents[2] / "plans" / "binh-dinh-2023-2028.yaml"

GOOD = """\
id: small
title: Kế hoạch nhỏ
issuer: {unit: LDLD-X, name: Liên đoàn Lao động tỉnh X}
basis:
  - {title: Nghị quyết, issuer: Đại hội}
period: {first: 2024-01-01, last: 2025-12-31}
levels:
  - {id: province, name: Cấp tỉnh, applies_to: {root: true}}
  - {id: upper, name: Cấp trên cơ sở, applies_to: {flag: upper_level}}
objectives:
  - {id: II.1, short: Lan tỏa, wording: Lan tỏa đến mọi người lao động}
indicators:
  - id: T1
    short: Tin chính sách
    wording: Hàng năm có 85% đoàn viên được tiếp cận thông tin
    definition: Số người xác nhận, trên tổng số người
    measure: audience.confirmed_reach
    unit: percent
    cadence: yearly
    comparison: at_least
    aggregation: [sum, units_meeting]
    targets:
      - {levels: [province, upper], years: {2025: 85}, proposed: {2024: 80.5}}
    source: II.2
content:
  - {id: N1, short: Ba loại hình, wording: Kết hợp hài hòa, modules: [newsroom], source: III.1}
kinds:
  - {id: policy, clause: N1, name: Truyền thông chính sách}
themes:
  - {id: N2.1, short: Giá trị, wording: Các giá trị cốt lõi}
segments:
  - {id: age, clause: N1, name: Độ tuổi}
tasks:
  - id: V1.1
    short: Định hướng
    wording: Người đứng đầu chịu trách nhiệm
    owner: {levels: [province], role: Chủ tịch công đoàn}
    cadence: ongoing
    modules: [planning]
    source: IV.1
calendar:
  - {id: tet, name: Tết Nguyên đán, lunar: 01-01, until: 01-03, verified: false}
reports:
  - {id: half, name: Sáu tháng, first: 12-01, last: 05-31, due_days: 10, due_verified: false, levels: [upper]}
"""


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def refusal(text: str) -> planfile.BadPlan:
    with pytest.raises(planfile.BadPlan) as caught:
        planfile.read(text, name="x.yaml")
    return caught.value


def mistakes(text: str) -> str:
    return str(refusal(text))


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} must stand in GOOD exactly once"
    return GOOD.replace(old, new)


def test_a_plan_is_read_into_values():
    plan = planfile.read(GOOD)

    assert (plan.id, plan.title, plan.issuer_code) == ("small", "Kế hoạch nhỏ", "LDLD-X")
    assert (plan.number, plan.issued_on, plan.note) == (None, None, "")
    assert plan.period == Period(first=date(2024, 1, 1), last=date(2025, 12, 31))
    assert plan.levels[1] == planfile.Level(id="upper", name="Cấp trên cơ sở", root=False, flag="upper_level", kind="")
    [indicator] = plan.indicators
    assert indicator.aggregation == ("sum", "units_meeting")
    assert indicator.targets == (
        planfile.Target(level="province", year=2024, value=Decimal("80.5"), proposed=True),
        planfile.Target(level="province", year=2025, value=Decimal(85), proposed=False),
        planfile.Target(level="upper", year=2024, value=Decimal("80.5"), proposed=True),
        planfile.Target(level="upper", year=2025, value=Decimal(85), proposed=False),
    )
    assert plan.calendar == (
        planfile.Occasion(
            id="tet",
            name="Tết Nguyên đán",
            first=planfile.MonthDay(1, 1),
            last=planfile.MonthDay(1, 3),
            lunar=True,
            verified=False,
            note="",
        ),
    )


def test_every_year_means_each_year_of_the_period():
    plan = planfile.read(changed("years: {2025: 85}, proposed: {2024: 80.5}", "every_year: 85"))

    assert [(t.level, t.year, t.proposed) for t in plan.indicators[0].targets] == [
        ("province", 2024, False),
        ("province", 2025, False),
        ("upper", 2024, False),
        ("upper", 2025, False),
    ]


def test_decomposed_vietnamese_is_composed():
    assert planfile.read(normalize("NFD", GOOD)) == planfile.read(GOOD)


def test_a_report_may_begin_in_the_year_before():
    [report] = planfile.read(GOOD).reports

    assert report.of(2024) == Period(first=date(2023, 12, 1), last=date(2024, 5, 31))
    assert report.due_on(2024) == date(2024, 6, 10)


# what is wrong, in GOOD this, becomes this; then line, path, expected and found of the one mistake
ONE_MISTAKE = [
    (
        "not YAML",
        "measure: audience.confirmed_reach",
        "measure: [audience",
        18,
        "the file as a whole",
        "plain YAML",
        "“    unit: percent”, unreadable from column 9 on",
    ),
    (
        "a tab",
        "    source: II.2",
        "\tsource: II.2",
        24,
        "the file as a whole",
        "plain YAML",
        "“\tsource: II.2”, unreadable from column 1 on",
    ),
    (
        "an alias",
        "title: Kế hoạch nhỏ",
        "title: &t Kế hoạch",
        2,
        "the file as a whole",
        "plain YAML",
        "a reference (& or *)",
    ),
    (
        "a tag",
        "title: Kế hoạch nhỏ",
        "title: !!python/name:os.system x",
        2,
        "the file as a whole",
        "plain YAML",
        "a tag (!)",
    ),
    (
        "unending depth",
        "Kế hoạch nhỏ",
        "[" * 2000,
        2,
        "the file as a whole",
        "plain YAML",
        "tables within tables without end",
    ),
    (
        "a control character",
        "Kế hoạch nhỏ",
        "Kế\x00hoạch",
        2,
        "the file as a whole",
        "plain YAML",
        "a character that is no text",
    ),
    (
        "an unknown key",
        "    unit: percent\n",
        "    unit: percent\n    cadance: yearly\n",
        19,
        "indicators[1].cadance",
        "“cadence”",
        "the unknown key “cadance”",
    ),
    (
        "a key left empty",
        "short: Tin chính sách",
        "short:",
        13,
        "indicators[1]",
        "the key “short”",
        "an empty place",
    ),
    (
        "a repeated key",
        "    source: II.2\n",
        "    source: II.2\n    short: x\n",
        25,
        "indicators[1].short",
        "each key once",
        "it again, after line 14",
    ),
    (
        "a repeated id",
        "id: N2.1,",
        "id: T1,",
        30,
        "themes[1].id",
        "an id of its own",
        "“T1”, already used on line 13",
    ),
    (
        "a bad id",
        "id: T1\n",
        "id: T 1\n",
        13,
        "indicators[1].id",
        "an id of letters, digits, dots and hyphens",
        "“T 1”",
    ),
    (
        "a number for a text",
        "title: Kế hoạch nhỏ",
        "title: 2024",
        2,
        "title",
        "text (in quotes if it looks like a number, a date or yes/no)",
        "“2024”",
    ),
    (
        "a list for a text",
        "title: Kế hoạch nhỏ",
        "title: [x]",
        2,
        "title",
        "text (in quotes if it looks like a number, a date or yes/no)",
        "a list",
    ),
    (
        "a text for a list",
        "aggregation: [sum, units_meeting]",
        "aggregation: sum",
        21,
        "indicators[1].aggregation",
        "a list with at least one row",
        "“sum”",
    ),
    (
        "a text for a table",
        "issuer: {unit: LDLD-X, name: Liên đoàn Lao động tỉnh X}",
        "issuer: LDLD-X",
        3,
        "issuer",
        "a table of keys and values",
        "“LDLD-X”",
    ),
    (
        "a measure's key",
        "audience.confirmed_reach",
        "Reach",
        17,
        "indicators[1].measure",
        "a measure's key such as newsroom.items",
        "“Reach”",
    ),
    (
        "a unit",
        "unit: percent",
        "unit: percents",
        18,
        "indicators[1].unit",
        "“percent”",
        "“percents”",
    ),
    (
        "an indicator without rhythm",
        "cadence: yearly",
        "cadence: ongoing",
        19,
        "indicators[1].cadence",
        "one of half_yearly, yearly, term",
        "“ongoing”",
    ),
    (
        "a comparison",
        "at_least",
        "more",
        20,
        "indicators[1].comparison",
        "one of at_least",
        "“more”",
    ),
    (
        "an aggregation",
        "units_meeting",
        "unit_meeting",
        21,
        "indicators[1].aggregation[2]",
        "“units_meeting”",
        "“unit_meeting”",
    ),
    (
        "a level",
        "levels: [province, upper]",
        "levels: [province, uper]",
        23,
        "indicators[1].targets[1].levels[2]",
        "“upper”",
        "“uper”",
    ),
    (
        "a year outside",
        "{2025: 85}",
        "{2028: 85}",
        23,
        "indicators[1].targets[1].years.2028",
        "a year of the plan's period, 2024 to 2025",
        "“2028”",
    ),
    (
        "no year",
        "{2025: 85}",
        "{next: 85}",
        23,
        "indicators[1].targets[1].years.next",
        "a year such as 2026",
        "“next”",
    ),
    (
        "over 100 percent",
        "{2025: 85}",
        "{2025: 185}",
        23,
        "indicators[1].targets[1].years.2025",
        "a percentage from 0 to 100",
        "“185”",
    ),
    (
        "a text for a figure",
        "{2025: 85}",
        "{2025: many}",
        23,
        "indicators[1].targets[1].years.2025",
        "a percentage from 0 to 100",
        "“many”",
    ),
    (
        "no figure",
        ", years: {2025: 85}, proposed: {2024: 80.5}",
        "",
        23,
        "indicators[1].targets[1]",
        "figures under every_year, years or proposed",
        "no figure",
    ),
    (
        "a clause",
        "{id: policy, clause: N1,",
        "{id: policy, clause: N9,",
        28,
        "kinds[1].clause",
        "one of N1",
        "“N9”",
    ),
    (
        "a module",
        "modules: [planning]",
        "modules: [Kế hoạch]",
        39,
        "tasks[1].modules[1]",
        "a module's name",
        "“Kế hoạch”",
    ),
    (
        "no such day",
        "last: 2025-12-31",
        "last: 2025-02-30",
        6,
        "period.last",
        "a date as year-month-day, such as 2024-12-31",
        "“2025-02-30”",
    ),
    (
        "a day in another form",
        "last: 2025-12-31",
        "last: 31/12/2025",
        6,
        "period.last",
        "a date as year-month-day, such as 2024-12-31",
        "“31/12/2025”",
    ),
    (
        "a level of two sorts",
        "{root: true}",
        "{root: true, kind: tinh}",
        8,
        "levels[1].applies_to",
        "only one of root, flag, kind",
        "a table",
    ),
    (
        "a level of no sort",
        "{root: true}",
        "{root: false}",
        8,
        "levels[1].applies_to",
        "root: true, or a flag, or a kind",
        "a table",
    ),
    (
        "a wrong lunar day",
        "lunar: 01-01",
        "lunar: 12-31",
        42,
        "calendar[1].lunar",
        "a lunar month-day, from 01-01 to 12-30",
        "“12-31”",
    ),
    (
        "a wrong lunar end",
        "until: 01-03",
        "until: 13-03",
        42,
        "calendar[1].until",
        "a lunar month-day, from 01-01 to 12-30",
        "“13-03”",
    ),
    (
        "29 February",
        "lunar: 01-01, until: 01-03",
        "solar: 02-29",
        42,
        "calendar[1].solar",
        "a day that returns every year, as month-day, such as 07-28",
        "“02-29”",
    ),
    (
        "neither sun nor moon",
        "lunar: 01-01, ",
        "",
        42,
        "calendar[1]",
        "either solar or lunar",
        "neither",
    ),
    (
        "sun and moon",
        "lunar: 01-01",
        "lunar: 01-01, solar: 01-01",
        42,
        "calendar[1]",
        "either solar or lunar",
        "both of them",
    ),
    (
        "neither true nor false",
        "verified: false}",
        "verified: no}",
        42,
        "calendar[1].verified",
        "true or false",
        "“no”",
    ),
    (
        "no whole number",
        "due_days: 10",
        "due_days: ten",
        44,
        "reports[1].due_days",
        "a whole number",
        "“ten”",
    ),
    (
        "a hidden character",
        "title: Kế hoạch nhỏ",
        'title: "Kế\\0hoạch"',
        2,
        "title",
        "text without hidden characters",
        "a character that is no text",
    ),
    (
        "an escape beyond Unicode",
        "title: Kế hoạch nhỏ",
        'title: "\\UFFFFFFFF"',
        2,
        "the file as a whole",
        "plain YAML",
        "a character that is no text",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "expected", "found"),
    [case[1:] for case in ONE_MISTAKE],
    ids=[case[0] for case in ONE_MISTAKE],
)
def test_a_mistake_is_told_with_its_line_its_key_and_what_was_expected(old, new, line, path, expected, found):
    assert mistakes(changed(old, new)) == (
        f"x.yaml has 1 mistake:\nline {line}, {path}: expected {expected}, found {found}"
    )


def test_a_missing_key_is_told_where_its_table_begins():
    assert mistakes(changed("    short: Tin chính sách\n", "")) == (
        "x.yaml has 1 mistake:\nline 13, indicators[1]: expected the key “short”, found an empty place"
    )


def test_a_level_has_one_target_a_year():
    line = "line 23, indicators[1].targets[1]: expected one target for each level and year, found two for"

    assert mistakes(changed("{2024: 80.5}", "{2025: 80}")) == (
        f"x.yaml has 2 mistakes:\n{line} province in 2025\n{line} upper in 2025"
    )


def test_an_unknown_key_like_no_other_is_told_which_keys_there_are():
    assert mistakes(changed("{id: age, clause", "{zzz: 1, id: age, clause")) == (
        "x.yaml has 1 mistake:\nline 32, segments[1].zzz: expected one of id, clause, name, found the unknown key “zzz”"
    )


def test_a_period_ends_after_it_begins():
    assert mistakes(changed("last: 2025-12-31", "last: 2023-12-31")).splitlines()[1] == (
        "line 6, period.last: expected a day after the first one, found “2023-12-31”"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "expected a table of keys and values, found an empty place"),
        ("# nothing yet\n", "expected a table of keys and values, found an empty place"),
        ("- a list", "expected a table of keys and values, found a list"),
        ("x: " + "y" * 1_000_000, "expected a file of at most 1 MB, found a larger one"),
    ],
    ids=["empty", "comments only", "a list", "too large"],
)
def test_a_file_that_is_no_plan_gets_one_sentence(text, problem):
    assert mistakes(text) == f"x.yaml has 1 mistake:\nline 1, the file as a whole: {problem}"


def test_two_documents_are_one_too_many():
    assert mistakes(GOOD + "---\nid: other\n") == (
        "x.yaml has 1 mistake:\n"
        "line 45, the file as a whole: expected plain YAML, found “---”, unreadable from column 1 on"
    )


def test_all_mistakes_come_at_once_in_the_order_of_the_file():
    text = changed("cadence: yearly", "cadence: weekly").replace("title: Kế hoạch nhỏ", "title: 7")

    assert [(problem.line, problem.path) for problem in refusal(text).problems] == [
        (2, "title"),
        (19, "indicators[1].cadence"),
    ]


def test_after_twenty_mistakes_only_their_number_is_told():
    rows = "".join(f"  - {{id: extra{number}, short: x}}\n" for number in range(22))
    lines = mistakes(changed("themes:\n", f"themes:\n{rows}")).splitlines()

    assert (lines[0], len(lines), lines[-1]) == ("x.yaml has 22 mistakes:", 22, "… and 2 more")


def test_one_unreadable_period_does_not_make_every_year_a_mistake():
    assert len(refusal(changed("first: 2024-01-01", "first: soon")).problems) == 1


def test_the_shipped_plan_holds_every_clause():
    plan = planfile.read(SHIPPED.read_text(encoding="utf-8"), name=SHIPPED.name)

    assert " ".join(indicator.id for indicator in plan.indicators) == (
        "T1 T2a T2b T3a T3b T3c T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 O2a"
    )
    assert [content.id for content in plan.content] == ["N1", "N2", "N3", "N4"]
    assert [theme.id for theme in plan.themes] == [f"N2.{number}" for number in range(1, 9)]
    assert [task.id for task in plan.tasks] == [
        *(f"V{section}.{number}" for section, most in enumerate([4, 9, 3, 4, 5], 1) for number in range(1, most + 1)),
        *("O1", "O2", "O3"),
    ]
    assert (plan.number, plan.issued_on, plan.issuer_code) == (None, None, "LDLD-BD")


def test_the_shipped_plan_marks_what_the_plan_itself_does_not_say():
    plan = planfile.read(SHIPPED.read_text(encoding="utf-8"))
    digital, items, spending = (
        next(indicator for indicator in plan.indicators if indicator.id == id_) for id_ in ("T4", "T8", "T12")
    )

    path = [digital.target("province", year) for year in range(2024, 2029)]
    assert [(target.value, target.proposed) for target in path if target] == [
        *((Decimal(value), True) for value in (30, 35, 40, 45)),
        (Decimal(50), False),
    ]
    assert [(target.level, target.value, target.proposed) for target in items.targets] == [
        ("upper", Decimal(60), False)
    ] * 5
    assert items.aggregation == ("sum", "units_meeting")
    assert spending.targets == ()
