from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "loa.newsroom"

    def ready(self) -> None:
        from wagtail.signals import published, unpublished

        from loa.planning import listings
        from loa.planning.registry import register

        from . import actions
        from .listings import BestStories
        from .measures import MEASURES
        from .models import Story

        for measure in MEASURES:
            register(measure)
        listings.register(BestStories())

        # The two signals of objects that Loa hears. Wagtail publishes from four places (the editor, the end of a
        # workflow, a schedule, our own actions) and this is where all four meet; without it a scheduled story would
        # appear with no fact.
        published.connect(actions.note_publication, sender=Story, dispatch_uid="newsroom.note_publication")
        unpublished.connect(actions.note_expiry, sender=Story, dispatch_uid="newsroom.note_expiry")
        post_migrate.connect(actions.after_migration, sender=self, dispatch_uid="newsroom.after_migration")
