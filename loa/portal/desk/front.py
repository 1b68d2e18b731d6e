"""How the first page is put together: a draft of blocks in their order, looked at, then put up at once."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.audience import queries as audience
from loa.base.dates import today
from loa.newsroom import queries as newsroom
from loa.people.screens import DeskRequest, desk_screen, refused

from .. import actions, fronts
from ..blocks import Block, Kind, moved
from ..forms import FORMS_OF_BLOCKS, BlockForm
from ..policies import ARRANGING, can_arrange
from .trying import tried

Screen = TypeVar("Screen", bound=Callable[..., HttpResponse])


def _whole_house(view: Screen) -> Screen:
    """The first page is everybody's: for whoever looks after the newsroom of a whole federation."""

    def guarded(request: DeskRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not can_arrange(request.user, on=today(timezone.now())):
            return refused(request)
        return view(request, *args, **kwargs)

    guarded.__name__ = view.__name__
    decorated: Screen = desk_screen(ARRANGING)(guarded)  # type: ignore[assignment]
    return decorated


@_whole_house
@require_safe
def front(request: DeskRequest) -> HttpResponse:
    return _shown(request)


def _shown(request: DeskRequest, wrong: BlockForm | None = None) -> HttpResponse:
    drafted, at = fronts.drafted(), timezone.now()
    blocks = fronts.standing() if drafted is None else drafted
    context = {
        "page_title": _("First page"),
        "rows": fronts.rows(blocks, on=today(at)),
        "drafted": drafted is not None,
        "forms": {
            kind: wrong if wrong and wrong.kind == kind else BlockForm(kind=kind, at=at) for kind in FORMS_OF_BLOCKS
        },
        "wrong": wrong.kind if wrong else None,
    }
    return render(request, "portal/desk/front.html", context, status=200)


@_whole_house
@require_POST
def add_block(request: DeskRequest, kind: str) -> HttpResponse:
    if kind not in Kind.values:
        raise Http404
    form = BlockForm(request.POST, kind=Kind(kind), at=timezone.now())
    if not form.is_valid():
        return _shown(request, wrong=form)
    new = Block(kind=Kind(kind), **form.cleaned_data)
    return _changed(request, lambda blocks: [*blocks, new], _("Added. Readers see it once you put the page up."))


@_whole_house
@require_POST
def move_block(request: DeskRequest, place: int) -> HttpResponse:
    by = -1 if request.POST.get("where") == "up" else 1
    return _changed(request, lambda blocks: moved(blocks, place, by=by), _("Moved to another place."))


@_whole_house
@require_POST
def remove_block(request: DeskRequest, place: int) -> HttpResponse:
    return _changed(request, lambda blocks: blocks[:place] + blocks[place + 1 :], _("Taken away."))


@_whole_house
@require_POST
def arrange(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    tried(
        request, lambda: actions.arrange(by=request.user, at=at), _("The first page now looks like this for everybody.")
    )
    return redirect("portal_desk:front")


@_whole_house
@require_POST
def discard_front(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    tried(
        request,
        lambda: actions.discard_front(by=request.user, at=at),
        _("The draft is gone; readers see what they saw."),
    )
    return redirect("portal_desk:front")


@_whole_house
@require_safe
def preview_front(request: HttpRequest) -> HttpResponse:
    """The page as it will be, for whoever puts it together."""
    drafted, at = fronts.drafted(), timezone.now()
    blocks = fronts.standing() if drafted is None else drafted
    year = today(at).year
    context = {"front": fronts.front(blocks, at=at), "themes": newsroom.themes(), "topics": audience.topics(year)}
    return render(request, "portal/home.html", context | {"year": year, "preview": True})


def _changed(request: DeskRequest, change: Callable[[list[Block]], list[Block]], thanks: str) -> HttpResponse:
    at = timezone.now()
    tried(request, lambda: actions.change_front(change, by=request.user, at=at), thanks)
    return redirect("portal_desk:front")
