"""Addresses of units, people and accounts."""

from django.urls import path

from . import public
from .desk import accounts, decisions, exports, imports, people, reorganising, units

account_urls = [
    path("tai-khoan/", accounts.accounts, name="accounts"),
    path("tai-khoan/mo/", accounts.candidates, name="account-candidates"),
    path("tai-khoan/mo/<int:pk>/", accounts.open_account, name="account-open"),
    path("tai-khoan/<int:pk>/", accounts.account, name="account"),
    path("tai-khoan/<int:pk>/moi/", accounts.invite, name="account-invite"),
    path("tai-khoan/<int:pk>/thu-moi/", accounts.invitation, name="account-invitation"),
    path("tai-khoan/<int:pk>/vai-tro/", accounts.grant, name="account-grant"),
    path("tai-khoan/<int:pk>/dong/", accounts.close, name="account-close"),
    path("vai-tro/<int:pk>/thu-hoi/", accounts.revoke, name="grant-revoke"),
]

unit_urls = [
    path("", units.units, name="units"),
    path("don-vi/<int:pk>/", units.unit, name="unit"),
]

decision_urls = [
    path("quyet-dinh/", decisions.decisions, name="decisions"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh/<int:pk>/huy/", decisions.undo, name="decision-undo"),
    path("quyet-dinh/<int:pk>/dinh-chinh/", decisions.correct, name="decision-correct"),
    path("sap-xep/moi/", reorganising.new, name="draft-new"),
    path("sap-xep/<int:pk>/", reorganising.draft, name="draft"),
    path("sap-xep/<int:pk>/quyet-dinh/", reorganising.head, name="draft-head"),
    path("sap-xep/<int:pk>/them/<slug:verb>/", reorganising.step, name="draft-step"),
    path("sap-xep/<int:pk>/bot/<int:position>/", reorganising.drop, name="draft-drop"),
    path("sap-xep/<int:pk>/xem-truoc/", reorganising.preview, name="draft-preview"),
    path("sap-xep/<int:pk>/thuc-hien/", reorganising.carry_out, name="draft-carry-out"),
    path("sap-xep/<int:pk>/bo/", reorganising.set_aside, name="draft-set-aside"),
]

import_urls = [
    path("nhap/", imports.imports, name="imports"),
    path("nhap/moi/", imports.hand_in, name="import-new"),
    path("nhap/<int:pk>/", imports.import_, name="import"),
    path("nhap/<int:pk>/ghi/", imports.apply_import, name="import-apply"),
    path("nhap/<int:pk>/bo/", imports.discard_import, name="import-discard"),
    path("nhap/<int:pk>/chua-nhan.xlsx", imports.import_rejects, name="import-rejects"),
]

people_urls = [
    path("nguoi/", people.people, name="people"),
    path("nguoi/them/", people.enter, name="person-new"),
    path("nguoi/co-the-trung/", people.alike, name="people-alike"),
    path("nguoi/<int:pk>/", people.person, name="person"),
    path("nguoi/<int:pk>/sua/", people.act, {"verb": "correct"}, name="person-correct"),
    path("nguoi/<int:pk>/chuyen/", people.act, {"verb": "move"}, name="person-move"),
    path("nguoi/<int:pk>/thoi/", people.act, {"verb": "leave"}, name="person-leave"),
    path("nguoi/<int:pk>/chuc-vu/", people.act, {"verb": "post"}, name="person-post"),
    path("nguoi/<int:pk>/dong-y/", people.act, {"verb": "consent"}, name="person-consent"),
    path("nguoi/<int:pk>/dong-y/rut/", people.withdraw, name="person-withdraw"),
    path("nguoi/<int:pk>/xoa/", people.act, {"verb": "erase"}, name="person-erase"),
    path("nguoi/<int:pk>/du-lieu.xlsx", people.export, name="person-export"),
    path("chuc-vu/<int:pk>/ket-thuc/", people.end_post, name="post-end"),
]

export_urls = [
    path("bang/<str:table>/lay/", exports.take, name="table-take"),
    path("tai-ve/<int:pk>/", exports.export, name="export"),
    path("tai-ve/<int:pk>/tep.xlsx", exports.file, name="export-file"),
]

desk_urls = [*export_urls, *unit_urls, *decision_urls, *people_urls, *account_urls, *import_urls]

public_urls = [
    path("loi-moi/<str:token>/", public.invitation, name="invitation"),
    path("ngon-ngu/", public.language, name="language"),
]
