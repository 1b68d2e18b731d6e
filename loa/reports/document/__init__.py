"""Administrative documents: what a document says goes in, the bytes of a .docx in the prescribed layout come out."""

from loa.reports.document.content import (
    Block,
    Bullets,
    Document,
    Heading,
    LandscapeSection,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    SignatureForm,
    Table,
)
from loa.reports.document.layout import Profile
from loa.reports.document.profiles import BadLayout, choices, profile
from loa.reports.document.writing import write

__all__ = [
    "BadLayout",
    "Block",
    "Bullets",
    "Document",
    "Heading",
    "LandscapeSection",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Profile",
    "Signature",
    "SignatureForm",
    "Table",
    "choices",
    "profile",
    "write",
]
