"""Reports handed in and accepted on their days, and tasks in several states."""

from datetime import date, timedelta
from decimal import Decimal

from loa.base.dates import short_date, today
from loa.config.demo import SEED, START, chance
from loa.config.demo.activity import DemoReport
from loa.config.demo.files import Files
from loa.config.demo.places import NEW_ROOT, OLD_ROOT
from loa.config.demo.shapes import UnitRow
from loa.config.demo.world import World, on
from loa.ledger import actions as ledger
from loa.ledger.models import Reaction
from loa.people.models import Account, Unit, UnitPlace
from loa.planning import actions as planning
from loa.planning.models import Plan, Task
from loa.reports import actions, checking, queries
from loa.reports.cover import Cover
from loa.reports.models import Report
from loa.reports.terms import Term

from . import staff
from .staff import Roster, tried_chair

KINDS = {"half": "half-year", "year": "year"}
"""The demo's words for reports, and the plan's."""

DIRECTIONS = (
    "Tiếp tục đưa tin chính sách đến từng tổ công đoàn, ưu tiên các phân xưởng có nhiều ca làm việc.\n"
    "Tăng tin, bài ngắn kèm hình ảnh trên trang tin và fanpage; mỗi công đoàn cơ sở cử một cộng tác viên.\n"
    "(Nội dung minh họa.)"
)
MENDED = DIRECTIONS.replace("trên trang tin và fanpage", "trên trang tin, fanpage và bảng tin ở các phân xưởng")
"""What the passage should have said."""
OF_PROVINCE, QUICK = ("province-half-year", "province-year"), ("grassroots-half-year", "grassroots-year")
"""The plan's words for what the province and grassroots unions owe."""
TOLD = 6
ASKED = "Hỏi nhiều về tiền tăng ca và bữa ăn ca (minh họa)."
SEATS = {OLD_ROOT: "Bình Định", NEW_ROOT: "Gia Lai"}
SENT = ("Tổng Liên đoàn Lao động Việt Nam", "Thường trực Tỉnh ủy")
WRITING = timedelta(minutes=20)
ODD = "Kỳ này tổ chức được sắp xếp lại nên số liệu khác nhiều so với kỳ trước (nội dung minh họa)."
DONE = {
    "V1.2": "Đã rà soát và ban hành lại quy chế cung cấp thông tin, lập danh sách cộng tác viên (minh họa).",
    "V3.3": "Tạp chí truyền hình hằng năm đã phát, có đường dẫn trên trang tin (minh họa).",
}
UNDER_WAY = {"V3.2": 60, "V2.9": 35, "V4.1": 20}
"""Tasks of the plan: some are done, with their proof; some have come so far; the others wait."""


def report(world: World, files: Files) -> str:
    """Each report that came, on the day it came; those that never came are the gap that target T14 shows."""
    desk, federation = _Reporting(world), _Federation(world)
    received = [one for one in world.reports if one.submitted_on is not None]
    done = 0
    for one in sorted(received, key=lambda one: one.submitted_on or date.max):
        federation.report_until(one.submitted_on or world.until)
        done += desk.handle(one)
    federation.report_until(world.until)
    desk.send_back()
    desk.put_right()
    quick = federation.of_grassroots_unions()
    federation.begin_review()
    return f"{done} báo cáo của cấp trên cơ sở, {len(federation.done)} của tỉnh, {quick} báo cáo nhanh"


class _Reporting:
    def __init__(self, world: World) -> None:
        self.structure = world.structure
        self.until = world.until
        self.roster = Roster(world)
        self.units = {unit.code: unit for unit in Unit.objects.filter(code__in=world.structure.every)}
        plan = Plan.objects.get()
        self.terms = {(term.kind.code, term.year): term for term in queries.terms_of(plan)}

    def handle(self, told: DemoReport) -> bool:
        """Prefill, write, hand in, accept; False for a unit that owes no such report."""
        term = self.terms[KINDS[told.period], told.year]
        unit = self.units[told.unit]
        assert told.submitted_on is not None
        if not queries.owes(unit.pk, term):
            return False
        writer = self.roster.holders("officer", told.unit, told.submitted_on)[0]
        at = on(told.submitted_on, 9)
        made = actions.prefill(unit.pk, term=term, by=writer, at=at)
        given = self._typed(told, term, made)
        made = actions.write(made, texts={"directions": DIRECTIONS}, entries=given, by=writer, at=at + WRITING)
        odd = {fault.place: ODD for fault in checking.faults(made, queries.form_of(made))}
        made = actions.write(made, reasons=odd, by=writer, at=at + WRITING)
        made = actions.submit(made, cover=self._cover(told, term), by=writer, at=at + timedelta(hours=1))
        if told.accepted_on:
            self._accept(made, told.accepted_on)
        return True

    def send_back(self) -> None:
        """The latest report that still waits goes back, with remarks where they belong."""
        waiting = Report.objects.filter(state=Report.State.SUBMITTED).order_by("-received_on", "-pk").first()
        if waiting is None or waiting.received_on is None:
            return
        day = waiting.received_on + timedelta(days=1)
        notes = {
            "meetings": "Số buổi này gồm cả buổi do cơ sở tự tổ chức? Nhờ anh chị xem lại (minh họa).",
            "directions": "Nêu rõ ai làm, xong trước ngày nào (minh họa).",
        }
        judge = self.roster.judge(waiting.unit.code, day)
        actions.return_with_remarks(waiting, remarks="", notes=notes, by=judge, at=on(day, 10))

    def put_right(self) -> None:
        """One figure and one passage of the latest accepted report were wrong, and are corrected."""
        accepted = Report.objects.filter(state=Report.State.ACCEPTED, last__lt=self.until).order_by("-last", "unit")
        report = next((one for one in accepted if one.entries.get("meetings") and one.accepted_at), None)
        if report is None or report.accepted_at is None:
            return
        day = today(report.accepted_at) + timedelta(days=12)
        judge = self.roster.judge(report.unit.code, day)
        writer = self.roster.holders("officer", report.unit.code, day)[0]
        figure = {"value": str(int(report.entries["meetings"]) + 2)}
        wrong = [
            ("meetings", figure, "Đếm sót hai buổi nói chuyện ở ca đêm", "Biên bản ngày 12 của Ban Chấp hành"),
            ("directions", {"text": MENDED}, "Ghi thiếu nơi đăng", "Kế hoạch truyền thông của đơn vị"),
        ]
        for place, typed, reason, proof in wrong:
            correction = actions.correct(
                report,
                place=place,
                typed=typed,
                reason=f"{reason} (minh họa).",
                proof=f"{proof} (minh họa)",
                by=writer,
                at=on(day, 9),
            )
            actions.accept_correction(correction, by=judge, at=on(day, 15))

    def _typed(self, told: DemoReport, term: Term, made: Report) -> dict[str, str]:
        """What an officer of this union counts by hand, a little more every year."""
        share = chance.share(SEED, "meetings", told.unit)
        meetings = 6 + int(20 * share) + 2 * (term.year - START.year)
        people = meetings * (30 + int(25 * share))
        figures = {
            "meetings": meetings,
            "attendants": people,
            "women": people * 6 // 10,
            "budget": meetings * 1_500_000,
        }
        words = {"spokesperson": "có", "network": "Mới có ở một số nơi"}
        wanted = {name: str(figure) for name, figure in figures.items()} | words
        return {entry.id: wanted[entry.id] for entry in queries.form_of(made).entries if entry.id in wanted}

    def _accept(self, made: Report, day: date) -> None:
        actions.accept(made, by=self.roster.judge(made.unit.code, day), at=on(day, 15))

    def _cover(self, told: DemoReport, term: Term) -> Cover:
        row: UnitRow = self.structure.every[told.unit]
        assert told.submitted_on is not None
        signer = self.roster.holders("approver", told.unit, told.submitted_on)[0]
        issuer = "LĐLĐ" if row.kind == "district" else "CĐ"
        return Cover(
            number=f"{term.year % 100 + term.period.last.month}/BC-{issuer}",
            place=row.area.removeprefix("phường ").removeprefix("xã "),
            issued_on=told.submitted_on,
            signer=signer.name,
            recipients=("Như trên", "Uỷ viên Ban Chấp hành"),
        )


class _Federation:
    """What the province answers for, what a few grassroots unions tell in a minute, and the review of the plan."""

    def __init__(self, world: World) -> None:
        self.until = world.until
        self.roster = Roster(world)
        self.terms = queries.terms_of(Plan.objects.get())
        self.done: list[Report] = []
        ended = [term for term in self.terms if term.kind.code in OF_PROVINCE and term.due_on <= self.until]
        years = [term for term in ended if term.kind.code == "province-year"]
        self.waiting = sorted({*years, *ended[-1:]}, key=lambda term: term.due_on)

    def report_until(self, day: date) -> None:
        """Those due by the day, each a little before it was due."""
        while self.waiting and self.waiting[0].due_on <= day:
            self.done.append(self._report(self.waiting.pop(0)))

    def of_grassroots_unions(self) -> int:
        """The first unions of a ward have told it in a minute; the last two wait for an answer."""
        quick = [term for term in self.terms if term.kind.code in QUICK and term.due_on <= self.until]
        if not quick:
            return 0
        term, team = quick[-1], staff.commune_team(self.until)
        day = term.due_on - timedelta(days=1)
        officers = self.roster.holders("officer", team.unit.code, day)
        ward = UnitPlace.objects.on(term.due_on).get(unit=team.unit).path
        owing = queries.owing(term).filter(places__in=UnitPlace.objects.on(term.due_on).under(ward))
        found = list(owing.exclude(pk=tried_chair(self.until).unit_id).order_by("pk")[:TOLD]) if officers else []
        for index, unit in enumerate(found):
            made = actions.prefill(unit.pk, term=term, by=officers[0], at=on(day, 8))
            meetings = 2 + index
            given = {"meetings": str(meetings), "attendants": str(meetings * 24), "board": "có"}
            made = actions.write(made, entries=given, texts={"asked": ASKED}, by=officers[0], at=on(day, 8))
            made = actions.submit(made, cover=Cover(), by=officers[0], at=on(day, 9))
            if index < TOLD - 2:
                actions.accept(made, by=self.roster.judge(team.unit.code, day), at=on(day, 15))
        return len(found)

    def begin_review(self) -> None:
        """The review whose period is over is being written."""
        over = [term for term in self.terms if term.review and term.period.last < self.until]
        for term in over[-1:]:
            unit, writer = self._root(self.until)
            actions.prefill(unit.pk, term=term, by=writer, at=on(self.until, 8))

    def _report(self, term: Term) -> Report:
        day = term.due_on - timedelta(days=2)
        unit, writer = self._root(day)
        made = actions.prefill(unit.pk, term=term, by=writer, at=on(day, 8))
        made = actions.write(made, texts={"directions": DIRECTIONS}, by=writer, at=on(day, 8))
        odd = {fault.place: ODD for fault in checking.faults(made, queries.form_of(made))}
        made = actions.write(made, reasons=odd, by=writer, at=on(day, 8))
        leader = self.roster.holders("leader", unit.code, day)[0]
        cover = Cover(
            number=f"{90 + term.period.last.month}/BC-LĐLĐ",
            place=SEATS[unit.code],
            issued_on=day,
            signer=leader.name,
            recipients=SENT,
        )
        made = actions.submit(made, cover=cover, by=writer, at=on(day, 10))
        return actions.accept(made, by=self.roster.judge(unit.code, day), at=on(day, 16))

    def _root(self, day: date) -> tuple[Unit, Account]:
        unit = Unit.objects.get(code=staff.root_code("", day))
        return unit, self.roster.holders("officer", unit.code, day)[0]


def work(world: World, files: Files) -> str:
    planner = Roster(world).judge("", world.until)
    tasks = {task.clause: task for task in Plan.objects.get().tasks.all()}
    begun = world.until - timedelta(days=60)
    for clause in (*DONE, *UNDER_WAY):
        planning.take(tasks[clause], by=planner, at=on(begun, 9))
    for clause, progress in UNDER_WAY.items():
        planning.advance(tasks[clause], progress=progress, by=planner, at=on(begun + timedelta(days=30), 9))
    for clause, proof in DONE.items():
        planning.finish(tasks[clause], proof=proof, by=planner, at=on(begun + timedelta(days=45), 9))
    _of_a_commune(world, planner)
    _near_their_end(world, planner)
    _put_right(world, planner)
    return f"{len(DONE)} việc đã xong, {len(UNDER_WAY)} việc đang làm"


def _of_a_commune(world: World, planner: Account) -> None:
    """Something nobody has taken yet, so that the officer who tries Loa finds work on the desk."""
    roster = Roster(world)
    for unit in Unit.objects.filter(
        code__in=[row.code for row in world.structure.on(world.until).values() if row.upper_level]
    ):
        if roster.holders("officer", unit.code, world.until):
            planning.open_task(
                "Gửi ba tin về việc chăm lo Tết cho đoàn viên (minh họa)",
                unit=unit,
                by=planner,
                at=on(world.until - timedelta(days=3), 9),
                due_on=world.until + timedelta(days=14),
            )


def _near_their_end(world: World, planner: Account) -> None:
    """Deadlines of this very week: of a grassroots chair, and one that an officer has let pass."""
    begun, chair = world.until - timedelta(days=5), staff.tried_chair(world.until)
    asked = (
        (chair.unit, "Dán thông báo lịch khám sức khỏe lên bảng tin, gửi ảnh chụp (minh họa)", 0),
        (chair.unit, "Lấy ý kiến đoàn viên về bữa ăn ca, gửi tóm tắt (minh họa)", 2),
        (staff.commune_team(world.until).unit, "Gửi danh sách cộng tác viên của phường (minh họa)", -1),
    )
    for unit, title, days in asked:
        planning.open_task(title, unit=unit, by=planner, at=on(begun, 9), due_on=world.until + timedelta(days=days))


def plan_below(world: World, files: Files) -> str:
    """One union has a plan of its own by a decision, another drafts one; a chair has work that returns each month."""
    planner, day = Roster(world).judge("", world.until), world.until - timedelta(days=20)
    above = Plan.objects.get(parent=None)
    codes = [row.code for row in world.structure.on(world.until).values() if row.upper_level]
    adopted, drafted = Unit.objects.filter(code__in=codes).order_by("pk")[:2]
    more = {("T8", year): Decimal(60 + 6 * (year - day.year)) for year in range(day.year, above.last.year + 1)}
    for unit in (adopted, drafted):
        name = unit.versions.on(world.until).get().label
        title = f"Kế hoạch truyền thông của {name} (minh họa)"
        made = planning.draft_plan(unit, under=above, title=title, wanted=more, by=planner, at=on(day, 9))
        if unit == adopted:
            decision = f"Quyết định số 05/QĐ của {name}, ngày {short_date(day)} (minh họa)"
            planning.adopt_plan(made, decision=decision, by=planner, at=on(day, 15))
    planning.open_task(
        "Thay tin mới trên bảng tin của đơn vị (minh họa)",
        unit=tried_chair(world.until).unit,
        due_on=world.until + timedelta(days=4),
        cadence="monthly",
        by=planner,
        at=on(day, 16),
    )
    return "một kế hoạch đã ban hành, một dự thảo"


def _put_right(world: World, planner: Account) -> None:
    """What corrections asked for on boards and other pages was done in time, but for the latest."""
    for reaction in Reaction.objects.filter(done_at=None).select_related("entry").order_by("pk"):
        ledger.settle(reaction.entry_id, at=reaction.entry.at)
    asked = Task.objects.to_do().filter(subject__startswith="newsroom.placement:")
    for task in asked.filter(due_on__lt=world.until - timedelta(days=20)):
        assert task.due_on is not None
        planning.finish(task, proof="Đã thay bằng bản đúng (minh họa).", by=planner, at=on(task.due_on, 9))
