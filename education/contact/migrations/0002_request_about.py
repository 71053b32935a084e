from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ("contact", "0001_initial"),
        ("library", "0002_library_that_teaches"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactrequest",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="library.article",
                verbose_name="page",
            ),
        ),
    ]
