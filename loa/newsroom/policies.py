"""Who may do what with a story: writers write and hand in, others than the writers approve, and all is by unit."""

from datetime import date

from loa.people.models import Account, UnitPlace
from loa.people.models.units import SEGMENT
from loa.people.policies import Viewer, can, can_manage_account, scope, scope_of_any
from loa.people.roles import Ability

from . import moderation
from .models import Contribution, FactUse, MaterialRequest, Photo, Remark, Story, UnitApproval
from .models.approval import writers


def can_read(account: Viewer, story: Story, *, on: date) -> bool:
    """Whether somebody sees drafts of the story: those who write, approve or publish there, deputies, who told it."""
    abilities = {Ability.WRITE_STORIES, Ability.APPROVE_STORIES, Ability.PUBLISH_STORIES}
    if scope_of_any(account, abilities, on=on).covers(story.unit_id):
        return True
    return can_approve(account, story, on=on) or can_tell_again(account, story, on=on)


def can_write(account: Viewer, story: Story, *, on: date) -> bool:
    return can(account, Ability.WRITE_STORIES, story.unit_id, on=on)


def can_tell_news(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Whoever answers for a unit tells what happens there; others approve it as they do every story."""
    return can(account, Ability.TELL_NEWS, unit_id, on=on)


def can_tell_again(account: Viewer, story: Story, *, on: date) -> bool:
    """One's own piece of news, as long as one still answers for the unit."""
    mine = isinstance(account, Account) and story.author_id == account.pk
    return mine and can_tell_news(account, story.unit_id, on=on)


def can_submit(account: Viewer, story: Story, *, on: date) -> bool:
    return can_write(account, story, on=on) or can_tell_again(account, story, on=on)


def can_approve(account: Viewer, story: Story, *, on: date) -> bool:
    """Whether the story waits for a decision that this account may take, by its own right or as somebody's deputy."""
    step = story.current_workflow_task
    return isinstance(step, UnitApproval) and step.may_decide(story, account, on=on)


def can_publish(account: Viewer, story: Story, *, on: date) -> bool:
    """Without the workflow: a right of its own, held where the last step would be decided, never on one's own story."""
    return moderation.may_approve(
        account,
        unit_id=story.unit_id,
        written_by=writers(story),
        on=on,
        ability=Ability.PUBLISH_STORIES,
        at_root=UnitApproval(level=UnitApproval.Level.PROVINCE).applies_to(story, on=on),
    )


def can_correct(account: Viewer, story: Story, *, on: date) -> bool:
    """As for publishing: what has been approved is not changed by its writer alone."""
    return can_publish(account, story, on=on)


def can_withdraw(account: Viewer, story: Story, *, on: date) -> bool:
    """Whoever approves for the unit, at once, even their own story: taking back must never wait."""
    return can(account, Ability.APPROVE_STORIES, story.unit_id, on=on)


def can_place(account: Viewer, story: Story, *, on: date) -> bool:
    return can_write(account, story, on=on)


def can_manage_lists(account: Viewer, *, on: date) -> bool:
    """The lists are everybody's: they are kept at the root of a tree, by whoever looks after the newsroom there."""
    reach = scope(account, Ability.MANAGE_NEWSROOM, on=on)
    return reach.everything or any(len(path) == SEGMENT for path in reach.paths)


def can_keep_template(account: Viewer, unit_id: int, *, on: date) -> bool:
    return can(account, Ability.WRITE_STORIES, unit_id, on=on)


def can_name_deputy(by: Viewer, absentee: Account, *, on: date) -> bool:
    """Oneself, or whoever looks after the account of somebody who is ill."""
    return by == absentee or can_manage_account(by, absentee, on=on)


def can_stand_in(account: Account, *, on: date) -> bool:
    """A deputy has the ability already, somewhere: nobody becomes an approver by standing in."""
    return bool(scope(account, Ability.APPROVE_STORIES, on=on))


def can_remark(account: Viewer, story: Story, *, on: date) -> bool:
    """Those who see its drafts speak about them."""
    return can_read(account, story, on=on)


def can_resolve(account: Viewer, remark: Remark, *, on: date) -> bool:
    """Whoever raised it, or approves for the unit when they are not there to say so."""
    return remark.author == account or can_withdraw(account, remark.story, on=on)


def can_join(account: Viewer, story: Story, *, on: date) -> bool:
    """What changes a figure is decided by whoever answers for publishing in the unit."""
    return can(account, Ability.PUBLISH_STORIES, story.unit_id, on=on)


def can_kill(account: Viewer, story: Story, *, on: date) -> bool:
    """At once, even one's own story; but not for those who only agree to a step."""
    return can(account, Ability.PUBLISH_STORIES, story.unit_id, on=on)


def can_ask_for_material(account: Viewer, asker_id: int, *, on: date) -> bool:
    """Whoever does the work of the unit that needs it."""
    return can(account, Ability.DO_TASKS, asker_id, on=on)


def can_be_asked(unit_id: int, asker_id: int, *, on: date) -> bool:
    """A living unit of the same federation."""
    places = UnitPlace.objects.on(on).filter(unit_id__in=[unit_id, asker_id], living=True)
    return len({path[:SEGMENT] for path in places.values_list("path", flat=True)}) == 1 and len(places) == 2


def can_answer(account: Viewer, asked: MaterialRequest, *, on: date) -> bool:
    """Who does the work of the unit that is asked; once somebody has taken it they alone, and who runs the newsroom."""
    if can(account, Ability.MANAGE_NEWSROOM, asked.unit_id, on=on):
        return True
    free = asked.owner_id is None or asked.owner_id == getattr(account, "pk", None)
    return free and can(account, Ability.DO_TASKS, asked.unit_id, on=on)


def can_take_back(account: Viewer, asked: MaterialRequest, *, on: date) -> bool:
    return can(account, Ability.DO_TASKS, asked.asker_id, on=on)


def can_see_photo(account: Viewer, photo: Photo, *, on: date) -> bool:
    """Those who write or judge stories where the picture belongs."""
    abilities = {Ability.WRITE_STORIES, Ability.APPROVE_STORIES}
    return scope_of_any(account, abilities, on=on).covers(photo.unit_id)


def can_add_photo(account: Viewer, unit_id: int, *, on: date) -> bool:
    return can(account, Ability.WRITE_STORIES, unit_id, on=on)


def can_describe_photo(account: Viewer, photo: Photo, *, on: date) -> bool:
    return can(account, Ability.WRITE_STORIES, photo.unit_id, on=on)


def can_read_contribution(account: Viewer, sent: Contribution, *, on: date) -> bool:
    """Those who write stories for the unit it was sent to, and nobody else: people write in confidence."""
    return can(account, Ability.WRITE_STORIES, sent.unit_id, on=on)


def can_plan(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Who writes for the unit plans what happens there and what is made of it."""
    return can(account, Ability.WRITE_STORIES, unit_id, on=on)


def can_name_maker(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Who answers for the unit's stories gives them to others; everybody may take one."""
    return can(account, Ability.APPROVE_STORIES, unit_id, on=on)


def can_offer(account: Viewer, story: Story, *, on: date) -> bool:
    """Whoever writes for the unit passes on what is out: it has been approved."""
    return can_write(account, story, on=on)


def can_offer_to(account: Viewer, story: Story, unit_id: int, *, on: date) -> bool:
    """Up and down the line of the story's unit; beside it, for whoever writes for those units as well."""
    if can(account, Ability.WRITE_STORIES, unit_id, on=on):
        return True
    places = UnitPlace.objects.on(on).filter(unit_id__in=[unit_id, story.unit_id]).values_list("unit_id", "path")
    paths = dict(places)
    here, there = paths.get(story.unit_id, ""), paths.get(unit_id, "")
    return bool(here and there) and (here.startswith(there) or there.startswith(here))


def can_take(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Whoever writes for a unit decides what of others stands in its section."""
    return can(account, Ability.WRITE_STORIES, unit_id, on=on)


def can_word(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Own words beside a shared story are published: by whoever publishes there; others propose them."""
    return can(account, Ability.PUBLISH_STORIES, unit_id, on=on)


def can_agree_words(account: Viewer, unit_id: int, *, on: date) -> bool:
    return can(account, Ability.APPROVE_STORIES, unit_id, on=on)


def can_keep_fact(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Whoever writes for the unit writes its facts down and changes them; units below only use them."""
    return can(account, Ability.WRITE_STORIES, unit_id, on=on)


def can_keep_former_value(account: Viewer, use: FactUse, *, on: date) -> bool:
    """Its writers decide that a story stays as it is; where readers see what was never right, those who approve do."""
    story = use.story
    return can_withdraw(account, story, on=on) if use.wrong and story.live else can_write(account, story, on=on)
