"""Once accepted, a report and its evidence can be read; the database itself refuses to change or delete them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = """
CREATE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an accepted report is never changed or deleted';
END $$;
CREATE TRIGGER reports_report_accepted BEFORE UPDATE OR DELETE ON reports_report
    FOR EACH ROW WHEN (OLD.state = 'accepted') EXECUTE FUNCTION reports_refuse();

CREATE FUNCTION reports_guard_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND EXISTS (SELECT FROM reports_report WHERE id = OLD.report_id AND state = 'accepted'))
        OR (TG_OP <> 'DELETE' AND EXISTS (SELECT FROM reports_report WHERE id = NEW.report_id AND state = 'accepted'))
    THEN RAISE EXCEPTION 'an accepted report is never changed or deleted';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER reports_evidencerow_accepted BEFORE INSERT OR UPDATE OR DELETE ON reports_evidencerow
    FOR EACH ROW EXECUTE FUNCTION reports_guard_rows();
"""

ACCEPTED = "EXISTS (SELECT 1 FROM reports_report WHERE id = {row}.report_id AND state = 'accepted')"
SQLITE = [
    ("reports_report_no_update", "UPDATE ON reports_report", "OLD.state = 'accepted'"),
    ("reports_report_no_delete", "DELETE ON reports_report", "OLD.state = 'accepted'"),
    ("reports_row_no_insert", "INSERT ON reports_evidencerow", ACCEPTED.format(row="NEW")),
    (
        "reports_row_no_update",
        "UPDATE ON reports_evidencerow",
        f"{ACCEPTED.format(row='OLD')} OR {ACCEPTED.format(row='NEW')}",
    ),
    ("reports_row_no_delete", "DELETE ON reports_evidencerow", ACCEPTED.format(row="OLD")),
]


def close(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for name, event, condition in SQLITE:
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'an accepted report is never changed or deleted'); END;"
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
