from .corrections import Correction, said_in
from .forms import FormVersion
from .lateness import Extension, Reminder
from .printing import Printing
from .reports import EvidenceRow, Remark, Report

__all__ = [
    "Correction",
    "EvidenceRow",
    "Extension",
    "FormVersion",
    "Printing",
    "Remark",
    "Reminder",
    "Report",
    "said_in",
]
