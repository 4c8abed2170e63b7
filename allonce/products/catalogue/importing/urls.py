"""The import and export screens, below /setup/."""

from django.urls import URLPattern, path

from allonce.products.catalogue.importing.screens import downloads, views

urlpatterns: list[URLPattern] = [
    path("import/", views.start, name="import"),
    path("import/<uuid:import_id>/", views.look, name="import_look"),
    path("import/<uuid:import_id>/say/", views.say, name="import_say"),
    path("import/<uuid:import_id>/accept/", views.accept, name="import_accept"),
    path("import/<uuid:import_id>/discard/", views.discard, name="import_discard"),
    path("import/<uuid:import_id>/undo/", views.undo, name="import_undo"),
    path("export/catalogue.xlsx", downloads.catalogue, name="export_catalogue"),
    path("export/<slug:product_id>.xlsx", downloads.product, name="export_product"),
    path("export/<slug:product_id>/<slug:table_id>.xlsx", downloads.table, name="export_table"),
]
