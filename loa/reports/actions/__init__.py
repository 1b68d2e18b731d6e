"""What can be done with a report: prefill, write, submit, return, accept; correct it afterwards; ask for time; remind.

Texts that become part of a report are in the language of the house, whatever language the screen speaks.
"""

from .correcting import accept_correction, correct, return_correction
from .drafting import prefill, write
from .extending import ask_for_time, decide_extension
from .forms import Loaded, load_forms
from .judging import accept, return_with_remarks
from .printing import ask_for_print, print_report, unprinted
from .reminding import remind
from .submitting import submit

__all__ = [
    "Loaded",
    "accept",
    "accept_correction",
    "ask_for_print",
    "ask_for_time",
    "correct",
    "decide_extension",
    "load_forms",
    "prefill",
    "print_report",
    "remind",
    "return_correction",
    "return_with_remarks",
    "submit",
    "unprinted",
    "write",
]
