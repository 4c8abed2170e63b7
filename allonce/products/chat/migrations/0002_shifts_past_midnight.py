"""A shift may end on the next day: one whose end is not later than its beginning goes past midnight."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="shift", name="chat_shift_ends_after_start"),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(weekday__lte=6) & ~models.Q(ends=models.F("starts")), name="chat_shift_takes_time"
            ),
        ),
    ]
