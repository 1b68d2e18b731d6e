"""The cast of reports: a province with a plan, an upper-level union below it, two people."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from loa.ledger.facts import SYSTEM
from loa.newsroom.models import Story
from loa.people.models import Account, Unit
from loa.people.policies import Scope, scope
from loa.people.roles import Ability
from loa.planning.models import Plan
from loa.reports import actions, formfile, queries
from loa.reports.cover import Cover
from loa.reports.models import Report
from loa.reports.terms import Term

from . import make
from . import make_news as news
from .planning import plans

AFTER = datetime(2026, 6, 3, 3, 0, tzinfo=UTC)
"""10:00 on 3 June 2026: the half-year is over, its report not yet due."""
ON = date(2026, 6, 3)
TEXTS = {"directions": "Sáu tháng cuối năm, đơn vị tiếp tục bám sát kế hoạch."}


FORMS = plans.SOURCE.with_name("binh-dinh-2023-2028.forms.yaml")


@dataclass
class Cast:
    province: Unit
    district: Unit
    writer: Account
    chief: Account
    plan: Plan
    stories: list[Story] = field(default_factory=list)


def cast(*, stories: int = 2) -> Cast:
    """A district that published this many stories on its fanpage in April, its officer, and the province's planner."""
    province = make.unit(name="Liên đoàn Lao động tỉnh Mẫu")
    district = upper(province, name="Liên đoàn Lao động huyện Mẫu")
    made = Cast(
        province=province,
        district=district,
        writer=make.account(role="officer", unit=district, name="Lê Thị Soạn"),
        chief=make.account(role="planner", unit=province, name="Phạm Văn Duyệt"),
        plan=plans.load(province),
    )
    load_forms()
    made.stories = [published(district) for _ in range(stories)]
    return made


def load_forms(text: str | None = None) -> actions.Loaded:
    """The forms of the house, or those of `text`."""
    read = formfile.read(FORMS.read_text(encoding="utf-8") if text is None else text, name=FORMS.name)
    return actions.load_forms(read, by=SYSTEM, at=make.NOON)


def upper(province: Unit, **fields: Any) -> Unit:
    """An upper-level union, which owes reports."""
    return make.unit(parent=province, kind_code="district", flags=("upper_level",), **fields)


def published(unit: Unit, *, on: date = date(2026, 4, 10)) -> Story:
    """A story on the unit's own fanpage."""
    made = news.story(unit=unit, published_at=datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC))
    news.channel("fanpage", own_fanpage=True, digital=True)
    news.placement(made, code="fanpage", placed_on=on)
    return made


def term(code: str = "2026-half-year", *, on: date = ON) -> Term:
    found = queries.term_named(code, on=on)
    assert found is not None
    return found


def cover(**fields: Any) -> Cover:
    given: dict[str, Any] = {
        "number": "12/BC-LĐLĐ",
        "place": "Mẫu",
        "issued_on": date(2026, 6, 2),
        "signer": "Người Ký Mẫu",
        "recipients": ("Liên đoàn Lao động tỉnh Mẫu",),
    }
    return Cover(**given | fields)


def draft(of: Cast, *, at: datetime = AFTER) -> Report:
    """Prefilled and written."""
    report = actions.prefill(of.district.pk, term=term(), by=of.writer, at=at)
    return actions.write(report, texts=TEXTS, by=of.writer, at=at)


def submitted(of: Cast, *, at: datetime = AFTER) -> Report:
    return actions.submit(draft(of, at=at), cover=cover(), by=of.writer, at=at)


def accepted(of: Cast, *, at: datetime = AFTER) -> Report:
    return actions.accept(submitted(of, at=at), by=of.chief, at=at)


def received(unit: Unit, term: Term, *, on: date) -> Report:
    """A report as it stands in the database after it was handed in on a day; straight into the tables."""
    made: Report = Report.objects.create(
        unit=unit,
        unit_name=unit.code,
        kind=term.kind.code,
        kind_name=term.kind.name,
        first=term.period.first,
        last=term.period.last,
        due_on=term.due_on,
        as_of=term.period.last,
        state=Report.State.SUBMITTED,
        received_on=on,
        frozen_at=AFTER,
        fingerprint="0" * 64,
    )
    return made


def storages_at(settings: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The storages of the house, with what is private in `folder`."""
    options = {"location": folder, "base_url": None}
    return settings | {"private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}}


def scope_of(account: Account, *, on: date = ON) -> Scope:
    """Where the account sees figures."""
    return scope(account, Ability.SEE_FIGURES, on=on)
