"""What can be done in the newsroom. Each checks, changes, and records, in one transaction."""

from .approving import approve, return_with_remark, submit
from .beginning import after_migration, settle_in
from .clipping import add_clip, describe_clip, make_clip, try_clip_again
from .contributing import (
    begin_from_contribution,
    contribute,
    decline,
    erase_contribution,
    erase_of_person,
    forget_contributions,
    take,
)
from .deputising import end_deputy, name_deputy
from .joining import begin_translation, join, keep_apart, part
from .killing import kill
from .linking import ask_by_link, decide_by_link, revoke_link, still_shows
from .listing import keep_entry, remove_entry, set_requirements
from .picturing import (
    add_photo,
    describe_photo,
    keep_photo,
    keep_photos_apart,
    prepare_photo,
    remove_photo,
    watch_consents,
)
from .placing import place, remove_placement
from .publishing import correct, note_expiry, note_publication, publish, withdraw
from .remarking import answer_remark, make_remark, resolve_remark
from .requesting import answer_request, ask_for_material, decline_request, take_request, withdraw_request
from .templating import begin_from, keep_as_template, retire_template
from .writing import complete, draft

__all__ = [
    "add_clip",
    "add_photo",
    "after_migration",
    "answer_remark",
    "answer_request",
    "approve",
    "ask_by_link",
    "ask_for_material",
    "begin_from",
    "begin_from_contribution",
    "begin_translation",
    "complete",
    "contribute",
    "correct",
    "decide_by_link",
    "decline",
    "decline_request",
    "describe_clip",
    "describe_photo",
    "draft",
    "end_deputy",
    "erase_contribution",
    "erase_of_person",
    "forget_contributions",
    "join",
    "keep_apart",
    "keep_as_template",
    "keep_entry",
    "keep_photo",
    "keep_photos_apart",
    "kill",
    "make_clip",
    "make_remark",
    "name_deputy",
    "note_expiry",
    "note_publication",
    "part",
    "place",
    "prepare_photo",
    "publish",
    "remove_entry",
    "remove_photo",
    "remove_placement",
    "resolve_remark",
    "retire_template",
    "return_with_remark",
    "revoke_link",
    "set_requirements",
    "settle_in",
    "still_shows",
    "submit",
    "take",
    "take_request",
    "try_clip_again",
    "watch_consents",
    "withdraw",
    "withdraw_request",
]
