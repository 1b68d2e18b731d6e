from .loading import Outcome, load_plan
from .plans import continue_plan, rebase
from .tasks import advance, drop, finish, open_task, take

__all__ = ["Outcome", "advance", "continue_plan", "drop", "finish", "load_plan", "open_task", "rebase", "take"]
