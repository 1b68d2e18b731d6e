"""Forms as data: what a file becomes, every mistake with its line, and what loading refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.reports import actions, formfile, queries
from loa.reports.formfile import EntryType, Form
from loa.reports.models import FormVersion
from tests import make, make_reports

GOOD = """\
plan: binh-dinh-2023-2028
forms:
  - id: small
    name: Báo cáo nhanh
    reports: [half-year]
    valid_from: 2024-01-01
    owed_by: {flags: [upper_level], members_at_least: 2}
    steps: 2
    reminders: [3, -7]
    sections:
      - id: I
        title: Số liệu
        items:
          - {figures: [T8], beyond: 20}
          - {entry: meetings, label: Số buổi, type: integer, least: 0, most: 10, required: true}
          - {entry: women, label: Lượt nữ, type: integer}
          - {entry: way, label: Cách làm, type: choice, choices: [Loa, Bảng tin]}
          - {passage: said, hint: Một câu.}
    checks:
      - {figure: women, at_most: meetings, say: Không thể nhiều hơn.}
"""


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} must stand in GOOD exactly once"
    return GOOD.replace(old, new)


def mistakes(text: str) -> str:
    with override("en"), pytest.raises(formfile.BadPlan) as caught:
        formfile.read(text, name="x.yaml")
    return str(caught.value)


def test_a_form_is_read_into_values_and_is_the_same_after_storing():
    [form] = formfile.read(GOOD).forms

    assert (form.steps, form.reminders, form.owed_by.members_at_least) == (2, (-7, 3), 2)
    assert form.entry("meetings") == formfile.Entry(
        id="meetings", label="Số buổi", type=EntryType.INTEGER, least=Decimal(0), most=Decimal(10), required=True
    )
    assert [passage.title for passage in form.passages] == ["Số liệu"]
    assert form.beyond("T8") == Decimal(20)
    assert Form.read(form.stored()) == form


def test_the_forms_of_the_house_are_read_and_kept_without_loss():
    forms = formfile.read(make_reports.FORMS.read_text(encoding="utf-8")).forms

    assert [form.id for form in forms] == ["upper", "grassroots", "province-half", "province-year", "province-review"]
    assert [Form.read(form.stored()) for form in forms] == list(forms)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("reports: [half-year]", "reports: half-year", "line 5, forms[1].reports"),
        ("steps: 2", "steps: 3", "line 8, forms[1].steps"),
        ("type: integer, least: 0, most: 10", "type: whole", "line 15, forms[1].sections[1].items[2].type"),
        ("least: 0, most: 10", "least: 11, most: 10", "a limit not below the least"),
        ("type: choice, choices: [Loa, Bảng tin]", "type: choice", "choices for the type choice"),
        ("at_most: meetings", "at_most: way", "line 20, forms[1].checks[1].at_most"),
        ("at_most: meetings", "at_most: meetings, equals: women", "exactly one of at_most, equals"),
        ("{passage: said, hint: Một câu.}", "{sentence: said}", "none of them"),
        ("{passage: said, hint: Một câu.}", "{passage: women}", "already used on line 16"),
        ("reminders: [3, -7]", "reminders: [soon]", "line 9, forms[1].reminders[1]"),
        ("members_at_least: 2", "members_at_least: 5, members_at_most: 2", "not below the least"),
    ],
)
def test_every_mistake_is_named_with_its_line(old, new, said):
    assert said in mistakes(changed(old, new))


def test_several_mistakes_are_named_at_once():
    text = changed("steps: 2", "steps: 9").replace("type: choice, ", "type: color, ")

    assert "2 mistakes" in mistakes(text) or "3 mistakes" in mistakes(text)


# --- loading


@pytest.fixture
def province(db):
    return make_reports.cast(stories=0).province


def test_loading_twice_changes_nothing_and_records_nothing(province):
    before = Entry.objects.count()

    done = make_reports.load_forms()

    assert (done.added, done.changed, done.unchanged) == (0, 0, 8)
    assert Entry.objects.count() == before
    assert FormVersion.objects.count() == 8


def test_a_form_speaks_only_of_what_the_plan_has(province):
    with pytest.raises(Refused, match="half-month"):
        make_reports.load_forms(changed("[half-year]", "[half-month]"))
    with pytest.raises(Refused, match="T99"):
        make_reports.load_forms(changed("[T8]", "[T99]"))
    assert FormVersion.objects.count() == 8


def test_only_planners_of_the_issuer_load_forms(province):
    writer = make.account(role="officer", unit=province)
    with pytest.raises(Refused):
        actions.load_forms(formfile.read(GOOD), by=writer, at=make.NOON)
    planner = make.account(role="planner", unit=province)
    assert actions.load_forms(formfile.read(GOOD), by=planner, at=make.NOON).added == 1


def test_a_form_that_was_used_stays_as_it_is_and_a_newer_version_takes_over(db):
    cast = make_reports.cast()
    report = make_reports.draft(cast)
    house = make_reports.FORMS.read_text(encoding="utf-8")
    text = house.replace("label: Số lượt người dự, type", "label: Số người dự, type", 1)

    with pytest.raises(Refused):
        make_reports.load_forms(text)

    first = text.index("valid_from: 2024-01-01")
    make_reports.load_forms(text[:first] + "valid_from: 2026-07-01" + text[first + len("valid_from: 2024-01-01") :])
    assert report.form is not None
    assert report.form.valid_from == date(2024, 1, 1)
    later = queries.form_for(cast.district.pk, make_reports.term("2026-year"))
    assert later is not None
    assert later.valid_from == date(2026, 7, 1)
    assert "Số người dự" in [entry.label for entry in later.form.entries]
    earlier = queries.form_for(cast.district.pk, make_reports.term())
    assert earlier is not None
    assert earlier.valid_from == date(2024, 1, 1)


def test_who_owes_which_form_depends_on_kind_flag_and_size_on_the_due_day(db):
    cast = make_reports.cast(stories=0)
    large, small = make.unit(parent=cast.district), make.unit(parent=cast.district)
    for number in range(10):
        make.person(unit=large, name=f"Trần Văn {number}")
    make.person(unit=small)
    term = make_reports.term("2026-grassroots-half-year")

    assert [unit.pk for unit in queries.owing(term)] == [large.pk]
    form = queries.form_for(large.pk, term)
    assert form is not None
    assert (form.code, form.form.brief) == ("grassroots", True)
    assert queries.form_for(small.pk, term) is None
    assert not make_reports.term("2026-grassroots-half-year").measured


def test_a_half_of_a_year_names_the_report_of_the_upper_level_first(province):
    assert make_reports.term("2026-H1").kind.code == "half-year"


def test_forms_are_loaded_and_listed_at_the_terminal(province, capsys, tmp_path):
    file = tmp_path / "x.yaml"
    file.write_text(changed("id: small", "id: tiny"), encoding="utf-8")
    call_command("report", "form", "load", str(file))
    call_command("report", "form", "list")

    said = capsys.readouterr().out
    assert "Thêm 1 phiên bản mẫu" in said
    assert "tiny" in said
    file.write_text(changed("steps: 2", "steps: 9"), encoding="utf-8")
    with pytest.raises(CommandError, match="dòng 8"):
        call_command("report", "form", "load", str(file))
