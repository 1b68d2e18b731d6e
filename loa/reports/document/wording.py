"""The lines of a document as its profile words them, the same for every kind of file."""

import re
from collections.abc import Sequence
from datetime import date

from loa.base.dates import long_date
from loa.base.text import clean

from .content import Document, LandscapeSection, Signature
from .layout import Profile
from .lines import broken, width_of

DRAFT = "BẢN NHÁP – chưa được chấp nhận"
SYNTHETIC = "Số liệu minh họa, không phải số liệu thật"
FINGERPRINT = "Mã kiểm chứng: "
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
NO_BREAK = "\u00a0"
ENDS = " ;.,"
NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}


def plain(text: str) -> str:
    """`text` as XML can carry it: NFC and one line. No-break spaces stay; they are room for a pen."""
    return NO_BREAK.join(clean(part) for part in text.translate(NOT_IN_XML).split(NO_BREAK))


def title(document: Document) -> str:
    return clean(f"{document.kind}: {document.subject}")


def marks(document: Document) -> str:
    """What stands in the top margin of every page of a draft or a demonstration."""
    return " – ".join([DRAFT] * document.draft + [SYNTHETIC] * document.synthetic)


# --- the head


def parent_lines(document: Document, profile: Profile) -> list[str]:
    look = profile.looks["ParentOrganisation"]
    return broken(plain(document.parent_organisation).upper(), profile.names_width, look.size)


def issuer_lines(document: Document, profile: Profile) -> list[str]:
    return broken(plain(document.organisation).upper(), profile.names_width, profile.looks["Organisation"].size)


def issuer_rule(document: Document, profile: Profile) -> float:
    """Millimetres of the rule below the issuer: a share of the line above it."""
    last = issuer_lines(document, profile)[-1:] or [""]
    return profile.short_rule * min(profile.names_width, width_of(last[0], profile.looks["Organisation"].size))


def subject_rule(document: Document, profile: Profile) -> float:
    length = width_of(plain(document.subject), profile.looks["Subject"].size)
    return profile.short_rule * min(profile.text_width, length)


def number(document: Document, profile: Profile) -> str:
    """Number and symbol: "05/BC-LĐLĐ" also for what was typed as 5; room for the clerk's pen when there is none."""
    if not document.number:
        return NO_BREAK * 6 + profile.number_joint + document.symbol
    return re.sub(r"^\d+", lambda found: found[0].zfill(profile.number_digits), plain(document.number))


def number_line(document: Document, profile: Profile) -> str:
    return profile.number_label + number(document, profile)


def date_text(day: date | None, profile: Profile) -> str:
    return long_date(day) if day else profile.undated


def place_line(document: Document, profile: Profile) -> str:
    return f"{document.place}, {date_text(document.issued_on, profile)}"


# --- addressees and grounds


def addressees(document: Document) -> list[str]:
    return _listed(document.addressees)


def grounds(document: Document) -> list[str]:
    """Each ends with a semicolon, the last one with a full stop (NĐ 30/2020, Annex I, II.6)."""
    return _listed(document.grounds)


def _listed(items: Sequence[str]) -> list[str]:
    texts = [text for item in items if (text := plain(item).rstrip(ENDS))]
    return [f"{text};" for text in texts[:-1]] + [f"{text}." for text in texts[-1:]]


# --- the end


def recipient_lines(document: Document, profile: Profile) -> list[str]:
    """ "As above" first where somebody is addressed, the archive last (II.9)."""
    told = {clean(name).rstrip(ENDS).casefold() for name in document.addressees}
    others = [plain(name).rstrip(ENDS) for name in document.recipients]
    first = [profile.as_above] if document.addressees else []
    items = [*first, *(name for name in others if name and name.casefold() not in told)]
    return [*(f"- {item};" for item in items), f"- {(document.archive or profile.archive).rstrip(ENDS)}."]


def capacity_lines(signature: Signature, profile: Profile) -> list[str]:
    """The lines above the room for the signature, if the profile has a way of signing like that.

    Raises ValueError when it has none: a deputy may not sign below every form (Article 13 of the decree).
    """
    if signature.form and signature.form not in profile.signature_forms:
        raise ValueError(f"{profile.name} knows no signature {signature.form}")
    rule = profile.signature_forms.get(signature.form)
    if signature.deputy_for and rule is not None and not rule.deputy:
        raise ValueError(f"{profile.name}: below {signature.form} nobody signs in place of somebody else.")
    return [plain(line).upper() for line in signature.capacity]


# --- appendices


def appendix_label(index: int, document: Document, profile: Profile) -> str:
    """Numbered only where there are several (III.1)."""
    several = len(document.appendices) > 1
    return f"{profile.appendix_label} {numeral(index)}" if several else profile.appendix_label


def numeral(index: int) -> str:
    return ROMAN[index] if index < len(ROMAN) else str(index + 1)


def appendix_title(appendix: LandscapeSection) -> str:
    return plain(appendix.title).upper()


def enclosed(document: Document, profile: Profile) -> str:
    return profile.enclosed.format(
        kind=document.kind.capitalize(),
        number=number(document, profile),
        date=date_text(document.issued_on, profile),
        organisation=plain(document.organisation),
    )
