"""Subtitles as browsers want them (WebVTT), from that or from SubRip. Pure values."""

import re

from loa.base.text import nfc

_TIME = re.compile(
    r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)


class NoSubtitles(ValueError):
    """There is not one line with its time."""


def as_webvtt(given: bytes) -> str:
    """Raises NoSubtitles for what is neither WebVTT nor SubRip."""
    text = nfc(given.decode("utf-8-sig", errors="replace")).replace("\r\n", "\n").replace("\r", "\n")
    cues = [cue for block in re.split(r"\n\s*\n", text) if (cue := _cue(block.strip("\n")))]
    if not cues:
        raise NoSubtitles
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def spoken(webvtt: str) -> str:
    """What subtitles as `as_webvtt` gives them say, without their times."""
    lines = webvtt.split("\n")[1:]
    return "\n".join(line for line in lines if line.strip() and not _TIME.search(line))


def _cue(block: str) -> str:
    lines = block.split("\n")
    for place, line in enumerate(lines):
        if found := _TIME.search(line):
            said = "\n".join(one.replace("-->", "→") for one in lines[place + 1 :] if one.strip())
            return f"{_instant(*found.groups()[:4])} --> {_instant(*found.groups()[4:])}\n{said}" if said else ""
    return ""


def _instant(hours: str | None, minutes: str, seconds: str, fraction: str) -> str:
    return f"{int(hours or 0):02}:{int(minutes):02}:{int(seconds):02}.{fraction.ljust(3, '0')}"
