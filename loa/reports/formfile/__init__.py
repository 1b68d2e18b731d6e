"""A report form (mẫu) as data: a YAML file in, typed `Form`s out, or every mistake with its line. No database here.

`plans/binh-dinh-2023-2028.forms.yaml` is the example that shows every key. A form that was loaded is kept as the plain
values of `Form.stored`, from which `Form.read` makes the same form again.
"""

from loa.planning.planfile.problems import BadPlan, Problem

from .parts import Annex, Check, Entry, EntryType, Figures, Form, FormFile, Item, Listing, OwedBy, Passage, Section
from .reading import read

__all__ = [
    "Annex",
    "BadPlan",
    "Check",
    "Entry",
    "EntryType",
    "Figures",
    "Form",
    "FormFile",
    "Item",
    "Listing",
    "OwedBy",
    "Passage",
    "Problem",
    "Section",
    "read",
]
