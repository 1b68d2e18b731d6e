"""Permissions of Wagtail's groups, named in Vietnamese: Django keeps their names in the database, in English."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Model
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

VERBS = {
    "add": _("may add"),
    "change": _("may change"),
    "delete": _("may delete"),
    "view": _("may see"),
    "choose": _("may choose"),
    "publish": _("may publish"),
    "lock": _("may lock"),
    "unlock": _("may unlock"),
}


def name_all(**_signal: Any) -> None:
    """After every migration: give each permission the name it has in Vietnamese."""
    with translation.override("vi"):
        renamed = []
        for permission in Permission.objects.select_related("content_type"):
            model = permission.content_type.model_class()
            name = name_of(permission.codename, model) if model else permission.name
            if name != permission.name:
                permission.name = name
                renamed.append(permission)
        Permission.objects.bulk_update(renamed, ["name"], batch_size=100)


def name_of(codename: str, model: type[Model]) -> str:
    """The model's own words for the permission, or its verb and what it is about."""
    own = dict(model._meta.permissions)
    verb = codename.removesuffix(f"_{model._meta.model_name}")
    if codename in own:
        return str(own[codename])
    return str(format_lazy("{} {}", VERBS.get(verb, verb), model._meta.verbose_name))
