"""What people type: into a story, a remark, a correction, a placement, the newsroom's own lists."""

from .clips import ClipForm, NewClipForm
from .contributions import ContributionForm, DeclineForm
from .lists import FORMS, RulesFormSet, TemplateForm, TemplateNameForm
from .photos import LibraryForm, PhotoForm, PhotosForm
from .requests import AnswerRequestForm, AskForm, WhyForm
from .stories import (
    AnswerForm,
    CorrectionForm,
    DecisionForm,
    DeputyForm,
    JoinForm,
    LanguageForm,
    LinkForm,
    OutputForm,
    PassageForm,
    PlacementForm,
    ReasonForm,
    RemarkForm,
    StoryForm,
    WithdrawalForm,
)

__all__ = [
    "FORMS",
    "AnswerForm",
    "AnswerRequestForm",
    "AskForm",
    "ClipForm",
    "ContributionForm",
    "CorrectionForm",
    "DecisionForm",
    "DeclineForm",
    "DeputyForm",
    "JoinForm",
    "LanguageForm",
    "LibraryForm",
    "LinkForm",
    "NewClipForm",
    "OutputForm",
    "PassageForm",
    "PhotoForm",
    "PhotosForm",
    "PlacementForm",
    "ReasonForm",
    "RemarkForm",
    "RulesFormSet",
    "StoryForm",
    "TemplateForm",
    "TemplateNameForm",
    "WhyForm",
    "WithdrawalForm",
]
