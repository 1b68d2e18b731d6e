"""Pictures belong to the unit of whoever put them in, and are chosen within one's own part of the tree."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.forms import BaseImageForm
from wagtail.images.views.chooser import ImageChooserViewSet, ImageUploadView
from wagtail.models import Collection
from wagtail.permissions import register_permission_policy

from loa.base.dates import today
from loa.newsroom import actions
from loa.newsroom.traces import without_traces
from loa.people.policies import Scope, scope, units_on
from loa.people.roles import Ability
from loa.people.viewsets import ScopedPolicy


class PicturePolicy(ScopedPolicy):
    """Roles on units, and not on Wagtail's collections: all pictures lie in the one root collection."""

    def within(self, scope: Scope, things: QuerySet[Any]) -> QuerySet[Any]:
        """By the keys of units: Wagtail's search takes conditions on fields of its index, and no EXISTS."""
        return things if scope.everything else things.filter(unit__in=scope.places().values("unit"))

    def collections_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        may = self.user_has_any_permission(user, actions)
        return Collection.objects.filter(depth=1) if may else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> Any:
        return self.collections_user_has_any_permission_for(user, [action])


class PictureForm(BaseImageForm):
    """Gives a new picture to the unit on which its uploader writes; to the first one when there are several."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk is None and user is not None:
            paths = scope(user, Ability.WRITE_STORIES, on=today(timezone.now())).paths
            self.instance.unit_id = units_on(paths[0])[-1] if paths else None

    def clean_file(self) -> Any:
        """What is uploaded is drawn anew, without what the camera wrote into it."""
        given = self.cleaned_data["file"]
        if not isinstance(given, UploadedFile):
            return given
        try:
            bare = without_traces(given)
        except (OSError, ValueError) as problem:
            raise ValidationError(_("This is not a picture that can be opened.")) from problem
        return ImageFile(bare, name=bare.name)


class PictureUpload(ImageUploadView):
    """In the chooser: with the same fact as on our own screen, in the transaction that keeps the picture."""

    def save_form(self, form: PictureForm) -> Any:
        with transaction.atomic():
            kept = super().save_form(form)
            actions.note_photo(kept, by=self.request.user, at=timezone.now())
        return kept


def put_in_charge() -> None:
    """Let roles decide about pictures, and note what is uploaded. Called once, before Wagtail asks for either."""
    model = get_image_model()
    policy = PicturePolicy(model, see=Ability.WRITE_STORIES, change=Ability.WRITE_STORIES)
    register_permission_policy(model, policy, exact_class=True)
    ImageChooserViewSet.create_view_class = PictureUpload
