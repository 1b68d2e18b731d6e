"""What waits on the home screen of the back office: each module's answer, as errands, in their order."""

from django.utils.translation import gettext_lazy

from loa.people.roles import Ability

from .. import panels
from ..panels import Panel, Section
from . import duties, telling

PANELS = (
    Panel(
        key="stories",
        heading=gettext_lazy("Stories to decide"),
        ability=Ability.APPROVE_STORIES,
        ask=telling.stories,
        section=Section.DECIDE,
        more="newsroom:review",
    ),
    Panel(
        key="own-headings",
        heading=gettext_lazy("Own headings to agree to"),
        ability=Ability.APPROVE_STORIES,
        ask=telling.own_headings,
        section=Section.DECIDE,
    ),
    Panel(
        key="reports-to-judge",
        heading=gettext_lazy("Reports to accept"),
        ability=Ability.ACCEPT_REPORTS,
        ask=duties.reports_to_judge,
        section=Section.DECIDE,
        more="reports:reports",
    ),
    Panel(
        key="sent-in",
        heading=gettext_lazy("Sent in by workers"),
        ability=Ability.WRITE_STORIES,
        ask=telling.sent_in,
        more="newsroom:contributions",
    ),
    Panel(
        key="returned-stories",
        heading=gettext_lazy("Stories returned to you"),
        ability=Ability.WRITE_STORIES,
        ask=telling.returned_stories,
    ),
    Panel(
        key="returned-news",
        heading=gettext_lazy("Your news, returned to you"),
        ability=Ability.TELL_NEWS,
        ask=telling.returned_news,
        more="newsroom:news",
    ),
    Panel(
        key="facts-to-restate",
        heading=gettext_lazy("Stories with a value that has changed"),
        ability=Ability.WRITE_STORIES,
        ask=telling.facts_to_restate,
        more="newsroom:facts",
    ),
    Panel(
        key="reports",
        heading=gettext_lazy("Reports to hand in"),
        ability=Ability.WRITE_REPORTS,
        ask=duties.reports,
        more="reports:reports",
    ),
    Panel(
        key="tasks",
        heading=gettext_lazy("Tasks of the plan"),
        ability=Ability.DO_TASKS,
        ask=duties.tasks,
        more="planning:tasks",
    ),
    Panel(
        key="products",
        heading=gettext_lazy("Products to make"),
        ability=Ability.WRITE_STORIES,
        ask=telling.products,
        more="newsroom:calendar",
    ),
    Panel(
        key="material-asked",
        heading=gettext_lazy("Material that others need from you"),
        ability=Ability.DO_TASKS,
        ask=telling.material_asked,
        more="newsroom:requests",
    ),
    Panel(
        key="headings-to-check",
        heading=gettext_lazy("Own headings to look at again"),
        ability=Ability.WRITE_STORIES,
        ask=telling.headings_to_check,
    ),
    Panel(
        key="lists-read",
        heading=gettext_lazy("Lists to take over"),
        ability=Ability.IMPORT,
        ask=duties.lists_read,
        more="people:imports",
    ),
    Panel(
        key="roles-ending",
        heading=gettext_lazy("Roles that end soon"),
        ability=Ability.MANAGE_ACCOUNTS,
        ask=duties.roles_ending,
        more="people:accounts",
    ),
    Panel(
        key="headway",
        heading=gettext_lazy("Targets that need attention"),
        ability=Ability.ACCEPT_REPORTS,
        ask=duties.headway,
        section=Section.STAND,
        more="planning:scorecard",
    ),
    Panel(
        key="sent-stories",
        heading=gettext_lazy("Stories waiting for approval"),
        ability=Ability.WRITE_STORIES,
        ask=telling.sent_stories,
        section=Section.SENT,
    ),
    Panel(
        key="sent-news",
        heading=gettext_lazy("Your news, waiting for approval"),
        ability=Ability.TELL_NEWS,
        ask=telling.sent_news,
        section=Section.SENT,
        more="newsroom:news",
    ),
    Panel(
        key="material-sent",
        heading=gettext_lazy("Material you asked for"),
        ability=Ability.DO_TASKS,
        ask=telling.material_sent,
        section=Section.SENT,
        more="newsroom:requests",
    ),
    Panel(
        key="sent-reports",
        heading=gettext_lazy("Reports handed in"),
        ability=Ability.WRITE_REPORTS,
        ask=duties.sent_reports,
        section=Section.SENT,
        more="reports:reports",
    ),
    Panel(
        key="own-news-out",
        heading=gettext_lazy("Your news has been published"),
        ability=Ability.TELL_NEWS,
        ask=telling.own_news_out,
        section=Section.NEWS,
        more="newsroom:news",
    ),
    Panel(
        key="shared-stories",
        heading=gettext_lazy("Shared with your unit"),
        ability=Ability.WRITE_STORIES,
        ask=telling.shared_stories,
        section=Section.NEWS,
        more="newsroom:shared",
    ),
    Panel(
        key="sharing-news",
        heading=gettext_lazy("Changed in your section by others"),
        ability=Ability.WRITE_STORIES,
        ask=telling.sharing_news,
        section=Section.NEWS,
        more="newsroom:shared",
    ),
    Panel(
        key="material-news",
        heading=gettext_lazy("Answers to your requests for material"),
        ability=Ability.DO_TASKS,
        ask=telling.material_news,
        section=Section.NEWS,
    ),
    Panel(
        key="fresh-stories",
        heading=gettext_lazy("Published in the last seven days"),
        ability=Ability.SEE_FIGURES,
        ask=telling.fresh_stories,
        section=Section.NEWS,
    ),
)


def connect() -> None:
    for panel in PANELS:
        panels.register(panel)
