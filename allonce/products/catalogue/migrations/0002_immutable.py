from django.db import migrations

from allonce.products.catalogue.immutable import install, remove


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
