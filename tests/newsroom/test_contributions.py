"""What workers send in: kept without traces, read by their own newsroom alone, answered, followed, erased."""

import io
import subprocess
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import IntegrityError
from django.urls import reverse
from PIL import Image

from loa.base.errors import Refused
from loa.config import reactions
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.newsroom import actions, queries, recordings, sendings
from loa.newsroom.models import Contribution, ContributionFile, Limits, Photo, Story
from loa.people.policies import Scope
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
FORM = "/gop-tin/"


@pytest.fixture
def cast():
    province = make.unit(name="Liên đoàn tỉnh")
    unit = make.unit(parent=province, name="Công đoàn May Mẫu", code="MM1")
    return {
        "province": province,
        "unit": unit,
        "editor": make.account(role="officer", unit=unit),
        "planner": make.account(role="planner", unit=province),
        "stranger": make.account(role="officer", unit=make.unit(parent=province)),
    }


def photo(name: str = "hinh.jpg") -> SimpleUploadedFile:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    content = io.BytesIO()
    Image.radial_gradient("L").resize((400, 300)).save(content, "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


@pytest.fixture(scope="session")
def spoken(tmp_path_factory):
    """Two seconds of sound, with a place written into the file."""
    path = tmp_path_factory.mktemp("sound") / "spoken.m4a"
    making = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=300:duration=2"]
    subprocess.run([*making, "-metadata", "location=+13.77+109.22/", str(path)], check=True)
    return path.read_bytes()


def sent(unit, **told):
    wanted = {"once": uuid.uuid4(), "text": "Tổ tôi vừa có sáng kiến.", "unit": unit, "by": None, "at": NOON}
    return actions.contribute(**wanted | told)


def typed(**told):
    return {"once": str(uuid.uuid4()), "text": "Ca đêm có bữa ăn mới.", "credit": "none"} | told


def test_what_is_sent_is_kept_without_traces_and_leaves_one_fact(cast, spoken):
    voice = SimpleUploadedFile("ghi-am.m4a", spoken, "audio/mp4")

    kept = sent(cast["unit"], photos=[photo()], voice=voice)

    picture, sound = kept.files.order_by("pk")
    with picture.file.open("rb") as file, Image.open(file) as drawn:
        assert dict(drawn.getexif()) == {}
    assert b"loci" in spoken
    with sound.file.open("rb") as file:
        assert b"loci" not in file.read()
    assert recordings.probe(Path(sound.file.path)).seconds == pytest.approx(2, abs=0.3)
    assert "hinh" not in picture.file.name
    [entry] = Entry.objects.filter(subject=kept.ref)
    assert (entry.kind, entry.actor, entry.unit_id) == ("newsroom.contribution-received", "system", cast["unit"].pk)
    assert entry.data == {}


@pytest.mark.parametrize(
    "told",
    [
        {"text": " "},
        {"photos": [SimpleUploadedFile("x.jpg", b"kein Bild")]},
        {"voice": SimpleUploadedFile("x.mp3", b"kein Ton")},
        {"photos": [photo() for _ in range(3)]},
        {"credit": "written", "credit_name": " "},
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_recorded(cast, told):
    Limits.objects.create(valid_from=DAY, photos=2)

    with pytest.raises(Refused):
        sent(cast["unit"], **told)

    assert (Contribution.objects.count(), ContributionFile.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_size_is_a_dated_setting(cast):
    Limits.objects.create(valid_from=DAY, photo_megabytes=1)
    large = photo()
    large.size = 1_000_001

    with pytest.raises(Refused, match="1 MB"):
        sent(cast["unit"], photos=[large])


def test_sent_twice_over_a_poor_line_it_is_kept_once_but_another_text_is_another(cast):
    once = uuid.uuid4()

    first, again = sent(cast["unit"], once=once), sent(cast["unit"], once=once)
    other = sent(cast["unit"], once=once, text="Chuyện khác hẳn.")

    assert first == again != other
    assert Contribution.objects.count() == 2


def test_without_a_name_nothing_says_who_it_was(cast):
    worker = make.account()

    kept = sent(cast["unit"], credit="none", credit_name="Tên", contact="0905", by=worker)

    assert (kept.account, kept.credit_name, kept.contact) == (None, "", "")
    assert Entry.objects.get(subject=kept.ref).actor == "system"
    with pytest.raises(IntegrityError):
        Contribution.objects.filter(pk=kept.pk).update(account=worker)


@pytest.mark.parametrize(
    ("named", "expected"), [("công đoàn may mẫu", "unit"), ("MM1", "unit"), ("Xưởng lạ", "province"), ("", "province")]
)
def test_it_reaches_the_unit_that_was_named_or_the_root(client, cast, named, expected):
    client.post(FORM, typed(workplace=named))

    assert Contribution.objects.get().unit == cast[expected]


def test_the_form_works_without_a_script_and_leads_to_a_page_to_follow(client, cast):
    page = client.get(FORM).content.decode()
    assert 'accept="audio/*"' in page
    assert "csrfmiddlewaretoken" in page

    answer = client.post(FORM, typed(photos=[photo(), photo("hai.jpg")]), follow=True)

    kept = Contribution.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("contributions:follow", args=[sendings.token(kept)])
    assert kept.files.count() == 2
    assert answer["Cache-Control"].count("no-store") == 1
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_refusal_keeps_the_text_and_says_why(client, cast):
    answer = client.post(FORM, typed(text="Chuyện dài của tôi", photos=[SimpleUploadedFile("x.jpg", b"hong")]))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chuyện dài của tôi" in page
    assert "không phải là ảnh mở được" in page
    assert Contribution.objects.count() == 0


def test_too_many_from_one_address_are_asked_to_wait(client, cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"contribute": "2/h/ip"}

    answers = [client.post(FORM, typed()).status_code for _ in range(3)]

    assert answers == [302, 302, 429]
    assert Contribution.objects.count() == 2


def test_taken_used_published_and_told(client, cast):
    kept = sent(cast["unit"], photos=[photo()], credit="written", credit_name="Chị Mẫu", people_agreed=True)
    page = reverse("contributions:follow", args=[sendings.token(kept)])

    actions.take(kept, by=cast["editor"], at=NOON)
    story = actions.begin_from_contribution(kept, by=cast["editor"], at=NOON)

    picture = Photo.objects.get()
    assert (story.photo, story.unit, story.author) == (picture, cast["unit"], cast["editor"])
    assert (picture.shown, picture.credit, bool(picture.consent_proof)) == ("agreed", "Chị Mẫu", True)
    assert [credit.name for credit in story.credits.all()] == ["Chị Mẫu"]
    assert "Tin của bạn đã được đăng" not in client.get(page).content.decode()
    actions.publish(story, by=cast["planner"], at=NOON)
    assert "Tin của bạn đã được đăng" in client.get(page).content.decode()
    assert list(Entry.objects.filter(subject=kept.ref).order_by("pk").values_list("kind", flat=True)) == [
        "newsroom.contribution-received",
        "newsroom.contribution-taken",
        "newsroom.contribution-used",
    ]


def test_a_photo_nobody_agreed_to_holds_the_story_up(cast):
    kept = sent(cast["unit"], photos=[photo()])
    story = actions.begin_from_contribution(kept, by=cast["editor"], at=NOON)

    with pytest.raises(Refused):
        actions.publish(story, by=cast["planner"], at=NOON)


def test_text_is_text_and_never_markup(cast):
    long = " ".join(["chữ"] * 200)
    few, many = (sent(cast["unit"], text=f"<script>alert(1)</script>\n{rest}") for rest in ("Dòng hai", long))

    short, deep = (actions.begin_from_contribution(one, by=cast["editor"], at=NOON) for one in (few, many))

    assert (short.short, short.deep) == ("<script>alert(1)</script>\nDòng hai", "")
    assert (deep.short, deep.deep) == ("", f"<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>{long}</p>")


def test_declined_with_a_reason_that_the_sender_reads(client, cast):
    kept = sent(cast["unit"])
    with pytest.raises(Refused):
        actions.decline(kept, reason=" ", by=cast["editor"], at=NOON)

    actions.decline(kept, reason="Cảm ơn bạn; chuyện này đã đăng tuần trước.", by=cast["editor"], at=NOON)

    page = client.get(reverse("contributions:follow", args=[sendings.token(kept)])).content.decode()
    assert "đã đăng tuần trước" in page
    with pytest.raises(Refused):
        actions.take(kept, by=cast["editor"], at=NOON)
    with pytest.raises(Refused):
        actions.begin_from_contribution(kept, by=cast["editor"], at=NOON)
    assert Story.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "chair"])
def test_only_those_who_write_for_the_unit_read_and_answer_it(client, cast, who):
    kept = sent(cast["unit"], photos=[photo()])
    account = cast["stranger"] if who == "stranger" else make.account(role="chair", unit=cast["unit"])
    client.force_login(account)
    file = kept.files.get()

    for name, key in (("contribution", kept.pk), ("contribution_file", file.pk)):
        assert client.get(reverse(f"newsroom:{name}", args=[key])).status_code in {403, 404}
    with pytest.raises(Refused):
        actions.take(kept, by=account, at=NOON)
    assert Entry.objects.filter(subject=kept.ref).count() == 1


def test_files_lie_under_no_public_address(client, cast):
    kept = sent(cast["unit"], photos=[photo()])
    file = kept.files.get()

    assert client.get(f"/media/{file.file.name}").status_code == 404
    client.force_login(cast["editor"])
    answer = client.get(reverse("newsroom:contribution_file", args=[file.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_the_inbox_lists_takes_and_answers(client, cast):
    first, second = sent(cast["unit"], text="Tin một"), sent(cast["unit"], text="Tin hai")
    client.force_login(cast["editor"])
    assert "Tin một" in client.get(reverse("newsroom:contributions")).content.decode()

    client.post(reverse("newsroom:take_contribution", args=[first.pk]))
    answer = client.post(reverse("newsroom:begin_from_contribution", args=[first.pk]))
    client.post(reverse("newsroom:decline_contribution", args=[second.pk]), {"reason": "Cảm ơn bạn."})

    first.refresh_from_db()
    assert answer["Location"] == reverse("newsroom_story:edit", args=[first.story_id])
    page = client.get(reverse("newsroom:contributions")).content.decode()
    assert "Tin một" not in page
    assert "Tin một" in client.get(reverse("newsroom:contributions") + "?all").content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_inbox_costs_the_same_for_one_and_three(cast, how_many, django_assert_num_queries):
    for _ in range(how_many):
        sent(cast["unit"], photos=[photo()])

    with django_assert_num_queries(1):
        page = queries.contributions(Scope(on=DAY, everything=True))
        assert [one.photos_sent for one in page.contributions] == [1] * how_many
        assert [(one.story, one.taken_by) for one in page.contributions] == [(None, None)] * how_many


def test_ones_own_corner_shows_what_one_sent_under_ones_name(client, cast):
    worker = make.account(person=make.person(unit=cast["unit"]))
    sent(cast["unit"], text="Tin có tên", credit="written", credit_name="Chị Mẫu", by=worker)
    sent(cast["unit"], text="Tin giấu tên", by=worker)
    client.force_login(worker)

    page = client.get("/toi/").content.decode()

    assert "Tin có tên" in page
    assert "Tin giấu tên" not in page


def test_erased_when_asked_for_with_its_files(client, cast, django_capture_on_commit_callbacks):
    kept = sent(cast["unit"], photos=[photo()], credit="written", credit_name="Chị Mẫu", contact="0905 000 111")
    file = kept.files.get()
    storage, name = file.file.storage, file.file.name

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("contributions:take_back", args=[sendings.token(kept)]))

    kept.refresh_from_db()
    assert (kept.text, kept.credit_name, kept.contact, kept.files.count()) == ("", "", "", 0)
    assert not storage.exists(name)
    assert kept.state == "declined"
    assert Entry.objects.filter(subject=kept.ref, kind="newsroom.contribution-erased").count() == 1


def test_erased_after_the_days_the_limits_say_and_not_before_an_answer(cast):
    Limits.objects.create(valid_from=DAY, kept_days=10)
    answered, waiting = sent(cast["unit"]), sent(cast["unit"])
    actions.decline(answered, reason="Cảm ơn.", by=cast["editor"], at=NOON)

    assert actions.forget_contributions(by=SYSTEM, at=NOON + timedelta(days=9)) == 0
    assert actions.forget_contributions(by=SYSTEM, at=NOON + timedelta(days=11)) == 1
    assert actions.forget_contributions(by=SYSTEM, at=NOON + timedelta(days=12)) == 0

    waiting.refresh_from_db()
    assert waiting.text


def test_what_a_person_sent_is_erased_with_them(cast):
    person = make.person(unit=cast["unit"])
    kept = sent(cast["unit"], credit="written", credit_name="Chị Mẫu", by=make.account(person=person))
    erased = Entry(kind="people.person-erased", subject=person.ref, at=NOON)

    reactions.erase_contributions(erased)

    kept.refresh_from_db()
    assert (kept.text, kept.account) == ("", None)


@pytest.mark.parametrize("token", ["x", "W10:abc", "WzEsICJ4Il0:1"])
def test_an_address_that_is_not_ours_leads_nowhere(client, token):
    assert client.get(f"{FORM}{token}/").status_code == 404


def test_a_contribution_can_be_seen_by_its_address_alone(client, cast):
    kept = sent(cast["unit"])
    other = Contribution(pk=kept.pk, once=uuid.uuid4())

    assert client.get(reverse("contributions:follow", args=[sendings.token(kept)])).status_code == 200
    assert client.get(reverse("contributions:follow", args=[sendings.token(other)])).status_code == 404
