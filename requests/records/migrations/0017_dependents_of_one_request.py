"""One request may name a whole family: a dependent is told apart by name and day of birth, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widen what makes a dependent of a request the same one."""

    dependencies = [("records", "0016_campus_account_end")]

    operations = [
        migrations.RemoveConstraint(model_name="dependent", name="one_dependent_per_request"),
        migrations.AddConstraint(
            model_name="dependent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("reference", "family_name", "given_name", "birth_date"),
                name="each_dependent_once_per_request",
            ),
        ),
    ]
