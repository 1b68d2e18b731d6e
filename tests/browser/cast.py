"""The small federation in which journeys take place: three levels, one plan, one person for each kind of work."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from modelsearch import index

from loa.audience import actions as audience
from loa.audience.actions import Said
from loa.audience.models import Topic
from loa.base.dates import HANOI, today
from loa.base.text import slug
from loa.ledger.facts import SYSTEM
from loa.newsroom import actions as newsroom
from loa.newsroom.actions import EventSaid
from loa.newsroom.actions import Said as WageSaid
from loa.newsroom.models import Coverage, Photo, SharedFact, Story, StoryPhoto, Term
from loa.people.models import Account, Unit
from loa.planning import planfile
from loa.planning.actions import loading
from loa.planning.models import PeriodKind
from loa.reports import actions as reporting
from loa.reports import queries as reports
from loa.reports.models import Report
from tests import make, make_reports
from tests import make_news as news

PASSWORD = "loa noi cho moi nguoi nghe"
PLAN = Path(__file__).parents[2] / "plans/binh-dinh-2023-2028.yaml"
TOPIC = "Tiền lương tối thiểu"


def assemble() -> None:
    """All sign in with PASSWORD: nguoi-viet@, duyet@, tinh@, chu-tich@, quan-tri@vi-du.example; the worker by phone."""
    now = timezone.now()
    province = make.unit(code="LDLD-BD", name="LĐLĐ tỉnh (minh họa)", kind_code="province", flags=("province",))
    district = make.unit(
        code="QN", name="LĐLĐ thành phố (minh họa)", parent=province, kind_code="district", flags=("upper_level",)
    )
    mill = make.unit(code="QN-001", name="CĐCS Công ty May (minh họa)", parent=district, flags=("grassroots",))
    make.unit(code="XA", name="LĐLĐ huyện khác (minh họa)", parent=province, kind_code="district")
    loading.load_plan(planfile.read(PLAN.read_text(encoding="utf-8")), by=SYSTEM, at=now)
    topic = audience.name_topic(TOPIC, year=now.year, by=SYSTEM, at=now)
    crowd = [make.person(unit=mill, name=f"Nguyễn Văn Mẫu {n}") for n in range(24)]
    audience.take_over(topic, Said.READ, [(person.pk, mill.pk) for person in crowd[:10]])
    audience.count_reach(on=today(now) - timedelta(days=40 if now.month > 2 else 0), by=SYSTEM, at=now)
    audience.count_reach(on=today(now), by=SYSTEM, at=now)
    _account("nguoi-viet", "Người viết", "officer", district)
    _account("duyet", "Người duyệt", "approver", district)
    _account("tinh", "Ban Tuyên giáo", "planner", province)
    _account("quan-tri", "Người quản trị", "administrator", province)
    _account("chu-tich", "Chủ tịch cơ sở", "chair", mill)
    _account("nguoi-khac", "Người nơi khác", "officer", Unit.objects.get(code="XA"))
    worker = make.account(name="Người lao động", person=crowd[20], phone="+84905000123", email=None)
    worker.set_password(PASSWORD)
    worker.save()


def count_people() -> None:
    """As at the end of a month (decision 0022), today."""
    now = timezone.now()
    audience.count_reach(on=today(now), by=SYSTEM, at=now)


def _account(name: str, shown: str, role: str, unit: Unit) -> Account:
    account = make.account(email=f"{name}@vi-du.example", name=shown, role=role, unit=unit)
    account.set_password(PASSWORD)
    account.save()
    return account


def begin() -> None:
    """Two drafts of the district and two pictures, told apart by their titles."""
    unit = Unit.objects.get(code="QN")
    for title in ("Đường Nguyễn Huệ sạch đẹp", "Bữa ăn ca của tổ may"):
        if not Story.objects.filter(title=title).exists():
            news.story(unit=unit, title=title, published_at=None, short="Một câu.").save_revision()
    for title in ("Đường hoa mùa xuân", "Bếp ăn của nhà máy"):
        if not Photo.objects.filter(title=title).exists():
            index.insert_or_update_object(news.photo(unit=unit, title=title, alt=title))


def publish() -> None:
    """One story on the topic of the year, out since yesterday."""
    if Story.objects.filter(slug="chinh-sach-mau").exists():
        return
    news.story(
        unit=Unit.objects.get(code="QN"),
        title="Chính sách mẫu",
        slug="chinh-sach-mau",
        kind=Story.Kind.POLICY,
        topic=Topic.objects.get(),
        themes=("phap-luat-quyen-loi",),
        summary="Một tin ngắn về chính sách, viết cho dễ hiểu.",
        short="Câu thứ nhất.\nCâu thứ hai.",
        deep="<p>Đoạn văn đầy đủ hơn.</p>",
        published_at=timezone.now() - timedelta(days=1),
    )
    _other_kinds()
    said = EventSaid(name="Hội thao", first_on=today(timezone.now()), repeats="moon", public=True, words="Kéo co.")
    planner = Account.objects.get(email="tinh@vi-du.example")
    newsroom.plan_event(said, unit=Unit.objects.get(code="QN"), by=planner, at=timezone.now())


def _other_kinds() -> None:
    """A photo story, a question whose answer has a term in it, and that in English."""
    unit, at = Unit.objects.get(code="QN"), timezone.now() - timedelta(days=2)
    photos = [news.photo(unit=unit, title=f"Ảnh {n}", alt=f"Ảnh {n}") for n in range(2)]
    told = news.story(unit=unit, title="Ảnh mẫu", slug="anh-mau", photo=photos[0], published_at=at)
    told.photos = [StoryPhoto(photo=photo, caption="Đầu ca sáng.") for photo in photos]
    told.save()
    Term.objects.create(name="mức lương sàn", plain="Mức tiền thấp nhất được phép trả.")
    asked = news.story(
        unit=unit, title="Hỏi mẫu", slug="hoi-mau", question="Lương tôi đúng chưa?",
        short="Hãy xem mức lương sàn nơi bạn làm.", published_at=at,
    )  # fmt: skip
    news.story(
        unit=unit, title="Loa 24/7", slug="english-sample", language="en", question="Is my pay right?",
        short="See the minimum of your region.", published_at=at,
        same_as=asked, joined_as=Story.Joined.TRANSLATION, joined_at=at,
    )  # fmt: skip


def plan() -> None:
    """One product of the district, due at noon of the Wednesday of this week."""
    now, unit = timezone.now(), Unit.objects.get(code="QN")
    if Coverage.objects.filter(title="Tin giữa tuần").exists():
        return
    wednesday = today(now) + timedelta(days=2 - today(now).weekday())
    newsroom.plan_coverage(
        "Tin giữa tuần",
        unit=unit,
        kind=Story.Kind.IMAGE,
        product_type=news.product_type(),
        due_at=datetime.combine(wednesday, time(12), tzinfo=HANOI),
        by=Account.objects.get(email="nguoi-viet@vi-du.example"),
        at=now,
    )


def owe() -> str:
    """The code of the report that the district owes for the period that ended last.

    It comes after one of the year before, by which the district had held ten meetings.
    """
    now, unit = timezone.now(), Unit.objects.get(code="QN")
    make_reports.load_forms()
    over = [term for term in reports.terms_on(today(now)) if term.measured and term.period.last < today(now)]
    term = max(over, key=lambda one: one.period.last)
    before = make_reports.received(unit, replace(term, year=term.year - 1), on=term.period.first)
    Report.objects.filter(pk=before.pk).update(entries={"meetings": "10", "attendants": "400"})
    return term.code


def owe_review() -> str:
    """The code of the interim review that the province owes: the plan is looked back upon up to yesterday."""
    now = timezone.now()
    make_reports.load_forms()
    PeriodKind.objects.filter(code="interim-review").update(reviewed_to=today(now) - timedelta(days=1))
    return next(term.code for term in reports.terms_on(today(now)) if term.review and term.period.last < today(now))


def gather() -> int:
    """The key of a report of the province, handed in, that adds up what was accepted below: nothing yet."""
    now, province = timezone.now(), Unit.objects.get(code="LDLD-BD")
    writer = Account.objects.get(email="quan-tri@vi-du.example")
    make_reports.load_forms()
    ended = [one for one in reports.terms_on(today(now)) if one.period.last < today(now) and not one.review]
    term = max((one for one in ended if reports.owes(province.pk, one)), key=lambda one: one.period.last)
    made = reporting.prefill(province.pk, term=term, by=writer, at=now)
    figures = {"meetings": "3", "attendants": "90"}
    made = reporting.write(made, texts=make_reports.TEXTS, entries=figures, by=writer, at=now)
    cover = make_reports.cover(number="78/BC-LĐLĐ", issued_on=today(now))
    return reporting.submit(made, cover=cover, by=writer, at=now).pk


def amend(title: str, short: str) -> None:
    """A story of the district that is out says otherwise from now on."""
    now = timezone.now()
    officer, planner = (Account.objects.get(email=f"{one}@vi-du.example") for one in ("nguoi-viet", "tinh"))
    latest = Story.objects.get(title=title).get_latest_revision_as_object()
    latest.short = short
    newsroom.draft(latest, by=officer, at=now)
    newsroom.correct(latest, note="Số cũ đã sai.", by=planner, at=now)


def tell_wage(name: str) -> Any:
    """A fact of the province, and a story each of the district and of the province that state it; the latter's key."""
    now, province = timezone.now(), Unit.objects.get(code="LDLD-BD")
    district = Unit.objects.get(code="QN")
    planner, officer = (Account.objects.get(email=f"{one}@vi-du.example") for one in ("tinh", "nguoi-viet"))
    said = WageSaid(value="3.860.000 đồng/tháng", valid_from=today(now) - timedelta(days=300), source="Nghị định mẫu")
    fact = newsroom.record_fact(name, said, unit=province, by=planner, at=now)
    told: dict[str, Any] = {"short": "Mức lương là 3,86 triệu đồng mỗi tháng.", "published_at": now - timedelta(days=1)}
    title = f"Bài của thành phố về {name}"
    below = news.story(unit=district, author=officer, title=title, slug=slug(title), **told)
    above = news.story(unit=province, author=planner, title=f"Bài của tỉnh về {name}", **told)
    for story, by in ((below, officer), (above, planner)):
        newsroom.use_facts(story, chosen=[fact.pk], by=by, at=now)
    return above.pk


def meet_about_wage() -> None:
    """An event of the district whose words repeat the figure."""
    now, officer = timezone.now(), Account.objects.get(email="nguoi-viet@vi-du.example")
    said = EventSaid(name="Họp về lương", first_on=today(now) + timedelta(days=3), words="Mức 3.860.000 đồng.")
    newsroom.plan_event(said, unit=Unit.objects.get(code="QN"), by=officer, at=now)


def raise_wage(name: str, *, wrong: bool = False) -> None:
    """It changes from today on, or was wrong from the beginning."""
    now, planner = timezone.now(), Account.objects.get(email="tinh@vi-du.example")
    fact = SharedFact.objects.get(name=name)
    version = fact.versions.get()
    since = version.valid_from if wrong else today(now)
    said = WageSaid(value="4.140.000 đồng/tháng", valid_from=since, source="Nghị định mẫu")
    about: dict[str, Any] = {"note": "Mức mới.", "seen": version.pk, "by": planner, "at": now}
    if wrong:
        newsroom.correct_fact(fact, said, version=version, **about)
    else:
        newsroom.change_fact(fact, said, **about)
