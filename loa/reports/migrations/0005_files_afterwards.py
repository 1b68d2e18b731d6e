"""Files of accepted reports are made by a worker after the acceptance, the .docx like the PDF."""

from django.db import migrations, models

from loa.reports import guards

ACCEPTED = models.Q(state="accepted", accepted_at__isnull=False)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_printing")]

    operations = [
        migrations.RunPython(guards.lift, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="report", name="reports_report_document_iff_accepted"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                name="reports_report_dated_iff_accepted",
                condition=ACCEPTED
                | (~models.Q(state="accepted") & models.Q(accepted_at__isnull=True, document="", document_hash="")),
            ),
        ),
        migrations.AddField(
            model_name="printing",
            name="sort",
            field=models.CharField(choices=[("docx", "Docx"), ("pdf", "Pdf")], default="pdf", max_length=4),
        ),
        migrations.RemoveConstraint(model_name="printing", name="reports_printing_once"),
        migrations.AddConstraint(
            model_name="printing",
            constraint=models.UniqueConstraint(fields=("report", "final", "sort"), name="reports_printing_once"),
        ),
        migrations.RunPython(guards.close, migrations.RunPython.noop),
    ]
