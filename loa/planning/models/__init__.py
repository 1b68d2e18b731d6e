from .calendar import CalendarEvent
from .periods import PeriodKind
from .plans import Clause, Level, Plan, Target, TargetValue
from .tasks import Task

__all__ = ["CalendarEvent", "Clause", "Level", "PeriodKind", "Plan", "Target", "TargetValue", "Task"]
