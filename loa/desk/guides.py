"""Help where it is needed: which page of the guide belongs to which screen, and to which kind of work."""

from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loa.people.policies import Viewer, held

GENERAL = "noi-lam-viec"

HELP = {
    "wagtailadmin_home": "noi-lam-viec#viec-cua-toi-hom-nay",
    "newsroom_story:add": "tin-bai#viet",
    "newsroom_story:edit": "tin-bai#viet",
    "newsroom_story": "tin-bai",
    "newsroom:requests": "lich-bien-tap#tu-lieu",
    "newsroom:ask": "lich-bien-tap#tu-lieu",
    "newsroom:request": "lich-bien-tap#tu-lieu",
    "newsroom:facts": "du-kien",
    "newsroom:new_fact": "du-kien#ghi-mot-du-kien",
    "newsroom:fact": "du-kien#khi-gia-tri-thay-doi",
    "newsroom:choose_facts": "du-kien#dung-trong-bai",
    "newsroom:news": "chu-tich-cdcs#gui-tin-cua-don-vi",
    "newsroom:news_again": "chu-tich-cdcs#gui-tin-cua-don-vi",
    "newsroom:contributions": "gop-tin",
    "newsroom:contribution": "gop-tin",
    "newsroom:clips": "anh-va-clip#clip-va-am-thanh",
    "newsroom:clip": "anh-va-clip#clip-va-am-thanh",
    "newsroom:photos": "anh-va-clip",
    "newsroom:photo": "anh-va-clip",
    "newsroom:new_photos": "anh-va-clip",
    "newsroom:calendar": "lich-bien-tap",
    "newsroom:ideas": "lich-bien-tap",
    "newsroom:coverage": "lich-bien-tap",
    "newsroom:new_coverage": "lich-bien-tap",
    "newsroom:event": "lich-bien-tap",
    "newsroom:new_event": "lich-bien-tap",
    "newsroom:change_event": "lich-bien-tap",
    "newsroom:shared": "tin-bai#chia-se-tin-giua-cac-cap",
    "newsroom:offer": "tin-bai#chia-se-tin-giua-cac-cap",
    "newsroom:sharing": "tin-bai#chia-se-tin-giua-cac-cap",
    "newsroom": "tin-bai",
    "wagtailimages": "anh-va-clip",
    "planning:scorecard": "bang-chi-tieu",
    "planning:unit": "bang-chi-tieu",
    "planning:target": "bang-chi-tieu",
    "planning:glance": "bang-chi-tieu",
    "planning:evidence": "bang-chi-tieu",
    "planning:gap": "bang-chi-tieu",
    "planning": "ke-hoach",
    "audience": "bang-chi-tieu",
    "reports": "bao-cao",
    "people:units": "don-vi",
    "people:unit": "don-vi",
    "people:unit-decide": "don-vi",
    "people:imports": "nhap-danh-sach",
    "people:import-new": "nhap-danh-sach",
    "people:import": "nhap-danh-sach",
    "people:accounts": "tai-khoan-va-quyen",
    "people:account": "tai-khoan-va-quyen",
    "people:account-candidates": "tai-khoan-va-quyen",
    "people:account-invitation": "tai-khoan-va-quyen",
    "people": "danh-sach-nguoi",
    "portal_desk": "trang-cong-khai",
    "desk:look": "quan-tri-vien#ten-mau-va-bieu-tuong",
}
"""View name, or the namespace of all the others, → page#anchor of the guide."""

ROLES: dict[str, tuple[str, str | Promise]] = {
    "chair": ("chu-tich-cdcs", _("The guide for grassroots chairs, on one page")),
    "writer": ("can-bo", _("The guide for officers, on one page")),
    "officer": ("can-bo", _("The guide for officers, on one page")),
    "approver": ("can-bo", _("The guide for officers, on one page")),
    "registrar": ("nhap-danh-sach", _("How to take over a list")),
    "planner": ("bien-tap-tinh", _("The guide for provincial editors, on one page")),
    "leader": ("lanh-dao", _("The guide for leaders, on one page")),
    "auditor": ("bang-chi-tieu", _("How to open a figure down to its evidence")),
    "administrator": ("quan-tri-vien", _("The guide for administrators, on one page")),
}
"""Role → the page written for it, and what the link to it says."""


def help_address(view_name: str) -> str:
    """Where the guide speaks of this screen; its beginning for screens it does not name."""
    where = HELP.get(view_name) or HELP.get(view_name.partition(":")[0]) or GENERAL
    name, _hash, anchor = where.partition("#")
    return reverse("desk:guide-page", args=[name]) + (f"#{anchor}" if anchor else "")


def of_roles(account: Viewer, *, on: date) -> list[tuple[str, str | Promise]]:
    """The pages for the work of this account: address and text of each link."""
    roles = {one.role for one in held(account, on=on)}
    if getattr(account, "is_superuser", False):
        roles.add("administrator")
    found = dict(ROLES[role] for role in ROLES if role in roles)
    return [(reverse("desk:guide-page", args=[name]), text) for name, text in found.items()]
