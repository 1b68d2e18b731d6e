"""The life of a report as a machine: any actions by anybody in any order, and attacks past the actions.

Whatever happens, an accepted figure stays what it was, nobody accepts what they wrote, and what was refused left no
trace. A quarter of the examples of the profile begins at each stage of the report: 25 each, 100 in all, in `make test`,
and 500 each, 2,000 in all, in `make test-nightly`; each takes up to eight steps.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.reports import actions, policies, queries
from loa.reports.models import Correction, EvidenceRow, FormVersion, Remark, Report
from tests import make, make_reports
from tests.make_reports import AFTER
from tests.planning import plans

pytestmark = [pytest.mark.django_db, pytest.mark.properties]

STAGES = ["draft", "submitted", "agreed", "accepted"]
LATER = AFTER + timedelta(days=200)
WHO = st.sampled_from(
    ["writer", "second", "middle", "own_leader", "own_admin", "chief", "leader", "admin", "auditor", "stranger", "root"]
)
TEXT = st.sampled_from(["", "Một câu.", "Câu khác."])
FIGURE = st.sampled_from(["", "0", "5", "7", "nhiều"])
FORM = """\
plan: binh-dinh-2023-2028
forms:
  - id: upper
    name: Báo cáo mẫu
    reports: [half-year]
    valid_from: 2024-01-02
    steps: 2
    sections:
      - id: I
        title: Nội dung
        items:
          - {figures: [T8]}
          - {entry: meetings, label: Số buổi, type: integer, least: 0, most: 6}
          - {passage: directions}
"""


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


@pytest.fixture(params=STAGES)
def world(request, storage):
    """A report that two levels have to accept, so far along, and everybody who may come near it.

    Made once for all examples, which are taken back one by one: making it takes longer than they do.
    """
    province = make.unit()
    region = make.unit(parent=province)
    district = make_reports.upper(region)
    plans.load_with(province, plans.indicator("T8", "newsroom.items", unit="count", values={"upper": 60}))
    make_reports.load_forms(FORM)
    make_reports.published(district)
    roles = {
        "writer": ("officer", district),
        "second": ("officer", district),
        "own_leader": ("leader", district),
        "own_admin": ("administrator", district),
        "middle": ("leader", region),
        "chief": ("planner", province),
        "leader": ("leader", province),
        "admin": ("administrator", province),
        "auditor": ("auditor", province),
        "stranger": ("administrator", make_reports.upper(province)),
    }
    people = {name: make.account(role=role, unit=unit) for name, (role, unit) in roles.items()} | {
        "root": make.superuser()
    }
    report = actions.prefill(district.pk, term=make_reports.term(), by=people["writer"], at=AFTER)
    stage = STAGES.index(request.param)
    if stage >= 1:
        report = actions.submit(report, cover=make_reports.cover(), by=people["writer"], at=AFTER)
    for judge in ("middle", "chief")[: max(stage - 1, 0)]:
        report = actions.accept(report, by=people[judge], at=AFTER)
    return people, report


def everything(report):
    """All that an accepted report says, straight from the tables."""
    row = Report.objects.filter(pk=report.pk).values().get()
    rows = list(EvidenceRow.objects.filter(report=report).order_by("pk").values())
    return row, rows, list(Remark.objects.filter(report=report).order_by("pk").values())


def traces(report):
    corrections = list(Correction.objects.order_by("pk").values())
    return Entry.objects.count(), everything(report), corrections


def machine(people, report):
    class Life(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            self.clock = LATER
            self.known = traces(report)
            self.agreed = {}
            self.accepted = everything(report) if report.state == Report.State.ACCEPTED else None

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

        def attempt(self, act, who, *args, **kwargs):
            """Do it, or be refused without a trace."""
            self.clock += timedelta(minutes=20)
            try:
                with transaction.atomic():
                    act(*args, by=people[who], at=self.clock, **kwargs)
            except Refused:
                assert traces(report) == self.known
                return False
            self.known = traces(report)
            return True

        def now(self):
            return Report.objects.select_related("unit", "form").get(pk=report.pk)

        @rule(who=WHO)
        def prefill(self, who):
            self.attempt(actions.prefill, who, report.unit_id, term=make_reports.term())

        @rule(who=WHO, text=TEXT, figure=FIGURE)
        def write(self, who, text, figure):
            answers = {remark.place: "Đã sửa." for remark in queries.open_remarks(self.now())}
            given = {"texts": {"directions": text}, "entries": {"meetings": figure}, "answers": answers}
            self.attempt(actions.write, who, self.now(), **given)

        @rule(who=WHO, number=st.sampled_from(["12/BC-LĐLĐ", "13/BC-LĐLĐ", ""]))
        def hand_in(self, who, number):
            self.attempt(actions.submit, who, self.now(), cover=make_reports.cover(number=number))

        @rule(who=WHO, text=TEXT, place=st.sampled_from(["", "T8", "meetings", "nowhere"]))
        def give_back(self, who, text, place):
            self.attempt(actions.return_with_remarks, who, self.now(), remarks="", notes={place: text})

        @rule(who=WHO)
        def accept(self, who):
            authors = policies.authors(self.now())
            done = self.attempt(actions.accept, who, self.now())
            assert not done or people[who].ref not in authors
            if self.now().state == Report.State.ACCEPTED and self.accepted is None:
                self.accepted = everything(report)

        @rule(who=WHO, place=st.sampled_from(["T8", "meetings", "nowhere"]), figure=FIGURE, reason=TEXT)
        def correct(self, who, place, figure, reason):
            given = {"place": place, "typed": {"value": figure}, "reason": reason, "proof": "Biên bản số 3"}
            self.attempt(actions.correct, who, self.now(), **given)

        @rule(who=WHO, text=TEXT)
        def correct_a_passage(self, who, text):
            given = {"place": "directions", "typed": {"text": text}, "reason": "Ghi nhầm.", "proof": "Biên bản số 3"}
            self.attempt(actions.correct, who, self.now(), **given)

        @rule(who=WHO, yes=st.booleans(), text=TEXT)
        def judge_correction(self, who, yes, text):
            for correction in Correction.objects.filter(report=report):
                authors = policies.authors(self.now())
                if yes:
                    done = self.attempt(actions.accept_correction, who, correction)
                else:
                    done = self.attempt(actions.return_correction, who, correction, remarks=text)
                assert not done or people[who].ref not in authors
            self.agreed |= {row["id"]: row for row in Correction.objects.filter(state="accepted").values()}

        @rule(how=st.integers(0, 11))
        def attack(self, how):
            """Past all actions, as a programmer or the superuser's shell could."""
            if self.accepted is None:
                return
            now = self.now()
            attacks = [
                lambda: Report.objects.filter(pk=now.pk).update(figures=[], state="draft"),
                lambda: Report.objects.bulk_update([Report(pk=now.pk, entries={"meetings": "1"})], ["entries"]),
                lambda: now.save(update_fields=["narrative"]),
                lambda: EvidenceRow.objects.filter(report=now).update(counts=9),
                lambda: EvidenceRow.objects.bulk_create([EvidenceRow(report=now, target="T8", position=99, counts=1)]),
                lambda: EvidenceRow.objects.filter(report=now)._raw_delete(using="default"),
                lambda: Remark.objects.bulk_create([Remark(report=now, round=99, text="x", by="x", at=LATER)]),
                lambda: FormVersion.objects.filter(pk=now.form_id).update(fingerprint="x"),
                lambda: sql("DELETE FROM reports_report WHERE id = %s", now.pk),
                lambda: sql("UPDATE reports_report SET narrative = '[]' WHERE id = %s", now.pk),
                lambda: Correction.objects.filter(pk=min(self.agreed)).update(new={"text": "Khác."}),
                lambda: Correction.objects.filter(pk=min(self.agreed))._raw_delete(using="default"),
            ]
            if how >= len(attacks) - 2 and not self.agreed:
                return
            with pytest.raises(DatabaseError), transaction.atomic():
                attacks[how]()
            assert traces(report) == self.known

        @invariant()
        def what_was_accepted_stays(self):
            if self.accepted is not None:
                assert everything(report) == self.accepted
                assert queries.intact(self.now())

        @invariant()
        def accepted_corrections_stay(self):
            assert {
                row["id"]: row for row in Correction.objects.filter(pk__in=list(self.agreed)).values()
            } == self.agreed

        @invariant()
        def corrections_have_numbers_of_their_own(self):
            numbers = sorted(Correction.objects.values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))

    return Life


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_no_path_of_actions_edits_what_was_accepted_and_refusals_leave_no_trace(world):
    people, report = world

    run_state_machine_as_test(
        machine(people, report),
        settings=settings(
            max_examples=settings().max_examples // len(STAGES),
            stateful_step_count=8,
            database=None,
        ),
    )
