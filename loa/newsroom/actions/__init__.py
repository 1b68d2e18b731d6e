"""What can be done in the newsroom. Each checks, changes, and records, in one transaction."""

from .approving import approve, return_with_remark, submit
from .beginning import after_migration, settle_in
from .clipping import add_clip, describe_clip, make_clip, try_clip_again
from .consenting import watch_consents
from .contributing import (
    begin_from_contribution,
    contribute,
    decline,
    erase_contribution,
    erase_of_person,
    forget_contributions,
    take,
)
from .convening import EventSaid, cancel_event, change_event, move_event, plan_event
from .covering import (
    assign_coverage,
    begin_coverage,
    drop_coverage,
    link_coverage,
    move_coverage,
    plan_coverage,
    repeat_coverage,
)
from .deputising import end_deputy, name_deputy
from .joining import begin_translation, join, keep_apart, part
from .killing import kill
from .linking import ask_by_link, decide_by_link, revoke_link, still_shows
from .listing import keep_entry, remove_entry, set_requirements
from .picturing import (
    add_photo,
    describe_photo,
    keep_photos_apart,
    note_photo,
    prepare_photo,
    remove_photo,
)
from .placing import place, remove_placement
from .publishing import correct, note_expiry, note_publication, publish, withdraw
from .remarking import answer_remark, make_remark, resolve_remark
from .requesting import answer_request, ask_for_material, decline_request, take_request, withdraw_request
from .scheduling import reschedule
from .sharing import (
    Target,
    Words,
    decide_words,
    decline_story,
    end_offer,
    end_shared,
    offer_story,
    take_story,
    word_shared,
)
from .stating import (
    Said,
    change_fact,
    correct_fact,
    keep_former_value,
    record_fact,
    retire_fact,
    use_facts,
)
from .telling import News, tell_again, tell_news
from .templating import begin_from, keep_as_template, retire_template
from .voicing import fall_silent, let_be_heard
from .weighing import weigh_story
from .writing import complete, draft

__all__ = [
    "EventSaid",
    "News",
    "Said",
    "Target",
    "Words",
    "add_clip",
    "add_photo",
    "after_migration",
    "answer_remark",
    "answer_request",
    "approve",
    "ask_by_link",
    "ask_for_material",
    "assign_coverage",
    "begin_coverage",
    "begin_from",
    "begin_from_contribution",
    "begin_translation",
    "cancel_event",
    "change_event",
    "change_fact",
    "complete",
    "contribute",
    "correct",
    "correct_fact",
    "decide_by_link",
    "decide_words",
    "decline",
    "decline_request",
    "decline_story",
    "describe_clip",
    "describe_photo",
    "draft",
    "drop_coverage",
    "end_deputy",
    "end_offer",
    "end_shared",
    "erase_contribution",
    "erase_of_person",
    "fall_silent",
    "forget_contributions",
    "join",
    "keep_apart",
    "keep_as_template",
    "keep_entry",
    "keep_former_value",
    "keep_photos_apart",
    "kill",
    "let_be_heard",
    "link_coverage",
    "make_clip",
    "make_remark",
    "move_coverage",
    "move_event",
    "name_deputy",
    "note_expiry",
    "note_photo",
    "note_publication",
    "offer_story",
    "part",
    "place",
    "plan_coverage",
    "plan_event",
    "prepare_photo",
    "publish",
    "record_fact",
    "remove_entry",
    "remove_photo",
    "remove_placement",
    "repeat_coverage",
    "reschedule",
    "resolve_remark",
    "retire_fact",
    "retire_template",
    "return_with_remark",
    "revoke_link",
    "set_requirements",
    "settle_in",
    "still_shows",
    "submit",
    "take",
    "take_request",
    "take_story",
    "tell_again",
    "tell_news",
    "try_clip_again",
    "use_facts",
    "watch_consents",
    "weigh_story",
    "withdraw",
    "withdraw_request",
    "word_shared",
]
