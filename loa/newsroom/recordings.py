"""What ffmpeg tells of a recording, and what it makes of it. Without ffmpeg on the machine nothing is offered."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PROBE_SECONDS = 30
COPY_SECONDS = 60


class Unreadable(Exception):
    """What was given is no recording that ffmpeg can read."""


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
    if done.returncode:
        raise Unreadable(done.stderr[-500:])
    return done.stdout
