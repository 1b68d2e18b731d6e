"""How Vietnamese syllables are built: which letters may begin one, which may follow, and where the tone is written.

Pure rules of the language's spelling; no word list. A syllable is an initial, a rime and a tone; rimes that end in c,
ch, p or t take only sắc and nặng; a tone stands on the marked vowel of its rime, before a closing consonant on the
last vowel, and both ways of writing hoà and hòa, thuý and thúy are right.
"""

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SHORT = {"\u0301", "\u0323"}
_INITIALS = ("ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", *"bcdđghklmnrstvx")
_ENDINGS = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch
êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao
oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong oong ooc op ot oc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp
ơt u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyt uyu uân uât uây uâng uê
uêch uênh ư ưa ưc ưi ưng ưu ưt ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêu yêng yêt yt
"""
_RIMES = frozenset(_ENDINGS.split())
_AFTER_QU = frozenset(rime for rime in _RIMES if rime[0] not in "ouư") | {"ôc", "ơ", "ơi", "ơn"}
_FRONT = "ieêy"
_WORD = re.compile(r"[a-zđăâêôơư]+\Z")


def parts(syllable: str) -> tuple[str, str]:
    """Letters without the tone, in lower case, and the tone mark ("" for none)."""
    letters = unicodedata.normalize("NFD", syllable.lower())
    tones = [letter for letter in letters if letter in TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES))
    return bare, "".join(tones)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` could be a Vietnamese syllable, correctly spelt."""
    bare, tone = parts(word)
    if not _WORD.match(bare) or len(tone) > 1:
        return False
    return any(_fits(word, bare, initial, tone) for initial in ("", *_INITIALS) if bare.startswith(initial))


def _fits(word: str, bare: str, initial: str, tone: str) -> bool:
    rime = bare.removeprefix(initial)
    if initial == "gi":
        # gì, gìn, giếng: the i belongs to the rime as well.
        known = rime in _RIMES or f"i{rime}" in _RIMES
    else:
        known = rime in (_AFTER_QU if initial == "qu" else _RIMES)
    if not known or not _spelt(initial, rime):
        return False
    if rime.endswith(("c", "ch", "p", "t")) and tone not in _SHORT:
        return False
    return not tone or _well_placed(word, initial, rime)


def _spelt(initial: str, rime: str) -> bool:
    """k, gh and ngh stand before i, e, ê, y; c, g and ng before the rest."""
    if initial in ("k", "gh", "ngh"):
        return rime[:1] in tuple(_FRONT)
    return initial not in ("c", "g", "ng") or rime[:1] not in tuple(_FRONT) or (initial == "g" and rime[:1] == "i")


def _well_placed(word: str, initial: str, rime: str) -> bool:
    letters = _letters(word)
    at = next(index for index, (_letter, tone) in enumerate(letters) if tone)
    return at in _places(initial, rime)


def _letters(word: str) -> list[tuple[str, str]]:
    """Each letter without its tone, and its tone."""
    return [parts(letter) for letter in unicodedata.normalize("NFC", word.lower())]


def _places(initial: str, rime: str) -> set[int]:
    """Where the tone may be written, as indexes of letters."""
    start = len(initial)
    vowels = [index for index, letter in enumerate(rime) if letter in "aăâeêioôơuưy"]
    if not vowels:  # gì
        return {start - 1}
    marked = [index for index in vowels if rime[index] in "ăâêôơư"]
    if len(marked) > 1 or (marked and rime[marked[0]] != "ư") or rime in ("ư",):
        return {start + marked[-1]}
    if marked:
        return {start + marked[0]}
    if rime[-1] not in "aeioyu" and len(vowels) > 1:
        return {start + vowels[-1]}
    if rime in ("oa", "oe", "uy"):
        return {start, start + 1}
    if len(vowels) == 3 or rime in ("oai", "oay", "oao", "oeo", "uya", "uyu"):
        return {start + vowels[1]}
    if initial == "gi" and f"i{rime}" in _RIMES and rime not in _RIMES:
        return {start - 1, start}
    return {start + vowels[0]}


def reposition(word: str) -> str:
    """The same letters and tone with the tone where it belongs, or "" when there is no such syllable."""
    bare, tone = parts(word)
    if len(tone) != 1:
        return ""
    for index in (index for index, letter in enumerate(bare) if letter in "aăâeêioôơuưy"):
        tried = unicodedata.normalize("NFC", bare[: index + 1] + tone + bare[index + 1 :])
        if tried != word and is_syllable(tried):
            return tried
    return ""
