"""What the database itself refuses: to change or delete what was accepted, by whatever way somebody comes.

Migrations that alter a table of reports lift the guards first and close them last (`lift`, `close`): SQLite makes a
table anew for that, and would lose them.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TEXT = "an accepted report is never changed or deleted"
OF_ACCEPTED = "EXISTS (SELECT 1 FROM reports_report WHERE id = {row}.report_id AND state = 'accepted')"
CHILDREN = ("reports_evidencerow", "reports_remark")
"""Rows that belong to a report and become fixed with it."""
OTHER_FORM = (
    "(OLD.content <> NEW.content OR OLD.fingerprint <> NEW.fingerprint OR OLD.code <> NEW.code"
    " OR OLD.kind <> NEW.kind OR OLD.plan_id <> NEW.plan_id OR OLD.valid_from <> NEW.valid_from)"
)
USED = "EXISTS (SELECT 1 FROM reports_report WHERE form_id = OLD.id AND state = 'accepted')"
WHOLE = ("reports_report", "reports_evidencerow", "reports_remark", "reports_correction", "reports_formversion")
"""Tables that PostgreSQL may not empty at one stroke while an accepted report exists."""


def _rules() -> list[tuple[str, str, str]]:
    """Table, what is done to it, and when that is refused."""
    rules = [
        ("reports_report", "UPDATE", "OLD.state = 'accepted'"),
        ("reports_report", "DELETE", "OLD.state = 'accepted'"),
        ("reports_correction", "INSERT", "NEW.state = 'accepted'"),
        ("reports_correction", "UPDATE", "OLD.state = 'accepted'"),
        ("reports_correction", "DELETE", "OLD.state = 'accepted'"),
        ("reports_formversion", "UPDATE", f"{OTHER_FORM} AND {USED}"),
        ("reports_formversion", "DELETE", USED),
    ]
    for table in CHILDREN:
        old, new = OF_ACCEPTED.format(row="OLD"), OF_ACCEPTED.format(row="NEW")
        rules += [(table, "INSERT", new), (table, "UPDATE", f"({old} OR {new})"), (table, "DELETE", old)]
    return rules


EARLIER = {
    "reports_report": ("reports_report_accepted", "reports_report_no_update", "reports_report_no_delete"),
    "reports_evidencerow": (
        "reports_evidencerow_accepted",
        "reports_row_no_insert",
        "reports_row_no_update",
        "reports_row_no_delete",
    ),
}
"""Names under which the first migration closed them."""


def lift(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    tables = set(connection.introspection.table_names())
    named = [(table, f"{table}_{event.lower()}") for table, event, _when in _rules()]
    named += [(table, name) for table, names in EARLIER.items() for name in names]
    named += [(table, f"{table}_truncate") for table in WHOLE]
    for table, name in named:
        if table in tables:
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def close(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Close all guards of the tables that exist."""
    lift(apps, schema_editor)
    tables = set(schema_editor.connection.introspection.table_names())
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, event, when in _rules():
        if table in tables:
            statements = _postgresql(table, event, when) if postgresql else [_sqlite(table, event, when)]
            for statement in statements:
                schema_editor.execute(statement)
    if postgresql:
        for statement in _against_truncate(tables):
            schema_editor.execute(statement)


def _sqlite(table: str, event: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{TEXT}'); END;"
    )


def _postgresql(table: str, event: str, when: str) -> list[str]:
    """A condition that looks into another table has to stand in the function."""
    name = f"{table}_{event.lower()}"
    result = "OLD" if event == "DELETE" else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {when} THEN RAISE EXCEPTION '{TEXT}'; END IF;
    RETURN {result};
END $$""",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _against_truncate(tables: set[str]) -> list[str]:
    function = f"""CREATE OR REPLACE FUNCTION reports_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM reports_report WHERE state = 'accepted') THEN RAISE EXCEPTION '{TEXT}'; END IF;
    RETURN NULL;
END $$"""
    triggers = [
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_truncate()"
        for table in WHOLE
        if table in tables
    ]
    return [function, *triggers]
