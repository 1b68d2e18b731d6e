"""What can be done with a report: prefill, write, submit, return, accept. To correct an accepted one is not built yet.

Texts that become part of a report are in the language of the house, whatever language the screen speaks.
"""

from .drafting import prefill, write
from .forms import Loaded, load_forms
from .judging import accept, return_with_remarks
from .submitting import submit

__all__ = ["Loaded", "accept", "load_forms", "prefill", "return_with_remarks", "submit", "write"]
