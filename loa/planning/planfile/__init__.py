"""A plan as data: a YAML file in, a typed `PlanFile` out, or every mistake with its line. No database here.

`plans/binh-dinh-2023-2028.yaml` is the example that shows every key.
"""

from .parts import (
    AGGREGATIONS,
    CADENCES,
    COMPARISONS,
    UNITS,
    Basis,
    Content,
    Indicator,
    Kind,
    Level,
    MonthDay,
    Objective,
    Occasion,
    PlanFile,
    ReportPeriod,
    Segment,
    Target,
    Task,
    Theme,
)
from .problems import BadPlan, Problem
from .reading import read

__all__ = [
    "AGGREGATIONS",
    "CADENCES",
    "COMPARISONS",
    "UNITS",
    "BadPlan",
    "Basis",
    "Content",
    "Indicator",
    "Kind",
    "Level",
    "MonthDay",
    "Objective",
    "Occasion",
    "PlanFile",
    "Problem",
    "ReportPeriod",
    "Segment",
    "Target",
    "Task",
    "Theme",
    "read",
]
