"""What exists in the newsroom: stories with their credits, the lists they are sorted by, placements, approval."""

from .approval import ProvinceRule, UnitApproval
from .lists import Channel, ProductType, Theme
from .photos import Photo, PhotoRendition
from .placements import Placement
from .stories import Story, StoryCredit

__all__ = [
    "Channel",
    "Photo",
    "PhotoRendition",
    "Placement",
    "ProductType",
    "ProvinceRule",
    "Story",
    "StoryCredit",
    "Theme",
    "UnitApproval",
]
