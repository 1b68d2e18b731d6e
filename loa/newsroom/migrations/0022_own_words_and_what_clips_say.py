import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0021_voices")]

    operations = [
        migrations.AddField(
            model_name="clip", name="spoken", field=models.TextField(blank=True, default="", editable=False)
        ),
        migrations.AddField(
            model_name="sharedstory",
            name="owing",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.factversion",
            ),
        ),
        migrations.AddField(model_name="sharedstory", name="wrong", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="sharedstory",
            constraint=models.CheckConstraint(
                condition=models.Q(("owing__isnull", True), ("wrong", False))
                | models.Q(("owing__isnull", False), ("worded_at__isnull", False)),
                name="newsroom_shared_owing_words",
            ),
        ),
    ]
