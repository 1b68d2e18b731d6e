"""Officers' accounts and roles, as their posts change, and the sign-ins anybody may try."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from loa.base.periods import FOREVER
from loa.config.demo import START, reorganisation
from loa.config.demo.files import Files
from loa.config.demo.people import officers
from loa.config.demo.persons import Post
from loa.config.demo.places import NEW_ROOT, OLD_NEIGHBOUR, OLD_ROOT
from loa.config.demo.world import World, on
from loa.people.actions import accounts
from loa.people.models import Account, Duty, Grant, Membership, Person, Unit, UnitPlace

ADMINISTRATOR = "quantri@vi-du.example"
PASSWORD = "loa-minh-hoa"  # noqa: S105 (everybody may know it: it opens a demonstration)
CHAIR = "grassroots-chair"

AT_PROVINCE = {
    "chair": "leader",
    "vice_chair": "leader",
    "office_head": "registrar",
    "propaganda_head": "planner",
    "propaganda_officer": "officer",
    "policy_officer": "officer",
    "accountant": "auditor",
}
BELOW = {"chair": "approver", "vice_chair": "approver", "propaganda_officer": "officer", "policy_officer": "officer"}
"""What the holder of a post does in Loa, at the province and in the unions below it."""

TRIED_AT_ROOT = ("planner", "officer", "leader", "auditor", "registrar")
TRIED_BELOW = ("officer", "approver")


def open_accounts(world: World, files: Files) -> str:
    """The administrator, and everybody whom the union pays on the first day."""
    Account.objects.create_superuser(ADMINISTRATOR, PASSWORD, name="Quản trị viên (minh họa)", joined_at=on(START, 7))
    staff = _persons(world)
    for person in staff.values():
        accounts.open_account(person, by=administrator(), at=on(START, 7))
    granted = _grant(world, lambda post: post.from_on <= START)
    return f"{len(staff)} tài khoản, {granted} vai trò"


def follow_careers(world: World, files: Files) -> str:
    """The roles of posts begun since then. Those on ended units have ended with them."""
    granted = _grant(world, lambda post: START < post.from_on <= world.until)
    return f"{granted} vai trò mới"


def open_doors(world: World, files: Files) -> str:
    """Accounts for a chair and a worker of one union, and one password for all who may be tried."""
    day = world.until
    chair = tried_chair(day)
    worker = _worker(chair, day)
    opened = [accounts.open_account(person, by=administrator(), at=on(day, 5)) for person in (chair.person, worker)]
    tried = [*opened, *_tried_officers(day)]
    # One password, hashed once: a demonstration need not wait for nine slow hashes.
    Account.objects.filter(pk__in=[account.pk for account in tried]).update(password=administrator().password)
    return f"{len(tried) + 1} người, một mật khẩu"


def administrator() -> Account:
    return Account.objects.get(email=ADMINISTRATOR)


def root_code(unit_code: str, day: date) -> str:
    """The federation that an upper-level union belongs to, or that answers for it after its end."""
    if day >= reorganisation.DAY:
        return NEW_ROOT
    return OLD_NEIGHBOUR if unit_code == OLD_NEIGHBOUR else OLD_ROOT


@dataclass
class Roster:
    """Who holds which role where, asked often: each answer is looked up once."""

    world: World

    def __post_init__(self) -> None:
        self._accounts = {
            account.person.member_code: account
            for account in Account.objects.filter(person__isnull=False).select_related("person")
            if account.person
        }
        self._grants = list(Grant.objects.select_related("unit", "account").order_by("started_on", "pk"))

    def account(self, member_code: str) -> Account:
        return self._accounts[member_code]

    def holders(self, role: str, unit_code: str, day: date) -> list[Account]:
        """Those who hold the role on the unit itself that day."""
        return [
            grant.account
            for grant in self._grants
            if grant.role == role and grant.unit.code == unit_code and grant.started_on <= day < grant.ended_on
        ]

    def judge(self, unit_code: str, day: date, *, but: Account | None = None) -> Account:
        """Who decides for the federation: its planner, or a leader where the planner may not."""
        root = root_code(unit_code, day)
        able = [*self.holders("planner", root, day), *self.holders("leader", root, day)]
        return next(account for account in able if account != but)


def _persons(world: World) -> dict[str, Person]:
    codes = [person.code for person in officers(world.structure, seed=world.seed)]
    return {person.member_code or "": person for person in Person.objects.filter(member_code__in=codes)}


def _grant(world: World, begun: Callable[[Post], bool]) -> int:
    """Give the roles of the posts that have `begun`, on the day they began or on the demo's first day."""
    by = administrator()
    held = {account.person_id: account for account in Account.objects.filter(person__isnull=False)}
    staff = _persons(world)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=world.structure.every)}
    granted = 0
    for officer in officers(world.structure, seed=world.seed):
        for post in filter(begun, officer.posts):
            roles = AT_PROVINCE if post.unit in (OLD_ROOT, OLD_NEIGHBOUR, NEW_ROOT) else BELOW
            account = held[staff[officer.code].pk]
            at = on(max(post.from_on, START), 7)
            accounts.grant(account, role=roles[post.key], unit=units[post.unit], by=by, at=at)
            granted += 1
    return granted


# --- those to try


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Somebody to try Loa as. `login` is a phone number as people write it, or an address."""

    role: str
    name: str
    unit: str
    login: str


SIGN_INS = {
    "worker": "Đoàn viên, người lao động",
    "chair": "Chủ tịch công đoàn cơ sở",
    "officer": "Cán bộ công đoàn xã, phường",
    "approver": "Người duyệt tin của xã, phường",
    "planner": "Ban Tuyên giáo - Nữ công tỉnh",
    "specialist": "Chuyên viên viết báo cáo của tỉnh",
    "leader": "Thường trực, lãnh đạo tỉnh",
    "auditor": "Kế toán, kiểm tra",
    "registrar": "Văn phòng, quản lý danh sách",
    "administrator": "Quản trị hệ thống",
}


def sign_ins(day: date) -> list[SignIn]:
    """Everybody who still has the demo's password, in the order of SIGN_INS."""
    tried = Account.objects.filter(password=administrator().password, is_active=True).select_related("person")
    found = {_role(account, day): account for account in tried}
    return [_sign_in(role, found[role], day) for role in SIGN_INS if role in found]


def _sign_in(role: str, account: Account, day: date) -> SignIn:
    membership = Membership.objects.on(day).filter(person=account.person_id).first() if account.person_id else None
    unit = membership.unit.versions.on(day).get().label if membership else ""
    login = f"0{account.phone[3:]}" if account.phone else account.email or ""
    return SignIn(role=SIGN_INS[role], name=account.name, unit=unit, login=login)


def _role(account: Account, day: date) -> str:
    if account.is_superuser:
        return "administrator"
    grant = Grant.objects.on(day).filter(account=account).select_related("unit").first()
    if grant is not None:
        return "specialist" if (grant.role, grant.unit.code) == ("officer", NEW_ROOT) else grant.role
    chairs = Duty.objects.filter(person=account.person_id, post__code=CHAIR, started_on__lte=day, ended_on__gt=day)
    return "chair" if chairs.exists() else "worker"


@dataclass(frozen=True, kw_only=True)
class Team:
    """The people of one union below the province who may be tried."""

    unit: Unit
    officer: Account
    approver: Account


def commune_team(day: date) -> Team:
    """Of the first union that has both an officer and an approver."""
    unit = Unit.objects.get(pk=_commune(day).unit_id)
    grants = Grant.objects.on(day).filter(unit=unit).select_related("account__person").order_by("pk")
    officer, approver = (grants.filter(role=role)[0].account for role in TRIED_BELOW)
    return Team(unit=unit, officer=officer, approver=approver)


def _commune(day: date) -> UnitPlace:
    roles = Grant.objects.on(day).filter(role__in=TRIED_BELOW).exclude(unit__code=NEW_ROOT)
    staffed = roles.values("unit").annotate(kinds=Count("role", distinct=True)).filter(kinds=len(TRIED_BELOW))
    return UnitPlace.objects.on(day).filter(unit__in=staffed.values("unit"), living=True).order_by("pk")[0]


def _tried_officers(day: date) -> list[Account]:
    team = commune_team(day)
    grants = Grant.objects.on(day).filter(unit__code=NEW_ROOT).select_related("account").order_by("pk")
    return [team.officer, team.approver, *(grants.filter(role=role)[0].account for role in TRIED_AT_ROOT)]


def tried_chair(day: date) -> Duty:
    """The chair who may be tried, of the largest union below the one whose officers may be."""
    return _chair(UnitPlace.objects.on(day).under(_commune(day).path), day)


def _chair(places: QuerySet[UnitPlace], day: date) -> Duty:
    """Of the largest union there."""
    chairs = Duty.objects.filter(
        post__code=CHAIR, unit__places__in=places, started_on__lte=day, ended_on__gt=day
    ).exclude(person__phone="")
    members = Count("unit__memberships", filter=Q(unit__memberships__ended_on=FOREVER))
    return chairs.annotate(members=members).order_by("-members", "pk").select_related("person")[0]


def _worker(chair: Duty, day: date) -> Person:
    """A colleague of the chair, without a post, with a telephone of their own."""
    colleagues = Membership.objects.on(day).filter(unit=chair.unit_id, standing="member").exclude(person__phone="")
    found = colleagues.filter(person__duties__isnull=True).select_related("person").order_by("person")
    return found[0].person
