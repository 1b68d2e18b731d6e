"""Which words of a text are not Vietnamese.

A Vietnamese syllable has a fixed shape: onset, rime, tone. The lists below are all there are, so whatever does not fit
is a foreign word, whether or not any dictionary knows it; `foreign-words.txt` lists those we mean.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

ALLOWED = Path(__file__).with_name("foreign-words.txt")

ONSETS = ["ngh", "ng", "gh", "gi", "kh", "nh", "ph", "qu", "th", "tr", "ch", *"bcdđghklmnpqrstvx", ""]
RIMES = frozenset(
    [
        *[
            "a",
            "ac",
            "ach",
            "ai",
            "am",
            "an",
            "ang",
            "anh",
            "ao",
            "ap",
            "at",
            "au",
            "ay",
            "ăc",
            "ăm",
            "ăn",
            "ăng",
            "ăp",
            "ăt",
            "âc",
            "âm",
            "ân",
            "âng",
            "âp",
            "ât",
            "âu",
            "ây",
        ],
        *["e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch", "êm", "ên", "êng", "ênh", "êp", "êt", "êu"],
        *["i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "im", "in", "inh", "ip", "it", "iu"],
        *[
            "o",
            "oa",
            "oac",
            "oach",
            "oai",
            "oam",
            "oan",
            "oang",
            "oanh",
            "oao",
            "oap",
            "oat",
            "oay",
            "oăc",
            "oăm",
            "oăn",
            "oăng",
            "oăt",
        ],
        *[
            "oc",
            "oe",
            "oen",
            "oeo",
            "oet",
            "oi",
            "om",
            "on",
            "ong",
            "ooc",
            "oong",
            "op",
            "ot",
            "ô",
            "ôc",
            "ôi",
            "ôm",
            "ôn",
            "ông",
            "ôp",
            "ôt",
            "ơ",
            "ơi",
            "ơm",
            "ơn",
            "ơp",
            "ơt",
        ],
        *[
            "u",
            "ua",
            "uân",
            "uâng",
            "uât",
            "uây",
            "uc",
            "uê",
            "uêch",
            "uênh",
            "ui",
            "um",
            "un",
            "ung",
            "uơ",
            "uôc",
            "uôi",
            "uôm",
            "uôn",
            "uông",
            "uôt",
            "up",
            "ut",
        ],
        *[
            "uy",
            "uya",
            "uych",
            "uyên",
            "uyêt",
            "uynh",
            "uyp",
            "uyt",
            "uyu",
            "ư",
            "ưa",
            "ưc",
            "ưi",
            "ưng",
            "ươc",
            "ươi",
            "ươm",
            "ươn",
            "ương",
            "ươp",
            "ươt",
            "ươu",
            "ưt",
            "ưu",
        ],
        *["y", "yêm", "yên", "yêng", "yêt", "yêu"],
    ]
)
AFTER_QU = RIMES | {"yên", "yêt", "yt", "ynh", "ych", "yu", "êch"}
TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
STOPPED = ("c", "ch", "p", "t")
WORD = re.compile(r"[^\W\d_]+")
NOT_WORDS = re.compile(
    r"\bloa [a-z]+ [a-z]+\b|wagtail\w+\.\w+|https?://\S+|\S+@\S+|(?:\.{0,2}/)[\w\-./%{}?=&]+|\{[^}]*\}|&\w+;|[\w.\-]*\d[\w.\-]*"
    r"|\b[\w\-]+\.(?:vn|example|xlsx|csv|docx|pdf|jpg|jpeg|png|webp|avif|gif|yaml|zip)\b|[\w\-]*_\w*|\w+:\w+"
)
"""Addresses, names of files, codes: read by nobody as words."""
LOOK_VIETNAMESE = {
    "no",
    "can",
    "do",
    "go",
    "in",
    "on",
    "to",
    "an",
    "the",
    "so",
    "me",
    "he",
    "be",
    "by",
    "run",
    "not",
    "cut",
}
"""English words that are possible syllables: foreign when they are the whole text."""


def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, with or without its marks."""
    letters, tone = _apart(word.lower())
    for onset in ONSETS:
        if letters.startswith(onset) and _rime_fits(onset, letters[len(onset) :], tone):
            return True
    return letters in {"gi", "gin", "gip", "giêng", "giêc", "giêt"}


def _rime_fits(onset: str, rime: str, tone: str) -> bool:
    stopped = any(rime.endswith(stop) for stop in STOPPED)
    return rime in (AFTER_QU if onset == "qu" else RIMES) and (not stopped or tone in {"sắc", "nặng"})


def _apart(word: str) -> tuple[str, str]:
    letters, tone = "", ""
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = TONES[character]
        else:
            letters += character
    return unicodedata.normalize("NFC", letters), tone


@cache
def allowed() -> frozenset[str]:
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return frozenset(word.lower() for line in lines for word in line.partition("#")[0].split())


def foreign(text: str) -> list[str]:
    """The words of a text that are neither Vietnamese nor on the list of those we mean."""
    words = [word for word in WORD.findall(NOT_WORDS.sub(" ", text)) if len(word) > 1]
    found = [word for word in words if word.lower() not in allowed() and not is_syllable(word)]
    return found or [word for word in words[:1] if len(words) == 1 and word.lower() in LOOK_VIETNAMESE]
