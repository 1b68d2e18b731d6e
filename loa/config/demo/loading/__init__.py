"""The synthetic world taken over into the database: by the importers and actions that users have, day by day.

Each step is one transaction that ends with its fact in the ledger. A load that was interrupted goes on with the first
step that is missing; one that is complete has nothing to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from django.db import transaction

from loa.config.demo.files import Files
from loa.config.demo.structure import TINY, WHOLE
from loa.config.demo.world import World
from loa.config.events import DemoStepLoaded
from loa.ledger import actions as ledger
from loa.ledger import queries
from loa.ledger.facts import SYSTEM

from . import (
    clips,
    contributions,
    desks,
    front,
    news,
    pictures,
    planning_room,
    reach,
    registry,
    shared_facts,
    sharing,
    staff,
    unit_news,
    units,
)

SUBJECT = "config.demo"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Step:
    """`name` never changes: the ledger knows by it what is loaded. `run` answers with what it did, in a few words."""

    name: str
    saying: str
    run: Callable[[World, Files], str]


STEPS = (
    Step("units", "Đơn vị công đoàn ngày 01/01/2024", units.import_units),
    Step("plan", "Kế hoạch truyền thông 2023-2028", units.load_plan),
    Step("people", "Danh sách đoàn viên, người lao động ngày 01/01/2024", registry.import_first),
    Step("staff", "Tài khoản và vai trò của cán bộ", staff.open_accounts),
    Step("events", "Các quyết định về tổ chức trước ngày 01/7/2025", units.carry_out_first),
    Step("changes", "Biến động đoàn viên đến ngày 30/6/2025", registry.import_changes),
    Step("reorganisation", "Sắp xếp tổ chức ngày 01/7/2025", units.reorganise_all),
    Step("later-events", "Các quyết định về tổ chức từ đó", units.carry_out_since),
    Step("new-staff", "Vai trò của cán bộ sau sắp xếp", staff.follow_careers),
    Step("latest-changes", "Biến động đoàn viên từ đó đến nay", registry.import_latest),
    Step("sign-ins", "Người dùng thử", staff.open_doors),
    Step("topics", "Chủ đề chính sách từng năm", news.name_topics),
    Step("stories", "Tin, bài 2024-2026", news.tell),
    Step("reach", "Người đọc xác nhận, từng tháng", reach.confirm),
    Step("reports", "Báo cáo sáu tháng và báo cáo năm", desks.report),
    Step("tasks", "Việc đang làm và đã xong", desks.work),
    Step("own-plans", "Kế hoạch riêng của công đoàn xã, phường", desks.plan_below),
    Step("waiting", "Bài chờ duyệt, bài hẹn giờ", news.leave_waiting),
    Step("pictures", "Kho ảnh", pictures.fill),
    Step("contributions", "Tin góp của người lao động", contributions.send),
    Step("clips", "Clip, âm thanh", clips.film),
    Step("planning-room", "Lịch biên tập, đề nghị tư liệu", planning_room.plan),
    Step("sharing", "Tin chia sẻ giữa các cấp", sharing.share),
    Step("shared-facts", "Dữ kiện dùng chung", shared_facts.share),
    Step("unit-news", "Tin của công đoàn cơ sở", unit_news.tell),
    Step("channels", "Kênh chính thức", news.list_channels),
    Step("front", "Trang đầu, hỏi đáp, phóng sự ảnh, bản tiếng Anh", front.lay_out),
)


def loaded() -> set[str]:
    """The steps this database already holds."""
    entries = queries.history(SUBJECT).filter(kind=DemoStepLoaded.kind)
    return {entry.data["step"] for entry in entries}


def begun(folder: Path, *, now: datetime) -> World | None:
    """The world whose first steps are in this database: the rest must be of the same day and size."""
    first = queries.history(SUBJECT).filter(kind=DemoStepLoaded.kind).last()
    if first is None:
        return None
    size = TINY if first.data["small"] else WHOLE
    return World(until=date.fromisoformat(first.data["until"]), now=now, folder=folder, size=size)


def missing() -> list[Step]:
    done = loaded()
    return [step for step in STEPS if step.name not in done]


def load(world: World, files: Files, *, say: Say) -> None:
    """Run every step that is missing."""
    steps = missing()
    files.begin({step.name for step in steps})
    for step in steps:
        began = monotonic()
        with transaction.atomic():
            result = step.run(world, files)
            fact = DemoStepLoaded(subject=SUBJECT, step=step.name, until=world.until, small=world.size == TINY)
            ledger.record(fact, by=SYSTEM, at=world.now)
        say(f"  {step.saying}: {result} ({monotonic() - began:.1f} giây)")
