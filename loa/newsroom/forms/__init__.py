"""What people type: into a story, a remark, a correction, a placement, the newsroom's own lists."""

from .clips import ClipForm, NewClipForm
from .contributions import BeginForm, ContributionForm, DeclineForm
from .facts import ChangeFactForm, CorrectFactForm, FactForm, KeepValueForm, RetireFactForm, numbers
from .lists import FORMS, RulesFormSet, TemplateForm, TemplateNameForm
from .news import NewsForm
from .photos import LibraryForm, PhotoForm, PhotosForm
from .planned import CoverageForm, DueForm, EventForm, MakerForm, SieveForm, WhichStoryForm
from .requests import AnswerRequestForm, AskForm, WhyForm
from .sharing import DeclineOfferForm, OfferForm, SharedSieve, TakeForm, WordsForm
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
    "BeginForm",
    "ChangeFactForm",
    "ClipForm",
    "ContributionForm",
    "CorrectFactForm",
    "CorrectionForm",
    "CoverageForm",
    "DecisionForm",
    "DeclineForm",
    "DeclineOfferForm",
    "DeputyForm",
    "DueForm",
    "EventForm",
    "FactForm",
    "JoinForm",
    "KeepValueForm",
    "LanguageForm",
    "LibraryForm",
    "LinkForm",
    "MakerForm",
    "NewClipForm",
    "NewsForm",
    "OfferForm",
    "OutputForm",
    "PassageForm",
    "PhotoForm",
    "PhotosForm",
    "PlacementForm",
    "ReasonForm",
    "RemarkForm",
    "RetireFactForm",
    "RulesFormSet",
    "SharedSieve",
    "SieveForm",
    "StoryForm",
    "TakeForm",
    "TemplateForm",
    "TemplateNameForm",
    "WhichStoryForm",
    "WhyForm",
    "WithdrawalForm",
    "WordsForm",
    "numbers",
]
