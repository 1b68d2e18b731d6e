"""What ffmpeg tells of a recording, and what it makes of it. Without ffmpeg on the machine nothing is offered."""

import json
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PROBE_SECONDS = 30
COPY_SECONDS = 60


class Unreadable(Exception):
    """What was given is no recording that ffmpeg can read."""


class Stopped(Unreadable):
    """Somebody told ffmpeg to end, as when the machine goes down: that says nothing of the recording."""


_ENDED_BY_SIGNAL = frozenset({255, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP})
"""ffmpeg itself answers 255; the others are of one that had no time to."""


def _judge(code: int, complaints: str) -> None:
    if code in _ENDED_BY_SIGNAL:
        raise Stopped
    if code:
        raise Unreadable(complaints[-500:])


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether ffmpeg and ffprobe are installed (tools/system.py, docs/guide/cai-dat.md)."""
    return bool(shutil.which("ffmpeg") and shutil.which("ffprobe"))


@dataclass(frozen=True, kw_only=True)
class Probed:
    """Length in seconds, and what is in it."""

    seconds: float
    video: bool
    audio: bool
    width: int = 0
    height: int = 0


def probe(path: Path) -> Probed:
    """Raises Unreadable."""
    wanted = "format=duration:stream=codec_type,width,height,disposition:stream_side_data=rotation"
    done = _run(
        ["ffprobe", "-v", "error", "-of", "json", "-show_entries", wanted, "-protocol_whitelist", "file", str(path)],
        seconds=PROBE_SECONDS,
    )
    told = json.loads(done or "{}")
    streams = told.get("streams", [])
    moving = [one for one in streams if one.get("codec_type") == "video" and not _is_cover(one)]
    heard = [one for one in streams if one.get("codec_type") == "audio"]
    try:
        seconds = float(told.get("format", {}).get("duration", 0))
    except ValueError:
        seconds = 0.0
    if not moving and not heard:
        raise Unreadable
    width, height = (int(moving[0].get(side, 0)) for side in ("width", "height")) if moving else (0, 0)
    return Probed(seconds=seconds, video=bool(moving), audio=bool(heard), width=width, height=height)


def _is_cover(stream: dict[str, object]) -> bool:
    disposition = stream.get("disposition")
    return isinstance(disposition, dict) and bool(disposition.get("attached_pic"))


def voice(source: Path, target: Path) -> None:
    """Write the sound of `source` to `target` (.m4a) with nothing else in it: no place, no name, no telephone."""
    _run(
        [
            "ffmpeg", "-v", "error", "-nostdin", "-y", "-protocol_whitelist", "file", "-i", str(source),
            "-map", "0:a:0", "-map_metadata", "-1", "-c:a", "aac", "-b:a", "64k", "-ac", "1",
            "-movflags", "+faststart", str(target),
        ],
        seconds=COPY_SECONDS,
    )  # fmt: skip


def _run(command: list[str], *, seconds: float) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)  # noqa: S603
    except (subprocess.TimeoutExpired, OSError) as problem:
        raise Unreadable from problem
    _judge(done.returncode, done.stderr)
    return done.stdout


HEIGHTS = (480, 720)
"""The sizes that phones show well; a clip that is smaller is not made larger."""


def transcode(source: Path, target: Path, *, height: int, seconds: float, told: Callable[[float], None]) -> None:
    """H.264 and AAC in an MP4 that begins to play at once, without what the camera wrote into it.

    `told` hears the share that is done, from 0 to 1, about twice a second. Raises Unreadable.
    """
    _follow(
        [
            "ffmpeg", "-v", "error", "-nostdin", "-y", "-protocol_whitelist", "file", "-i", str(source),
            "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1",
            "-vf", f"scale=-2:'min({height},ih)',format=yuv420p", "-c:v", "libx264", "-preset", "veryfast",
            "-crf", "27" if height <= HEIGHTS[0] else "26", "-maxrate", f"{height * 2}k", "-bufsize", f"{height * 4}k",
            "-c:a", "aac", "-b:a", "64k", "-ac", "1", "-movflags", "+faststart", "-threads", "1",
            "-progress", "pipe:1", "-f", "mp4", str(target),
        ],
        seconds=seconds,
        told=told,
    )  # fmt: skip


def sound(source: Path, target: Path, *, seconds: float, told: Callable[[float], None]) -> None:
    """The sound alone, for a player. Raises Unreadable."""
    _follow(
        [
            "ffmpeg", "-v", "error", "-nostdin", "-y", "-protocol_whitelist", "file", "-i", str(source),
            "-map", "0:a:0", "-map_metadata", "-1", "-c:a", "aac", "-b:a", "64k", "-ac", "1",
            "-movflags", "+faststart", "-progress", "pipe:1", "-f", "mp4", str(target),
        ],
        seconds=seconds,
        told=told,
    )  # fmt: skip


def poster(source: Path, target: Path, *, seconds: float) -> None:
    """One picture from a tenth of the way, at most 480 points high."""
    at = f"{min(3.0, seconds / 10):.2f}"
    _run(
        [
            "ffmpeg", "-v", "error", "-nostdin", "-y", "-protocol_whitelist", "file", "-ss", at, "-i", str(source),
            "-frames:v", "1", "-map_metadata", "-1", "-vf", "scale=-2:'min(480,ih)'", str(target),
        ],
        seconds=COPY_SECONDS,
    )  # fmt: skip


def _follow(command: list[str], *, seconds: float, told: Callable[[float], None]) -> None:
    """Run ffmpeg and pass on how far it is; it ends with us, for it writes to a pipe that we read."""
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(  # noqa: S603
            ["nice", *command],  # noqa: S607
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as process,
    ):
        try:
            for line in process.stdout or ():
                name, _equals, value = line.strip().partition("=")
                if name == "out_time_us" and value.isdecimal():
                    told(min(1.0, int(value) / 1_000_000 / max(seconds, 0.1)))
        except BaseException:
            process.kill()
            raise
        code = process.wait()
        complaints.seek(0)
        _judge(code, complaints.read())
