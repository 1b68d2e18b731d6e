"""The library of pictures: found, put in, described, compared."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, consent, queries
from ..forms import LibraryForm, PhotoForm, PhotosForm
from ..models import Photo
from .stories import attempt

DESCRIBED = ("title", "alt", "credit", "licence", "place", "taken_on", "shown", "consent_proof", "consent_until")


@desk_screen(Ability.WRITE_STORIES)
def library(request: DeskRequest) -> HttpResponse:
    """The pictures of the account's units, the newest first."""
    on, before = today(timezone.now()), request.GET.get("after", "")
    asked = LibraryForm(request.GET)
    typed = asked.cleaned_data if asked.is_valid() else {}
    page = queries.library(
        request.scope,
        text=typed.get("q", ""),
        shown=typed.get("only", ""),
        before=int(before) if before.isdecimal() else 0,
        on=on,
    )
    context = {
        "page_title": _("Pictures"),
        "asked": asked,
        "photos": [(photo, consent.objection(photo.rights, on=on)) for photo in page.photos],
        "after": page.after,
        "units": queries.owning_unit_names(page.photos, on=on),
    }
    return render(request, "newsroom/photos.html", context)


@desk_screen(Ability.WRITE_STORIES)
def new_photos(request: DeskRequest) -> HttpResponse:
    """Put one picture in, or many at once; each is compared with those that are there."""
    form = PhotosForm(request.POST or None, request.FILES or None, reach=request.scope)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        made = _added(request, typed.pop("pictures"), typed)
        if len(made) == 1:
            return redirect("newsroom:photo", made[0].pk)
        if made:
            return redirect("newsroom:photos")
    return render(request, "newsroom/new_photos.html", {"page_title": _("Put pictures in"), "form": form})


def _added(request: DeskRequest, files: list[Any], told: dict[str, Any]) -> list[Photo]:
    made: list[Photo] = []
    for file in files:
        try:
            made.append(actions.add_photo(file, by=request.user, at=timezone.now(), **told))
        except Refused as reason:
            messages.error(request, str(reason))
    doubled = [photo for photo in made if queries.alike(photo, request.scope)]
    if made:
        said = ngettext("%(count)s picture is in the library.", "%(count)s pictures are in the library.", len(made))
        messages.success(request, said % {"count": len(made)})
    if doubled and len(made) > 1:
        names = ", ".join(photo.title for photo in doubled)
        messages.warning(request, _("These look like pictures that are there already: %(names)s.") % {"names": names})
    return made


@desk_screen(Ability.WRITE_STORIES)
def photo(request: DeskRequest, pk: int) -> HttpResponse:
    """One picture: what is known of it, where it is used, which ones look like it."""
    shown, on = _seen(request, pk), today(timezone.now())
    kept = {name: getattr(shown, name) for name in DESCRIBED}
    tags = ", ".join(sorted(tag.name for tag in shown.tags.all()))
    form = PhotoForm(request.POST or None, initial=kept | {"tags": tags})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if attempt(request, lambda: actions.describe_photo(shown, by=request.user, at=timezone.now(), **typed)):
            messages.success(request, _("Kept."))
            return redirect("newsroom:photo", pk)
    used = queries.uses(pk, on=on)
    context = {
        "page_title": shown.title,
        "photo": shown,
        "form": form,
        "objection": consent.objection(shown.rights, on=on),
        "uses": used,
        "alike": queries.alike(shown, request.scope),
        "unit": queries.owning_unit_names([shown], on=on).get(shown.unit_id or 0),
    }
    return render(request, "newsroom/photo.html", context)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def remove_photo(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an unused picture out; with `kept`, because that one is the same."""
    gone, kept = _seen(request, pk), request.POST.get("kept", "")
    same = _seen(request, int(kept)) if kept.isdecimal() else None
    if attempt(request, lambda: actions.remove_photo(gone, kept=same, by=request.user, at=timezone.now())):
        messages.success(request, _("Taken out."))
        return redirect("newsroom:photo", same.pk) if same else redirect("newsroom:photos")
    return redirect("newsroom:photo", pk)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def keep_photos_apart(request: DeskRequest, pk: int) -> HttpResponse:
    one, other = _seen(request, pk), request.POST.get("other", "")
    if not other.isdecimal():
        raise Http404
    two = _seen(request, int(other))
    if attempt(request, lambda: actions.keep_photos_apart(one, other=two, by=request.user, at=timezone.now())):
        messages.success(request, _("They stay two."))
    return redirect("newsroom:photo", pk)


def _seen(request: DeskRequest, pk: int) -> Photo:
    """The picture, if it belongs to the account's part of the tree."""
    try:
        found = queries.photo(pk)
    except Photo.DoesNotExist as missing:
        raise Http404 from missing
    if not request.scope.covers(found.unit_id):
        raise Http404
    return found
