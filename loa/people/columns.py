"""Recognising the columns of a list from its headers, however a union words and orders them. Values only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from loa.base.text import clean, fold

from .spreadsheets import BadFile, Cell, Line

HEAD = 60
"""Lines at the top among which the header is looked for: titles, addressees and remarks come first."""

PEOPLE: Mapping[str, str] = {
    "number": "stt|tt|so tt|so thu tu|no",
    "member_code": "(ma|so|ma so|so the|ma the)( the)? (doan vien|dv|dvcd|nld|nguoi lao dong|ca nhan|the)"
    "|(ma|ma so|so) (doan vien|dv)( cong doan)?|ma so|ma",
    "full_name": "ho( va| ,)? ten( doan vien| nld| nguoi lao dong| dv| khai sinh| day du| cnvcld)*|ho ten|ten doan vien"
    "|ten nguoi lao dong|doan vien|ten day du",
    "family_name": "ho|ho dem|ho va( ten| chu)? (dem|lot)|ho (ten )?(lot|dem)|ho chu lot",
    "given_name": "ten|ten goi",
    "birth": "(ngay|ngay thang|ngay thang nam|nam|ngay , thang , nam|thang nam) sinh|sinh ngay|ns|sinh nam"
    "|ngay thang nam",
    "born_male": "(ngay sinh|nam sinh|sinh nam|ngay thang nam sinh|ngay thang sinh|nam sinh ngay thang) nam",
    "born_female": "(ngay sinh|nam sinh|sinh nam|ngay thang nam sinh|ngay thang sinh|nam sinh ngay thang) nu",
    "gender": "gioi tinh|gt|phai|gioi|nam nu|gioi tinh nam nu",
    "is_female": "nu|gioi tinh nu|la nu",
    "is_male": "gioi tinh nam|la nam",
    "phone": "(so )?(dien thoai|dt|dtdd|di dong|mobile|phone)( di dong| lien he| lien lac| zalo| ca nhan)*"
    "|sdt( zalo| lien he)?"
    "|so (zalo|may)|so phone|lien he|dt lien he",
    "email": "(dia chi )?(e mail|email|thu dien tu|mail)",
    "unit_code": "(ma|ma so|ma hieu) (cdcs|don vi|cong doan|cong doan co so|dv cong doan|cd|dvct|to chuc)( co so)?",
    "unit_name": "(ten )?(cdcs|don vi|cong doan co so|to chuc cong doan|cong doan|don vi cong tac|don vi cong doan"
    "|cong doan bo phan|noi cong tac|cd co so|noi lam viec|cong doan don vi)( truc thuoc)?",
    "standing": "doi tuong|loai|dien|loai doi tuong|tu cach|la doan vien|doan vien nld",
    "joined_on": "(ngay|ngay thang|thoi gian|thoi diem|nam|ngay thang nam)( duoc)? "
    "(vao|gia nhap|ket nap|vao doan vien)( vao)?( cd| cong doan| to chuc cong doan| cdvn| cong doan viet nam)?"
    "|ngay vao doan|vao cong doan( ngay)?|ngay ket nap( doan vien)?",
    "left_on": "(ngay|ngay thang|thoi diem) (thoi|nghi|roi|ra khoi|chuyen di|nghi viec|thoi viec|ket thuc)( doan vien"
    "| cong doan| cd| viec| to chuc)?|thoi|nghi viec( tu)?( ngay)?",
    "post": "chuc vu( cong doan| cd| trong cong doan| doan the)?|chuc danh( cong doan)?|nhiem vu cong doan"
    "|chuc vu doan",
    "education": "trinh do( hoc van| chuyen mon| dao tao| van hoa)?|hoc van|bang cap",
    "field": "nganh nghe|nghe nghiep|linh vuc|nganh|linh vuc lam viec|nghe|cong viec|chuyen mon|nganh nghe lam viec",
    "area": "noi o( hien nay| hien tai)?|noi cu tru|cho o( hien nay)?|dia ban( cu tru)?|(xa|phuong"
    "|xa phuong)( noi o| cu tru)?"
    "|noi o xa phuong|dia chi( thuong tru| cu tru| noi o)?|noi thuong tru|thuong tru|noi dang ky ho khau",
    "habits": "kenh( thong tin)?( thuong)?( xem| theo doi| dung| nghe| doc)?|(thoi quen"
    "|kenh)( tiep nhan)?( thong tin)|xem tin qua",
    "working_time": "ca( lam viec| lam)?|gio lam viec|thoi gian lam viec|thoi gio lam viec",
    "rest_time": "gio (ranh|nghi|nghi ngoi)|thoi gian (ranh|nghi|nghi ngoi|roi)|luc ranh",
}
"""Field → how its header may read, folded and without punctuation."""

UNITS: Mapping[str, str] = {
    "number": "stt|tt|so tt|so thu tu",
    "code": "(ma|ma so|ma hieu)( don vi| cdcs| cong doan| cong doan co so| cd| to chuc)?",
    "name": "ten|(ten )(don vi|cdcs|cong doan|cong doan co so|to chuc|to chuc cong doan|day du)|don vi|cdcs"
    "|cong doan co so"
    "|cong doan",
    "short_name": "(ten )?(viet tat|ngan gon|goi tat|rut gon)|ten ngan",
    "kind": "(loai|cap|loai hinh|cap do)( don vi| cong doan| to chuc| to chuc cong doan| cd)|loai|cap",
    "parent": "(ma|ma so)( don vi| cong doan| cd)? (cap tren|quan ly|cha)( truc tiep)?|ma cap tren|ma don vi quan ly",
    "parent_name": "(ten )?(don vi |cong doan |cd )?(cap tren|quan ly|chu quan)( truc tiep)?( quan ly)?|truc thuoc"
    "|thuoc",
    "established_on": "(ngay|ngay thang|nam|thoi gian|thoi diem)( thang)?( nam)? thanh lap|thanh lap( ngay| nam)?"
    "|ngay tl",
    "decision": "(so )?(quyet dinh|qd)( thanh lap| so)?|so qd tl|qd so|so qd",
    "employer": "doanh nghiep( co quan)?|ten (doanh nghiep|co quan|cong ty)|co quan( doanh nghiep)?"
    "|nguoi su dung lao dong|cong ty"
    "|don vi su dung lao dong",
    "ownership": "loai hinh( so huu| doanh nghiep| dn)?|so huu|khu vuc|loai hinh kinh te|thanh phan kinh te"
    "|hinh thuc so huu",
    "workforce": "(so |tong so |tong |so luong )?(lao dong|nld|ld|cnvcld|cnld|nguoi lao dong)",
    "industry": "nganh( nghe| kinh te| nghe kinh doanh)?|linh vuc( hoat dong| kinh doanh)?",
    "area": "dia ban( xa phuong)?|xa phuong|dia chi|phuong xa|xa|phuong",
    "flags": "co|danh dau|thuoc tinh|nhan",
    "note": "ghi chu|chu thich",
}

DECISIONS: Mapping[str, str] = {
    "number": "stt|tt|so tt|so thu tu",
    "effective_on": "(tu )?(ngay|ngay thang)( co)? hieu luc|hieu luc( tu)?( ngay)?|ngay thuc hien",
    "decision": "(so )?(quyet dinh|qd|van ban)( so)?|so hieu( quyet dinh)?",
    "issuer": "(co quan|noi|cap)( ra)? (ban hanh|quyet dinh)|ban hanh",
    "decided_on": "ngay (ky|ban hanh|quyet dinh)( quyet dinh)?",
    "form": "hinh thuc( sap xep)?|noi dung( sap xep| quyet dinh)?|su kien|loai (su kien|quyet dinh)|viec",
    "old_code": "(ma|ma so)( don vi| cdcs| cong doan)? (cu|truoc( sap xep)?|hien tai)",
    "old_name": "(ten )?(don vi|cdcs|cong doan) (cu|truoc( sap xep)?|hien tai)|ten cu",
    "new_code": "(ma|ma so)( don vi| cdcs| cong doan)? (moi|sau( sap xep)?|tiep nhan)",
    "new_name": "(ten )?(don vi|cdcs|cong doan) (moi|sau( sap xep)?|tiep nhan)|ten moi",
    "new_kind": "(loai|cap)( don vi| cong doan)?( moi)?",
    "parent": "(ma|ma so)( don vi)? (cap tren|quan ly)( truc tiep)?( moi)?|cap tren( truc tiep)?( moi)?",
    "heir": "(don vi )?(ke thua|thua ke)",
    "members": "(xu ly )?doan vien",
    "share": "(ty|ti) le( phan tram| tiep nhan)?|phan tram",
    "area": "dia ban( xa phuong)?|xa phuong",
    "note": "ghi chu|chu thich",
}

Fields = Mapping[str, str]

_NOTHING = (None, "")
_ASIDE = re.compile(r"\([^)]*\)|\*")
_PUNCTUATION = re.compile(r"[^a-z0-9]+")
_NUMBERING = re.compile(r"\(?(\d{1,2}|[a-z])\)?|\d=\d.*")
_TOTAL = re.compile(r"(tong( cong| so| hop)?|cong)( :| so)?( \d.*)?|tong (cong|so) .*")
_AS_OF = re.compile(r"(?:tinh|den|tai thoi diem|cap nhat)[^0-9]{0,25}(\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4})")


def words(text: object) -> str:
    """A header as it is compared: folded, without what stands in brackets, without punctuation."""
    folded = fold(str(text)) if text is not None else ""
    return _PUNCTUATION.sub(" ", _ASIDE.sub(" ", folded)).strip() or _PUNCTUATION.sub(" ", folded).strip()


@dataclass(frozen=True)
class Recogniser:
    """Knows the headers of one kind of list."""

    fields: Fields
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def field_of(self, header: object) -> str | None:
        """The field a header names, if it names one."""
        text = words(header)
        if not text or len(text) > 80:
            return None
        if not self._patterns:
            self._patterns.update({name: re.compile(words_) for name, words_ in self.fields.items()})
        return next((name for name, pattern in self._patterns.items() if pattern.fullmatch(text)), None)


people = Recogniser(PEOPLE)
units = Recogniser(UNITS)
decisions = Recogniser(DECISIONS)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where each field stands. `titles`: the lines above the header; `headers`: field → the text of its header."""

    places: Mapping[str, tuple[int, ...]]
    headers: Mapping[str, str]
    last: int
    titles: tuple[str, ...] = ()

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def cells(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """The cells of one line by field; a name split over two columns comes as one."""
        found: dict[str, Cell] = {}
        width = len(cells)
        for name, places in self.places.items():
            if len(places) == 1:
                found[name] = cells[places[0]] if places[0] < width else None
            else:
                parts = (cells[place] for place in places if place < width)
                found[name] = " ".join(str(part) for part in parts if part not in _NOTHING)
        return found

    def repeated(self, found: Mapping[str, Cell]) -> bool:
        """Whether this is the header again, as at the top of each printed page, or a line numbering the columns."""
        filled = [(name, value) for name, value in found.items() if value not in _NOTHING]
        if not filled:
            return True
        name, value = filled[0]
        if isinstance(value, str) and clean(value) == self.headers.get(name, value):
            same = sum(isinstance(value, str) and clean(value) == self.headers.get(name) for name, value in filled)
            return same >= 2 or same == len(filled)
        if len(str(value)) > 4 or len(filled) < 3:
            return False
        return all(_NUMBERING.fullmatch(fold(str(value))) for _name, value in filled)

    def as_of(self) -> str:
        """The day the list describes, when a title says it ("Tính đến ngày 31/12/2025"), as written; else empty."""
        return next((match[1] for title in self.titles if (match := _AS_OF.search(fold(title)))), "")


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a line sums up those above it."""
    first = next((cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()), "")
    if first[:1] not in "TtCc":
        return False
    first = fold(first)
    return bool(_TOTAL.fullmatch(first.replace(":", " :").strip()))


def find(head: Sequence[Line], recogniser: Recogniser) -> Columns | None:
    """The columns, from the first lines of a sheet: the header is the line, or pair of lines, that names most fields.

    Raises BadFile when two columns claim the same field.
    """
    best: tuple[int, int, list[str | None], list[str]] | None = None
    for index in range(min(len(head), HEAD)):
        for depth in (1, 2):
            if index + depth > len(head) or (depth == 2 and head[index + 1][0] != head[index][0] + 1):
                continue
            names, texts = _read([line[1] for line in head[index : index + depth]], recogniser)
            score = len({name for name in names if name})
            if score >= 2 and (best is None or score > best[0]):
                best = (score, index + depth - 1, names, texts)
    if best is None:
        return None
    _score, last, names, texts = best
    return _columns(names, texts, last=head[last][0], titles=_titles(head, head[last][0]))


def _titles(head: Sequence[Line], last: int) -> tuple[str, ...]:
    return tuple(clean(str(cell)) for number, cells in head if number < last for cell in cells if isinstance(cell, str))


def _read(rows: list[list[Cell]], recogniser: Recogniser) -> tuple[list[str | None], list[str]]:
    """The field and the text of each column's header. Of two lines, the lower must belong to the header all through."""
    width = max(len(row) for row in rows)
    padded = [[_text(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    if len(padded) == 1:
        return [recogniser.field_of(text) for text in padded[0]], padded[0]
    top, below = _spread(padded[0], padded[1]), padded[1]
    if not any(below) or any(isinstance(cell, int | float) for cell in rows[1]):
        return [], []
    names: list[str | None] = []
    for upper, lower in zip(top, below, strict=True):
        own = recogniser.field_of(f"{upper} {lower}") or recogniser.field_of(lower)
        if lower and not own:
            return [], []
        names.append(own or recogniser.field_of(upper))
    return names, [lower or upper for upper, lower in zip(top, below, strict=True)]


def _spread(top: list[str], below: list[str]) -> list[str]:
    """A merged cell has its text in its first column; the columns it covers have texts of their own below."""
    spread, carried = [], ""
    for upper, lower in zip(top, below, strict=True):
        carried = upper or (carried if lower else "")
        spread.append(carried)
    return spread


def _text(cell: Cell) -> str:
    return clean(cell) if isinstance(cell, str) else ""


def _columns(names: list[str | None], texts: list[str], *, last: int, titles: tuple[str, ...]) -> Columns:
    places: dict[str, tuple[int, ...]] = {}
    for place, name in enumerate(names):
        if name is None:
            continue
        if name in places and name != "number":
            earlier = texts[places[name][0]]
            raise BadFile(
                _("Columns “%(first)s” and “%(second)s” say the same thing; please keep only one of them.")
                % {"first": earlier, "second": texts[place]}
            )
        places.setdefault(name, (place,))
    places.pop("number", None)
    _join_names(places, names, texts)
    headers = {name: " ".join(texts[place] for place in at).strip() for name, at in places.items()}
    return Columns(places=places, headers=headers, last=last, titles=titles)


def _join_names(places: dict[str, tuple[int, ...]], names: list[str | None], texts: list[str]) -> None:
    """Family and given names in two columns, or a header "Họ và tên" merged over two, become one full name."""
    if "full_name" in places:
        after = places["full_name"][0] + 1
        if ("given_name" in places and places["given_name"][0] == after and "family_name" not in places) or (
            after < len(texts) and not texts[after]
        ):
            places["full_name"] = (after - 1, after)
        places.pop("given_name", None)
        places.pop("family_name", None)
    elif "family_name" in places and "given_name" in places:
        places["full_name"] = places.pop("family_name") + places.pop("given_name")
