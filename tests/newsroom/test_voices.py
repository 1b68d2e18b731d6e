"""A voice that was sent in: heard only where its sender said so, and no longer once they say otherwise."""

import subprocess
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import IntegrityError
from django.urls import reverse

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.newsroom import actions, queries, sendings
from loa.newsroom.models import Clip, Contribution, Limits
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
FORM = "/gop-tin/"


@pytest.fixture(scope="session")
def spoken(tmp_path_factory):
    """Two seconds of sound, with a place written into the file."""
    path = tmp_path_factory.mktemp("sound") / "spoken.m4a"
    making = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=300:duration=2"]
    subprocess.run([*making, "-metadata", "location=+13.77+109.22/", str(path)], check=True)
    return path.read_bytes()


@pytest.fixture
def cast():
    province = make.unit(name="Liên đoàn tỉnh")
    unit = make.unit(parent=province, name="Công đoàn May Mẫu", code="MM1")
    return {
        "unit": unit,
        "editor": make.account(role="officer", unit=unit),
        "planner": make.account(role="planner", unit=province),
    }


@pytest.fixture
def sent(cast, spoken):
    def make_one(**told):
        wanted = {
            "once": uuid.uuid4(),
            "text": "Tổ tôi vừa có sáng kiến.",
            "unit": cast["unit"],
            "by": None,
            "at": NOON,
        }
        voice = SimpleUploadedFile("ghi-am.m4a", spoken, "audio/mp4")
        return actions.contribute(**wanted | {"voice": voice, "voice_agreed": True} | told)

    return make_one


def kinds(thing):
    return list(Entry.objects.filter(subject=thing.ref).order_by("pk").values_list("kind", flat=True))


def heard(cast, sent):
    """The story that is begun with the voice."""
    return actions.begin_from_contribution(sent, heard=True, by=cast["editor"], at=NOON)


def published(cast, sent):
    """The story of a contribution, out with its voice."""
    story = heard(cast, sent)
    actions.make_clip(story.clip, at=NOON)
    actions.publish(story, by=cast["planner"], at=NOON)
    story.refresh_from_db()
    return story


def test_a_voice_whose_sender_agreed_becomes_the_sound_of_the_story(client, cast, sent, spoken):
    kept = sent(credit="written", credit_name="Chị Mẫu")

    story = heard(cast, kept)

    clip = story.clip
    kept.refresh_from_db()
    assert (kept.clip, clip.unit, clip.kind, clip.state) == (clip, cast["unit"], "sound", "waiting")
    assert (clip.shown, clip.credit, clip.licence) == ("agreed", "Chị Mẫu", queries.licence_of_senders())
    assert f"số {kept.pk}" in clip.consent_proof
    assert kinds(kept) == ["newsroom.contribution-received", "newsroom.voice-used", "newsroom.contribution-used"]
    [used] = Entry.objects.filter(kind="newsroom.voice-used")
    assert used.data == {"story_id": story.pk, "clip_id": clip.pk}
    with pytest.raises(Refused, match="chuyển đổi"):
        actions.publish(story, by=cast["planner"], at=NOON)

    actions.make_clip(clip, at=NOON)
    actions.publish(story, by=cast["planner"], at=NOON)

    file = clip.files.get()
    with file.file.open("rb") as made:
        assert b"loci" not in made.read()
    assert b"loci" in spoken
    assert file.file.url in client.get(f"/tin/{story.slug}/").content.decode()


def test_a_voice_without_a_name_stays_without_a_name(cast, sent):
    worker = make.account(name="Trần Thị Kín")
    kept = sent(credit="none", credit_name="Trần Thị Kín", by=worker)

    story = heard(cast, kept)

    assert story.clip.credit == ""
    assert "Kín" not in story.clip.title + story.clip.consent_proof
    assert list(story.credits.all()) == []


def test_nobody_is_heard_who_did_not_say_so(cast, sent):
    kept = sent(voice_agreed=False)

    with pytest.raises(Refused, match="không đồng ý cho nghe giọng"):
        actions.begin_from_contribution(kept, heard=True, by=cast["editor"], at=NOON)
    assert (Clip.objects.count(), kinds(kept)) == (0, ["newsroom.contribution-received"])

    story = actions.begin_from_contribution(kept, by=cast["editor"], at=NOON)
    kept.refresh_from_db()
    with pytest.raises(Refused, match="không đồng ý cho nghe giọng"):
        actions.let_be_heard(kept, by=cast["editor"], at=NOON)
    assert (story.clip, Clip.objects.count()) == (None, 0)


def test_by_default_a_story_is_made_without_the_voice_and_it_can_be_put_in_afterwards(client, cast, sent):
    kept = sent()
    client.force_login(cast["editor"])
    client.post(reverse("newsroom:begin_from_contribution", args=[kept.pk]))
    kept.refresh_from_db()
    assert (kept.clip, kept.story.clip) == (None, None)

    client.post(reverse("newsroom:let_be_heard", args=[kept.pk]))

    kept.refresh_from_db()
    latest = kept.story.get_latest_revision_as_object()
    assert (latest.clip, kinds(kept)[-1]) == (kept.clip, "newsroom.voice-used")
    page = client.get(reverse("newsroom:contribution", args=[kept.pk])).content.decode()
    assert reverse("newsroom:clip", args=[kept.clip_id]) in page
    assert reverse("newsroom:let_be_heard", args=[kept.pk]) not in page


def test_the_tick_of_the_officer_puts_it_in_at_once(client, cast, sent):
    kept = sent()
    client.force_login(cast["editor"])
    page = client.get(reverse("newsroom:contribution", args=[kept.pk])).content.decode()
    assert 'name="heard"' in page
    assert 'name="heard" id="id_heard" checked' not in page
    assert "Người gửi giấu tên" in page

    client.post(reverse("newsroom:begin_from_contribution", args=[kept.pk]), {"heard": "on"})

    kept.refresh_from_db()
    assert kept.story.clip == kept.clip is not None


def test_without_consent_the_officer_sees_no_tick_and_reads_why(client, cast, sent):
    kept = sent(voice_agreed=False)
    client.force_login(cast["editor"])

    page = client.get(reverse("newsroom:contribution", args=[kept.pk])).content.decode()

    assert 'name="heard"' not in page
    assert "chỉ để tòa soạn nghe" in page


def test_what_stands_in_the_way_of_a_voice_is_said_and_nothing_is_kept(cast, sent):
    mute, early, twice, waiting = sent(voice=None), sent(), sent(), sent()
    editor = cast["editor"]
    assert mute.voice_agreed is False
    actions.begin_from_contribution(mute, by=editor, at=NOON)
    actions.begin_from_contribution(twice, heard=True, by=editor, at=NOON)
    story = actions.begin_from_contribution(waiting, by=editor, at=NOON)
    actions.submit(story, by=editor, at=NOON)
    before = (Clip.objects.count(), Entry.objects.count())

    for one, words in (
        (mute, "không có bản ghi âm"),
        (early, "viết thành tin"),
        (twice, "đã có clip"),
        (waiting, "chờ duyệt"),
    ):
        one.refresh_from_db()
        with pytest.raises(Refused, match=words):
            actions.let_be_heard(one, by=editor, at=NOON)
    stranger = make.account(role="officer", unit=make.unit())
    with pytest.raises(Refused):
        actions.let_be_heard(twice, by=stranger, at=NOON)

    assert (Clip.objects.count(), Entry.objects.count()) == before


def test_taken_back_it_falls_silent_at_once_and_its_files_are_gone(
    client, cast, sent, django_capture_on_commit_callbacks
):
    kept = sent()
    story = published(cast, kept)
    clip = story.clip
    made, source = clip.files.get().file, clip.source
    page = f"/tin/{story.slug}/"
    assert "<audio" in client.get(page).content.decode()
    follow = reverse("contributions:follow", args=[sendings.token(kept)])
    silencing = reverse("contributions:fall_silent", args=[sendings.token(kept)])
    assert silencing in client.get(follow).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(silencing)
        client.post(silencing)

    clip.refresh_from_db()
    assert "<audio" not in client.get(page).content.decode()
    assert (clip.shown, clip.files.count(), clip.withheld_at is not None) == ("refused", 0, True)
    assert not made.storage.exists(made.name)
    assert not source.storage.exists(source.name)
    assert kinds(kept).count("newsroom.voice-silenced") == 1
    assert silencing not in client.get(follow).content.decode()
    assert queries.clips_to_do(at=NOON) == []
    client.force_login(cast["editor"])
    desk = client.get(reverse("newsroom:clip", args=[clip.pk])).content.decode()
    assert "Người trong bản ghi đã rút lại giọng nói" in desk
    assert reverse("newsroom:try_clip_again", args=[clip.pk]) not in desk
    with pytest.raises(Refused, match="rút lại giọng nói"):
        actions.try_clip_again(clip, by=cast["editor"], at=NOON)


def test_a_worker_that_makes_it_ready_meanwhile_leaves_nothing_behind(cast, sent):
    kept = sent()
    story = heard(cast, kept)

    actions.fall_silent(kept, by=SYSTEM, at=NOON)
    actions.make_clip(story.clip, at=NOON)

    story.clip.refresh_from_db()
    assert (story.clip.state, story.clip.files.count()) == ("failed", 0)
    assert "newsroom.clip-ready" not in kinds(story.clip)
    with pytest.raises(Refused):
        actions.publish(story, by=cast["planner"], at=NOON)


def test_whoever_said_no_before_the_story_was_made_is_not_heard(cast, sent):
    kept = sent()
    actions.fall_silent(kept, by=SYSTEM, at=NOON)
    kept.refresh_from_db()

    with pytest.raises(Refused):
        actions.begin_from_contribution(kept, heard=True, by=cast["editor"], at=NOON)

    assert Clip.objects.count() == 0


def test_the_word_counts_that_stands_at_the_moment_of_keeping(cast, sent):
    """The sender says no while the officer's page is open: what she holds in her hands is older."""
    kept = sent()
    Contribution.objects.filter(pk=kept.pk).update(voice_agreed=False)

    with pytest.raises(Refused):
        actions.begin_from_contribution(kept, heard=True, by=cast["editor"], at=NOON)

    assert (Clip.objects.count(), kinds(kept)) == (0, ["newsroom.contribution-received"])


def test_erased_on_request_means_silent_too(cast, sent):
    kept = sent()
    story = published(cast, kept)

    actions.erase_contribution(kept, reason="asked", by=SYSTEM, at=NOON)

    story.clip.refresh_from_db()
    assert story.clip.withheld_at is not None


def test_after_the_days_of_keeping_it_goes_on_and_its_sender_may_still_silence_it(client, cast, sent):
    Limits.objects.create(valid_from=DAY, kept_days=10)
    kept = sent()
    story = published(cast, kept)

    actions.forget_contributions(by=SYSTEM, at=NOON + timedelta(days=11))

    story.clip.refresh_from_db()
    assert (story.clip.withheld_at, story.clip.files.count()) == (None, 1)
    follow = client.get(reverse("contributions:follow", args=[sendings.token(kept)])).content.decode()
    assert "Tôi không muốn mọi người nghe giọng tôi nữa" in follow
    client.post(reverse("contributions:fall_silent", args=[sendings.token(kept)]))
    story.clip.refresh_from_db()
    assert story.clip.withheld_at is not None


@pytest.mark.parametrize(
    ("ticked", "spoken_too", "agreed"), [("on", True, True), ("", True, False), ("on", False, False)]
)
def test_the_form_asks_and_says_no_for_whoever_does_not_answer(client, cast, spoken, ticked, spoken_too, agreed):
    page = client.get(FORM).content.decode()
    assert "Người quen có thể nhận ra giọng bạn" in page
    assert 'name="voice_agreed" checked' not in page
    typed: dict[str, object] = {"once": str(uuid.uuid4()), "text": "Ca đêm có bữa ăn mới.", "credit": "none"}
    typed |= {"voice_agreed": ticked} if ticked else {}
    typed |= {"voice": SimpleUploadedFile("a.m4a", spoken, "audio/mp4")} if spoken_too else {}

    client.post(FORM, typed)

    assert Contribution.objects.get().voice_agreed is agreed


def test_a_sound_without_a_story_cannot_be_kept_with_a_contribution(cast, sent):
    kept, other = sent(), sent()
    story = heard(cast, other)

    with pytest.raises(IntegrityError):
        Contribution.objects.filter(pk=kept.pk).update(clip=story.clip)
