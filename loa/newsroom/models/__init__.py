"""What exists in the newsroom: stories with their credits, the lists they are sorted by, placements, approval."""

from .approval import ProvinceRule, UnitApproval
from .clips import Clip, ClipFile
from .contributions import Contribution, ContributionFile
from .deputies import Deputy
from .events import Coverage, Event
from .facts import FactUse, FactVersion, SharedFact
from .likeness import LikenessDecision, StoryBand
from .limits import Limits
from .links import ApprovalLink
from .lists import Channel, ProductType, Requirement, Theme
from .photos import Licence, Photo, PhotoBand, PhotoRendition, PhotosApart
from .placements import Placement
from .remarks import Remark, RemarkAnswer
from .requests import MaterialRequest
from .sharing import Offer, SharedStory
from .stories import Story, StoryCredit, StoryPhoto
from .templates import StoryTemplate
from .terms import Term
from .words import StoryWords

__all__ = [
    "ApprovalLink",
    "Channel",
    "Clip",
    "ClipFile",
    "Contribution",
    "ContributionFile",
    "Coverage",
    "Deputy",
    "Event",
    "FactUse",
    "FactVersion",
    "Licence",
    "LikenessDecision",
    "Limits",
    "MaterialRequest",
    "Offer",
    "Photo",
    "PhotoBand",
    "PhotoRendition",
    "PhotosApart",
    "Placement",
    "ProductType",
    "ProvinceRule",
    "Remark",
    "RemarkAnswer",
    "Requirement",
    "SharedFact",
    "SharedStory",
    "Story",
    "StoryBand",
    "StoryCredit",
    "StoryPhoto",
    "StoryTemplate",
    "StoryWords",
    "Term",
    "Theme",
    "UnitApproval",
]
