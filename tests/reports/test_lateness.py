"""Reminders that lose and double nothing, and extensions that the level above decides."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from loa.base.errors import Refused
from loa.ledger import actions as ledger
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry, Reaction
from loa.planning.models import Task
from loa.reports import actions, queries
from loa.reports.models import Extension, Reminder
from tests import make, make_reports
from tests.make_reports import AFTER, ON

pytestmark = pytest.mark.django_db

DUE = date(2026, 6, 10)


@pytest.fixture
def cast():
    return make_reports.cast(stories=0)


def remind(on: date) -> int:
    return actions.remind(on=on, by=SYSTEM, at=datetime(on.year, on.month, on.day, 1, 0, tzinfo=UTC))


def settle() -> None:
    for entry_id in Reaction.objects.filter(done_at=None).values_list("entry", flat=True):
        ledger.settle(entry_id, at=AFTER)


def reminded(unit) -> list[int]:
    found = Reminder.objects.filter(unit=unit, kind="half-year", first=date(2025, 12, 1))
    return list(found.order_by("days").values_list("days", flat=True))


def test_a_unit_is_reminded_before_on_and_after_the_day_once_each(cast):
    for day in range(-9, 6):
        remind(DUE + timedelta(days=day))
        remind(DUE + timedelta(days=day))

    assert reminded(cast.district) == [-7, 0, 3]
    kinds = Entry.objects.filter(kind="reports.report-reminded", unit_id=cast.district.pk)
    assert [entry.data["days"] for entry in kinds.filter(data__report_kind="half-year").order_by("pk")] == [-7, 0, 3]


def test_a_missed_day_is_made_up_for_by_the_latest_reminder(cast):
    remind(DUE + timedelta(days=1))

    assert reminded(cast.district) == [0]


class Killed:
    """An actor in the middle of whose third deed the process is killed."""

    def __init__(self):
        self.deeds = 0

    @property
    def ref(self):
        self.deeds += 1
        if self.deeds == 3:
            raise KeyboardInterrupt
        return SYSTEM.ref


def test_a_run_that_was_killed_goes_on_and_doubles_nothing(cast):
    units = [cast.district, *(make_reports.upper(cast.province) for _ in range(4))]
    with pytest.raises(KeyboardInterrupt):
        actions.remind(on=DUE, by=Killed(), at=AFTER)
    remind(DUE)

    assert [reminded(unit) for unit in units] == [[0]] * 5
    facts = Entry.objects.filter(kind="reports.report-reminded", data__report_kind="half-year")
    assert list(facts.order_by("unit_id").values_list("unit_id", flat=True)) == [unit.pk for unit in units]


def test_a_reminder_opens_one_task_and_handing_in_closes_it(cast, settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)
    remind(DUE - timedelta(days=7))
    remind(DUE)
    settle()
    [task] = Task.objects.filter(subject=queries.due_ref(cast.district.pk, make_reports.term()))
    assert (task.title, task.due_on, task.unit) == ("Nộp Báo cáo sáu tháng đầu năm 2026", DUE, cast.district)

    make_reports.submitted(cast)
    settle()

    task.refresh_from_db()
    assert task.state == Task.State.DONE
    remind(DUE + timedelta(days=3))
    assert reminded(cast.district) == [-7, 0]


# --- extensions


def ask(cast, **given) -> Extension:
    term = make_reports.term()
    wanted: dict[str, Any] = {"until": date(2026, 6, 20), "reason": "Bão."} | given
    return actions.ask_for_time(cast.district.pk, term=term, **wanted, by=cast.writer, at=AFTER)


def refuses(action, *args, **kwargs) -> str:
    before = (Entry.objects.count(), list(Extension.objects.values()))
    with pytest.raises(Refused) as refusal, transaction.atomic():
        action(*args, **kwargs)
    assert (Entry.objects.count(), list(Extension.objects.values())) == before
    return str(refusal.value)


def test_the_level_above_grants_more_time_and_the_unit_is_left_in_peace(cast):
    extension = ask(cast)
    actions.decide_extension(extension, granted=True, decision="Đồng ý.", by=cast.chief, at=AFTER)

    remind(DUE)
    assert reminded(cast.district) == []
    remind(date(2026, 6, 21))
    assert reminded(cast.district) == [3]
    rows = queries.extensions_for(make_reports.term(), [cast.district.pk])
    assert rows[cast.district.pk].covers(date(2026, 6, 20))


def test_extensions_are_refused_without_words_twice_and_to_the_wrong_people(cast):
    assert refuses(ask, cast, reason=" ")
    assert refuses(ask, cast, until=DUE)
    extension = ask(cast)
    assert refuses(ask, cast)
    decide = actions.decide_extension
    for other in (cast.writer, make.account(role="leader", unit=cast.district)):
        assert refuses(decide, extension, granted=True, decision="", by=other, at=AFTER)
    assert refuses(decide, extension, granted=False, decision="", by=cast.chief, at=AFTER)
    decide(extension, granted=False, decision="Kỳ này cần sớm.", by=cast.chief, at=AFTER)
    assert refuses(decide, extension, granted=True, decision="", by=cast.chief, at=AFTER)
    assert ask(cast).state == "asked"


def test_a_period_that_was_closed_takes_a_report_only_with_an_extension(cast, settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)
    late = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)
    report = make_reports.draft(cast)
    with pytest.raises(Refused, match="180 ngày"):
        actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=late)

    term = make_reports.term()
    asked = actions.ask_for_time(
        cast.district.pk, term=term, until=date(2026, 12, 24), reason="Bão.", by=cast.writer, at=late
    )
    actions.decide_extension(asked, granted=True, decision="", by=cast.chief, at=late)

    done = actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=late)
    assert (done.state, done.late) == ("submitted", True)


def test_on_the_day_itself_is_after_the_reminder_of_seven_days_before(cast):
    remind(ON)

    assert reminded(cast.district) == [-7]
