from .loading import Outcome, load_plan
from .plans import confirm_period, continue_plan, rebase
from .subplans import adopt_plan, draft_plan
from .tasks import advance, assign, drop, finish, open_task, take

__all__ = [
    "Outcome",
    "adopt_plan",
    "advance",
    "assign",
    "confirm_period",
    "continue_plan",
    "draft_plan",
    "drop",
    "finish",
    "load_plan",
    "open_task",
    "rebase",
    "take",
]
