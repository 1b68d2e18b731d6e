"""The screen on which the federation's name, colour and mark are chosen."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen, refused
from loa.ui import actions, looks
from loa.ui.marks import small_png

LOAS_OWN = "#0a4a9c"


class LookForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("name of this house"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Shown at the top of every page. Left empty: the name given at installation."),
    )
    colour = forms.CharField(
        label=gettext_lazy("main colour"),
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy("Loa makes it darker or lighter wherever text could not be read otherwise."),
    )
    mark = forms.FileField(
        label=gettext_lazy("mark (logo)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=gettext_lazy("PNG, JPEG or WebP, at most 2 MB; a square one with a clear background looks best."),
    )
    without_mark = forms.BooleanField(label=gettext_lazy("back to Loa's own mark"), required=False)
    from_on = forms.DateField(
        label=gettext_lazy("holds from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Today, or the day from which a decision holds."),
    )


@desk_screen(Ability.MANAGE_ACCOUNTS)
def look(request: DeskRequest) -> HttpResponse:
    """For whoever administers the whole federation."""
    if not request.scope.reaches_root:
        return refused(request)
    form = LookForm(request.POST or None, request.FILES or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            _choose(request, form)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Done. Pages already open change within a minute."))
            return redirect("desk:look")
    context = {"page_title": _("Name and look"), "header_icon": "view", "form": form, "history": looks.history()}
    return render(request, "desk/look.html", context, status=422 if form.errors else 200)


def _initial(request: DeskRequest) -> dict[str, object]:
    now = looks.latest(on=request.scope.on)
    return {
        "name": now.name if now else "",
        "colour": (now.colour if now else "") or LOAS_OWN,
        "from_on": request.scope.on,
    }


def _choose(request: DeskRequest, form: LookForm) -> None:
    given = form.cleaned_data
    mark = given["mark"]
    actions.choose_look(
        name=given["name"],
        colour="" if given["colour"].lower() == LOAS_OWN else given["colour"],
        mark=small_png(mark.file, size=mark.size) if mark else None,
        keep_mark=not given["without_mark"],
        from_on=given["from_on"],
        by=request.user,
        at=timezone.now(),
    )
