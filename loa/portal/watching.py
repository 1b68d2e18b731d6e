"""Which rows the public site shows, and the triggers that make a new printing when one of them changes.

Triggers, because pages are shown from memory until somebody says that they have changed, and whoever forgets to say so
leaves a withdrawn story standing: an action, the admin, an import and a line of SQL all pass through the table.
tests/portal/test_watching.py compares what pages read with what is watched.
"""

# ruff: noqa: S608 statements hold our own names and nothing that anybody typed

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models

_OF_A_STORY_OUT = (
    "EXISTS (SELECT 1 FROM newsroom_story s WHERE s.id = {row}.story_id AND (s.live OR s.withdrawn_at IS NOT NULL))"
)
_EVENTS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, kw_only=True)
class Watched:
    """Rows of a table: those for which `when` holds, looked at in `columns` only (all of them when not named)."""

    model: str
    when: str = ""
    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    events: tuple[str, ...] = _EVENTS


WATCHED = (
    Watched(
        model="newsroom.Story",
        when="({row}.live OR {row}.withdrawn_at IS NOT NULL)",
        ignored=("latest_revision_id", "has_unpublished_changes", "locked", "locked_at", "locked_by_id"),
    ),
    Watched(model="newsroom.StoryCredit", when=_OF_A_STORY_OUT),
    Watched(model="newsroom.Story_themes", when=_OF_A_STORY_OUT),
    Watched(model="newsroom.Placement", when=_OF_A_STORY_OUT),
    Watched(
        model="newsroom.SharedStory",
        when="{row}.state = 'shown'",
        columns=("state", "heading", "lead", "worded_at", "owing_id", "wrong"),
    ),
    Watched(model="newsroom.Event", when="{row}.public"),
    Watched(
        model="newsroom.Coverage",
        when="({row}.event_id IS NOT NULL AND {row}.story_id IS NOT NULL)",
        columns=("event_id", "story_id"),
    ),
    Watched(model="newsroom.Photo", ignored=("words", "likeness", "reminded_of", "consent_proof")),
    Watched(
        model="newsroom.Clip", columns=("state", "title", "credit", "subtitles", "withheld_at"), events=("UPDATE",)
    ),
    Watched(model="newsroom.ClipFile"),
    Watched(model="newsroom.Theme"),
    Watched(model="newsroom.Term"),
    Watched(model="newsroom.ProductType"),
    Watched(model="newsroom.Channel"),
    Watched(model="audience.Topic"),
    Watched(model="people.Unit"),
    Watched(model="people.UnitKind"),
    Watched(model="people.UnitVersion"),
    Watched(model="people.UnitPlace"),
    Watched(model="people.UnitEvent"),
    Watched(model="people.Succession"),
    Watched(model="newsroom.StoryPhoto", when=_OF_A_STORY_OUT),
    Watched(model="portal.OfficialChannel"),
    Watched(model="portal.FrontPage", when="{row}.arranged_at IS NOT NULL"),
    # Credits show people's names; nobody is credited before they are registered.
    Watched(model="people.Person", columns=("full_name",), events=("UPDATE",)),
    Watched(
        model="newsroom.FactUse", when=f"{{row}}.shown_id IS NOT NULL AND {_OF_A_STORY_OUT}", columns=("shown_id",)
    ),
)

HARMLESS = frozenset(
    {
        "newsroom_photorendition",  # drawn by the page that first shows it, and never changed
        "newsroom_storywords",
        "newsroom_storywords_fts",  # written in the transaction that publishes
        "newsroom_sharedfact",
        "newsroom_factversion",  # what a fact is called, how it read and where it is written never changes
        "people_account",  # read with placements, shown nowhere
        "portal_printing",  # says that something changed, and is what the others are watched for
    }
)
"""What pages read and need not watch."""


def install(apps: Apps) -> None:
    """Put the triggers in place, as this version of Loa wants them, for the tables that `apps` has."""
    with connection.cursor() as cursor:
        for number, watched in enumerate(WATCHED):
            if model := _model(apps, watched):
                for event in watched.events:
                    for statement in _statements(number, watched, model, event):
                        cursor.execute(statement)


def remove() -> None:
    """Take the triggers away: no database lets a table be rebuilt under a trigger that speaks of it.

    All that stand, whatever version of Loa put them there: their numbers are those of its own list.
    """
    with connection.cursor() as cursor:
        for trigger, table in _standing(cursor):
            cursor.execute(_drop(trigger, table))


def _standing(cursor: Any) -> list[tuple[str, str]]:
    named = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'portal_watch_%'"
    if connection.vendor == "postgresql":
        named = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname LIKE 'portal_watch_%'"
        )
    cursor.execute(named)
    return list(cursor.fetchall())


def _model(apps: Apps, watched: Watched) -> type[models.Model] | None:
    try:
        return apps.get_model(watched.model)
    except LookupError:
        return None


def _name(number: int, event: str) -> str:
    return f"portal_watch_{number}_{event.lower()}"


def _drop(trigger: str, table: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger}{on}"


def _statements(number: int, watched: Watched, model: type[models.Model], event: str) -> Iterator[str]:
    trigger, table, columns = _name(number, event), model._meta.db_table, _columns(model, watched)
    yield _drop(trigger, table)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    yield from make(trigger, table, event, watched.when, columns)


def _columns(model: type[models.Model], watched: Watched) -> list[str]:
    if watched.columns:
        return list(watched.columns)
    columns = (field.column for field in model._meta.concrete_fields)
    return [column for column in columns if column and column not in watched.ignored]


def _condition(event: str, when: str, changed: str) -> str:
    """When an event of a row concerns the public: it was shown, or it is now, and something of it is another."""
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
    shown = " OR ".join(when.format(row=row) for row in rows) if when else ""
    parts = [f"({part})" for part in (shown, changed if event == "UPDATE" else "") if part]
    return " AND ".join(parts) or "1 = 1"


def _sqlite(trigger: str, table: str, event: str, when: str, columns: list[str]) -> Iterator[str]:
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    yield (
        f"CREATE TRIGGER {trigger} AFTER {event} ON {table} FOR EACH ROW BEGIN "
        "UPDATE portal_printing SET number = number + 1, made_at = strftime('%Y-%m-%d %H:%M:%f', 'now') "
        f"WHERE {_condition(event, when, changed)}; END"
    )


def _postgresql(trigger: str, table: str, event: str, when: str, columns: list[str]) -> Iterator[str]:
    """At the end of the transaction, so that the one row of the printing is held only while committing.

    Two transactions can then never wait for each other's other rows, and a change is counted once.
    """
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    yield (
        f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger AS $$ BEGIN "
        "UPDATE portal_printing SET number = number + 1, made_at = clock_timestamp(), made_by = txid_current() "
        f"WHERE made_by <> txid_current() AND {_condition(event, when, changed)}; "
        "RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    yield (
        f"CREATE CONSTRAINT TRIGGER {trigger} AFTER {event} ON {table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger}()"
    )
