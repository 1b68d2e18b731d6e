"""What people type: into a story, a remark, a correction, a placement, the newsroom's own lists."""

from .lists import FORMS, RulesFormSet, TemplateForm, TemplateNameForm
from .stories import (
    CorrectionForm,
    DecisionForm,
    DeputyForm,
    LinkForm,
    PlacementForm,
    RemarkForm,
    StoryForm,
    WithdrawalForm,
)

__all__ = [
    "FORMS",
    "CorrectionForm",
    "DecisionForm",
    "DeputyForm",
    "LinkForm",
    "PlacementForm",
    "RemarkForm",
    "RulesFormSet",
    "StoryForm",
    "TemplateForm",
    "TemplateNameForm",
    "WithdrawalForm",
]
