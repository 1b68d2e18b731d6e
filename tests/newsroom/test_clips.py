"""Clips and sounds: checked, made ready by a worker that may be killed, watched for consent, played on the page."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from loa.base.errors import Refused
from loa.config import reactions
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.newsroom import actions, queries, recordings
from loa.newsroom.models import Clip, ClipFile, Limits
from loa.newsroom.subtitles import NoSubtitles, as_webvtt
from loa.people.policies import Scope
from loa.planning.models import Task
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    """Two seconds of moving picture and sound, with a place written into the file."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc=duration=2:size=320x240:rate=10", "-f", "lavfi", "-i", "sine=duration=2"]
    making = ["ffmpeg", "-v", "error", *inputs, "-preset", "ultrafast", "-metadata", "location=+13.77+109.22/"]
    subprocess.run([*making, "-shortest", str(path)], check=True)
    return path.read_bytes()


@pytest.fixture(scope="session")
def spoken(tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "spoken.mp3"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=3", str(path)], check=True)
    return path.read_bytes()


@pytest.fixture
def cast():
    province = make.unit(name="Liên đoàn tỉnh")
    unit = make.unit(parent=province, name="Công đoàn của mình")
    return {
        "unit": unit,
        "writer": make.account(role="writer", unit=unit),
        "planner": make.account(role="planner", unit=province),
    }


def added(cast, content, *, name="quay.mp4", **told):
    file = SimpleUploadedFile(name, content)
    return actions.add_clip(file, unit=cast["unit"], title="Clip mẫu", by=cast["writer"], at=NOON, **told)


def described(clip, **changed):
    told = {"title": clip.title, "credit": "", "licence": None, "shown": "nobody", "consent_proof": ""}
    return told | {"consent_until": None} | changed


def kinds(clip):
    return list(Entry.objects.filter(subject=clip.ref).order_by("pk").values_list("kind", flat=True))


def test_a_clip_is_made_ready_for_phones_without_traces(cast, film):
    clip = added(cast, film)

    actions.make_clip(clip, at=NOON)

    clip.refresh_from_db()
    assert (clip.state, clip.progress, clip.kind, clip.width, clip.height) == ("ready", 100, "video", 320, 240)
    [file] = clip.files.all()
    probed = recordings.probe(Path(file.file.path))
    assert (file.height, probed.height, probed.video, probed.audio) == (480, 240, True, True)
    content = Path(file.file.path).read_bytes()
    assert b"loci" in film
    assert b"loci" not in content
    assert content.index(b"moov") < content.index(b"mdat")  # it plays before all of it has come
    assert file.size == len(content)
    assert Path(clip.poster.path).read_bytes()[:2] == b"\xff\xd8"
    assert kinds(clip) == ["newsroom.clip-added", "newsroom.clip-ready"]


def test_a_sound_is_made_ready_too(cast, spoken):
    clip = added(cast, spoken, name="doc.mp3")

    actions.make_clip(clip, at=NOON)

    clip.refresh_from_db()
    [file] = clip.files.all()
    assert (clip.kind, clip.state, file.height, file.type) == ("sound", "ready", 0, "audio/mp4")


def test_made_twice_it_is_made_once(cast, film):
    clip = added(cast, film)

    for _ in range(2):
        actions.make_clip(clip, at=NOON)

    assert ClipFile.objects.count() == 1
    assert kinds(clip) == ["newsroom.clip-added", "newsroom.clip-ready"]


@pytest.mark.parametrize("content", [b"", b"kein Film", b"\x00" * 5000])
def test_what_cannot_be_played_is_refused_and_nothing_is_kept(cast, content):
    with pytest.raises(Refused):
        added(cast, content)

    assert (Clip.objects.count(), Entry.objects.count()) == (0, 0)


def test_length_size_and_rights_are_checked(cast, film):
    stranger = make.account(role="writer", unit=make.unit())
    Limits.objects.create(valid_from=DAY, clip_megabytes=1, clip_minutes=1)
    large = SimpleUploadedFile("to.mp4", film)
    large.size = 1_000_001

    with pytest.raises(Refused, match="1 MB"):
        actions.add_clip(large, unit=cast["unit"], title="To", by=cast["writer"], at=NOON)
    with pytest.raises(Refused):
        actions.add_clip(SimpleUploadedFile("a.mp4", film), unit=cast["unit"], title="A", by=stranger, at=NOON)
    Limits.objects.filter(valid_from=DAY).update(clip_minutes=0)
    with pytest.raises(Refused):
        added(cast, film)

    assert (Clip.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_damaged_clip_says_so_and_can_be_tried_again(cast, film):
    clip = added(cast, film)
    whole = Path(clip.source.path).read_bytes()
    Path(clip.source.path).write_bytes(b"hong")

    actions.make_clip(clip, at=NOON)

    clip.refresh_from_db()
    assert (clip.state, bool(clip.failure)) == ("failed", True)
    assert queries.clips_to_do(at=NOON) == []
    Path(clip.source.path).write_bytes(whole)
    actions.try_clip_again(clip, by=cast["writer"], at=NOON)
    assert queries.clips_to_do(at=NOON) == [clip.pk]
    actions.make_clip(clip, at=NOON)
    clip.refresh_from_db()
    assert clip.state == "ready"
    with pytest.raises(Refused):
        actions.try_clip_again(clip, by=cast["writer"], at=NOON)
    told = [f"newsroom.clip-{word}" for word in ("added", "failed", "tried-again", "ready")]
    assert kinds(clip) == told


def test_a_worker_that_died_is_followed_by_another_and_one_that_works_is_left_alone(cast, film):
    clip = added(cast, film)
    Clip.objects.filter(pk=clip.pk).update(state="working", claimed_at=NOON, progress=40)

    actions.make_clip(clip, at=NOON + timedelta(minutes=1))
    clip.refresh_from_db()
    assert (clip.state, queries.clips_to_do(at=NOON + timedelta(minutes=1))) == ("working", [])

    later = NOON + timedelta(minutes=3)
    assert queries.clips_to_do(at=later) == [clip.pk]
    actions.make_clip(clip, at=later)
    clip.refresh_from_db()
    assert clip.state == "ready"


def test_a_killed_ffmpeg_leaves_no_half_file_and_loses_nothing(cast, film, tmp_path):
    """The work is done in a process of its own, which is killed in the middle of it."""
    source, target = tmp_path / "film.mp4", tmp_path / "out.mp4"
    making = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=duration=60:size=1280x720:rate=25"]
    subprocess.run([*making, "-preset", "ultrafast", str(source)], check=True)
    script = (
        "import sys; from pathlib import Path; from loa.newsroom import recordings as r;"
        "r.transcode(Path(sys.argv[1]), Path(sys.argv[2]), height=480, seconds=60,"
        " told=lambda share: print(share, flush=True))"
    )
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(source), str(target)], stdout=subprocess.PIPE, env=here, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
    clip = added(cast, film)
    Clip.objects.filter(pk=clip.pk).update(state="working", claimed_at=NOON)

    actions.make_clip(clip, at=NOON + timedelta(minutes=5))

    clip.refresh_from_db()
    assert clip.state == "ready"
    assert Path(clip.source.path).exists()
    deadline = time.monotonic() + 20
    while _running(target) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert not _running(target)


def test_a_machine_that_goes_down_gives_the_clip_back_and_blames_nobody(cast, film, tmp_path, monkeypatch):
    """Whoever stops the machine tells ffmpeg too; it then answers 255."""
    clip = added(cast, film)
    stopped = tmp_path / "ffmpeg"
    stopped.write_text("#!/bin/sh\nexit 255\n")
    stopped.chmod(0o755)
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", f"{tmp_path}:{path}")

    actions.make_clip(clip, at=NOON)

    clip.refresh_from_db()
    assert (clip.state, clip.failure, queries.clips_to_do(at=NOON)) == ("waiting", "", [clip.pk])
    monkeypatch.setenv("PATH", path)
    actions.make_clip(clip, at=NOON)
    clip.refresh_from_db()
    assert clip.state == "ready"


def test_ffmpeg_that_is_told_to_end_says_nothing_of_the_recording(film, tmp_path):
    source, target = tmp_path / "film.mp4", tmp_path / "out.mp4"
    source.write_bytes(film)

    def stop(_share):
        for told in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if str(target).encode() in told.read_bytes().split(b"\0"):
                    os.kill(int(told.parent.name), signal.SIGTERM)

    long = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-stream_loop",
        "60",
        "-i",
        str(source),
        "-c",
        "copy",
        str(tmp_path / "l.mp4"),
    ]
    subprocess.run(long, check=True)
    with pytest.raises(recordings.Stopped):
        recordings.transcode(tmp_path / "l.mp4", target, height=480, seconds=120, told=stop)


def _running(target):
    done = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return any("ffmpeg" in line and str(target) in line for line in done.stdout.splitlines())


@pytest.mark.parametrize("told", [{}, {"shown": "refused"}])
def test_a_story_with_a_clip_nobody_agreed_to_or_not_ready_is_not_published(cast, film, told):
    clip = added(cast, film, shown="nobody")
    story = news.story(unit=cast["unit"], published_at=None, short="Tin ngắn.", clip=clip)
    story.save_revision()
    with pytest.raises(Refused, match="Clip mẫu"):
        actions.publish(story, by=cast["planner"], at=NOON)

    actions.make_clip(clip, at=NOON)
    Clip.objects.filter(pk=clip.pk).update(**{"shown": ""} | told)
    story.refresh_from_db()
    with pytest.raises(Refused, match="Clip mẫu"):
        actions.publish(story, by=cast["planner"], at=NOON)
    Clip.objects.filter(pk=clip.pk).update(shown="public")
    actions.publish(story, by=cast["planner"], at=NOON)

    story.refresh_from_db()
    assert story.live


def test_the_page_plays_it_when_asked_and_says_what_it_costs(client, cast, film):
    clip = added(cast, film, shown="nobody")
    actions.make_clip(clip, at=NOON)
    subtitles = SimpleUploadedFile("p.srt", "1\n00:00:00,500 --> 00:00:01,500\nXin chào\n".encode())
    actions.describe_clip(clip, **described(clip), subtitles=subtitles, by=cast["writer"], at=NOON)
    story = news.story(unit=cast["unit"], short="Tin ngắn.", clip=clip)

    page = client.get(reverse("portal:story", args=[story.slug])).content.decode()

    assert '<video controls preload="none"' in page
    assert "autoplay" not in page
    assert '<track kind="captions"' in page
    assert "MB trên điện thoại" in page
    actions.describe_clip(clip, **described(clip, shown="refused"), by=cast["writer"], at=NOON)
    assert "<video" not in client.get(reverse("portal:story", args=[story.slug])).content.decode()


def test_a_recorded_sound_takes_the_place_of_the_browsers_voice(client, cast, spoken):
    clip = added(cast, spoken, name="doc.mp3", shown="agreed", consent_proof="Người đọc đồng ý")
    actions.make_clip(clip, at=NOON)
    plain, read = news.story(unit=cast["unit"], short="Tin."), news.story(unit=cast["unit"], short="Tin.", clip=clip)

    pages = [client.get(reverse("portal:story", args=[one.slug])).content.decode() for one in (plain, read)]

    assert ["data-aloud" in page for page in pages] == [True, False]
    assert ["<audio controls" in page for page in pages] == [False, True]


def test_a_consent_that_ended_takes_the_clip_off(cast, film):
    clip = added(cast, film, shown="agreed", consent_proof="Giấy", consent_until=DAY)

    actions.watch_consents(on=DAY, by=SYSTEM, at=NOON)
    clip.refresh_from_db()
    assert clip.withheld_at is None
    actions.watch_consents(on=DAY + timedelta(days=1), by=SYSTEM, at=NOON + timedelta(days=1))

    clip.refresh_from_db()
    assert clip.withheld_at == NOON + timedelta(days=1)
    assert kinds(clip)[-1] == "newsroom.clip-withheld"


def test_a_consent_about_to_end_is_asked_for_once_and_its_end_is_a_task_at_each_place(cast, spoken):
    ends = DAY + timedelta(days=10)
    clip = added(cast, spoken, shown="agreed", consent_proof="Giấy", consent_until=ends)
    added(cast, spoken, shown="agreed", consent_proof="Giấy", consent_until=ends)  # no story plays it
    story = news.story(unit=cast["unit"], clip=clip)
    news.placement(story, code="bang-tin")

    for _ in range(2):
        actions.watch_consents(on=DAY, by=SYSTEM, at=NOON)
    [asked] = Task.objects.to_do()
    assert (asked.unit, asked.subject, asked.due_on) == (cast["unit"], clip.ref, ends)
    later = NOON + timedelta(days=11)
    actions.watch_consents(on=ends + timedelta(days=1), by=SYSTEM, at=later)

    [withheld] = Entry.objects.filter(subject=clip.ref, kind="newsroom.clip-withheld")
    for _ in range(2):
        reactions.take_clip_down(withheld)
    [down] = Task.objects.to_do().filter(clause="clip")
    assert (down.unit, down.subject) == (cast["unit"], story.placements.get().ref)


def test_nothing_is_left_of_files_when_what_follows_fails(cast, spoken):
    """The database refuses a consent without its proof; a clip that is gone takes no subtitles."""
    clip = added(cast, spoken)
    lines = SimpleUploadedFile("loi.srt", b"1\n00:00:01,000 --> 00:00:02,500\nCh\xc3\xa0o\n")

    with pytest.raises(IntegrityError), transaction.atomic():
        added(cast, spoken, name="noi.thu", shown="agreed")
    Clip.objects.filter(pk=clip.pk).delete()
    with pytest.raises(Clip.DoesNotExist):
        actions.describe_clip(clip, **described(clip), subtitles=lines, by=cast["writer"], at=NOON)

    assert list((Path(settings.VAR) / "private" / "clips").rglob("*.thu")) == []
    assert list((Path(settings.MEDIA_ROOT) / "clips" / clip.folder).rglob("*.vtt")) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "1\r\n00:00:01,000 --> 00:00:02,5\r\nChào\r\n",
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nChào\n",
        ),
        (
            "\ufeffWEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:start\nMột\nHai\n",
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nMột\nHai\n",
        ),
    ],
)
def test_subtitles_become_webvtt(given, expected):
    assert as_webvtt(given.encode()) == expected


@pytest.mark.parametrize("given", [b"", b"\xff\xfe\x00", "Chỉ có chữ".encode()])
def test_what_has_no_times_is_no_subtitles(given):
    with pytest.raises(NoSubtitles):
        as_webvtt(given)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_for_one_clip_and_three(cast, spoken, how_many, django_assert_num_queries):
    for _ in range(how_many):
        added(cast, spoken, name="a.mp3")

    with django_assert_num_queries(2):
        page = queries.clips(Scope(on=DAY, everything=True))
        assert [list(clip.files.all()) for clip in page.clips] == [[]] * how_many


def test_the_screens_take_it_show_how_far_it_is_and_describe_it(client, cast, film):
    client.force_login(cast["writer"])
    sent = {"file": SimpleUploadedFile("q.mp4", film), "title": "Hội thi", "unit": cast["unit"].pk}

    answer = client.post(reverse("newsroom:clips"), sent)

    clip = Clip.objects.get()
    assert answer["Location"] == reverse("newsroom:clip", args=[clip.pk])
    Clip.objects.filter(pk=clip.pk).update(state="working", progress=37)
    assert "37%" in client.get(reverse("newsroom:clip", args=[clip.pk])).content.decode()
    client.post(reverse("newsroom:clip", args=[clip.pk]), {"title": "Hội thi 2", "shown": "public"})
    clip.refresh_from_db()
    assert (clip.title, clip.shown) == ("Hội thi 2", "public")
    wrong = client.post(reverse("newsroom:clips"), sent | {"file": SimpleUploadedFile("q.mp4", b"hong")})
    assert (wrong.status_code, "không phải là clip" in wrong.content.decode()) == (422, True)
    editor = client.get(reverse("newsroom_story:add")).content.decode()
    assert "Hội thi 2" in editor
