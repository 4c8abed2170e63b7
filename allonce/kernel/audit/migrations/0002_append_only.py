from django.db import migrations

from allonce.kernel.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: triggers.install(editor.connection)
            if editor.connection.alias == "default"
            else None,
            lambda _apps, editor: triggers.remove(editor.connection)
            if editor.connection.alias == "default"
            else None,
        )
    ]
