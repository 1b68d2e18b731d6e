"""Words that Wagtail makes up from the names of fields and columns, so that no catalogue reaches them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)
from wagtail.admin.forms.workflows import WorkflowContentTypeForm, WorkflowPageForm
from wagtail.sites.views import IndexView as Sites
from wagtail.users.forms import PagePermissionsForm

FORMS = {
    ExternalLinkChooserForm: {"link_text": _("Words of the link")},
    AnchorLinkChooserForm: {"url": _("Name of the place in the text"), "link_text": _("Words of the link")},
    PhoneLinkChooserForm: {"phone_number": _("Phone number"), "link_text": _("Words of the link")},
    EmailLinkChooserForm: {
        "email_address": _("Email address"),
        "link_text": _("Words of the link"),
        "subject": _("Subject of the email"),
        "body": _("Text of the email"),
    },
    WorkflowContentTypeForm: {"content_types": _("Kinds of content")},
    PagePermissionsForm: {"page": _("Page")},
    WorkflowPageForm: {"page": _("Page")},
}
SITES = {"port": _("Port"), "site_name": _("Name of the site"), "root_page": _("Root page")}


def put_in() -> None:
    """Called once, when everything is loaded."""
    for form, labels in FORMS.items():
        for field, label in labels.items():
            form.base_fields[field].label = label
    for column in Sites.columns:
        column.label = SITES.get(column.name, column.label)
