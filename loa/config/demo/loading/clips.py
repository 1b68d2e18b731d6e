"""A clip and a sound, made by the machine: drawn pictures that pass by, and a tone. Without ffmpeg there are none."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File

from loa.config.demo.drawing import picture
from loa.config.demo.files import Files
from loa.config.demo.world import World
from loa.newsroom import actions, recordings
from loa.newsroom.models import Clip, Story
from loa.people.models import Account, Unit

from .staff import Roster, commune_team

SECONDS = 12
SUBTITLES = """1
00:00:00,500 --> 00:00:05,000
Một vòng quanh xưởng (minh họa)

2
00:00:05,500 --> 00:00:11,000
Ảnh vẽ, không có ai là người thật
"""


def film(world: World, files: Files) -> str:
    """Each is attached to the newest story of its kind on the site; one is left waiting in the library."""
    if not recordings.available():
        return "không có ffmpeg: bỏ qua"
    trial = commune_team(world.until)
    with TemporaryDirectory() as folder:
        moving, heard = Path(folder) / "vong-quanh-xuong.mp4", Path(folder) / "doc-tin.m4a"
        _write_film(Path(folder), moving)
        write_sound(heard)
        made = [_added(path, trial.unit, by=trial.officer, world=world) for path in (moving, heard)]
    with TemporaryDirectory() as folder:
        written = Path(folder) / "phu-de.srt"
        written.write_text(SUBTITLES, encoding="utf-8")
        with written.open("rb") as file:
            actions.describe_clip(
                made[0],
                title=made[0].title,
                credit="Hình vẽ minh họa",
                licence=None,
                shown="nobody",
                consent_proof="",
                consent_until=None,
                subtitles=File(file),
                by=trial.officer,
                at=world.now,
            )
    for clip, code in zip(made, ("clip", "audio"), strict=True):
        actions.make_clip(clip, at=world.now)
        _attach(clip, code, world)
    return f"{len(made)} tệp"


def _attach(clip: Clip, code: str, world: World) -> None:
    story = Story.objects.public(world.now).filter(product_type__code=code, topic=None).newest_first().first()
    if story is None:
        return
    judge = Roster(world).judge(story.unit.code, world.now.date(), but=story.author)
    story.clip = clip
    actions.draft(story, by=judge, at=world.now)
    actions.publish(story, by=judge, at=world.now)


def _added(path: Path, unit: Unit, *, by: Account, world: World) -> Clip:
    title = {".mp4": "Một vòng quanh xưởng (minh họa)", ".m4a": "Bản đọc thử (minh họa)"}[path.suffix]
    with path.open("rb") as file:
        told = {"shown": "nobody", "synthetic": True}
        return actions.add_clip(File(file, name=path.name), unit=unit, title=title, by=by, at=world.now, **told)


def _write_film(folder: Path, target: Path) -> None:
    for number in range(4):
        (folder / f"{number}.jpg").write_bytes(picture(80 + number))
    shown = ["-framerate", "1/3", "-i", str(folder / "%d.jpg"), "-f", "lavfi", "-i", f"sine=330:duration={SECONDS}"]
    _run([*shown, "-vf", "scale=1280:-2,format=yuv420p", "-r", "12", "-preset", "ultrafast", "-shortest", str(target)])


def write_sound(target: Path) -> None:
    """A tone: nobody's voice."""
    _run(["-f", "lavfi", "-i", f"sine=440:duration={SECONDS}", str(target)])


def _run(arguments: list[str]) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True)  # noqa: S603, S607
