"""Stories shared between the province and a union below it, in every state: new, taken, worded, declined, passed up."""

from loa.base.dates import today
from loa.config.demo.files import Files
from loa.config.demo.places import NEW_ROOT
from loa.config.demo.world import World
from loa.newsroom import actions
from loa.newsroom.actions import Target, Words
from loa.newsroom.models import Offer, SharedStory, Story
from loa.people.models import Unit
from loa.people.policies import scope
from loa.people.roles import Ability

from . import staff
from .staff import Roster

OFFERED = 4


def share(world: World, files: Files) -> str:
    at, day = world.now, today(world.now)
    team, root = staff.commune_team(world.until), Unit.objects.get(code=NEW_ROOT)
    chief = Roster(world).holders("planner", NEW_ROOT, day)[0]
    own = scope(chief, Ability.WRITE_STORIES, on=day)
    newest = own.narrow(Story.objects.public(at)).exclude(unit=team.unit).newest_first()[:OFFERED]
    note = "Nên đăng trong tuần này; có thể thêm ví dụ ở đơn vị mình (minh họa)."
    below = [Target(unit=root, reach=Offer.Reach.BELOW)]
    offers = [actions.offer_story(story, below, note=note, by=chief, at=at)[0] for story in reversed(newest)]
    words = Words(
        heading="Chuyện nơi khác, phường ta học được gì? (minh họa)",
        lead="Công đoàn phường giới thiệu để công đoàn cơ sở tham khảo.",
    )
    for offer, act in zip(offers, ("worded", "proposed", "declined"), strict=False):
        if act == "declined":
            reason = "Đơn vị vừa đăng tin riêng về việc này."
            actions.decline_story(offer, unit=team.unit, reason=reason, by=team.officer, at=at)
            continue
        shared = actions.take_story(offer, unit=team.unit, words=words, by=team.officer, at=at)
        if act == "worded":
            actions.decide_words(shared, words, agree=True, by=team.approver, at=at)
    own = scope(team.officer, Ability.WRITE_STORIES, on=day)
    up = own.narrow(Story.objects.public(at)).newest_first().first()
    if up is not None:
        [offer] = actions.offer_story(up, [Target(unit=root)], by=team.officer, at=at)
        heading = Words(heading="Cách làm hay từ cơ sở (minh họa)")
        actions.take_story(offer, unit=root, words=heading, by=chief, at=at)
    return f"{Offer.objects.count()} tin chia sẻ, {SharedStory.objects.count()} trả lời"
