"""Setup's Catalogue screens, below /setup/."""

from django.urls import URLPattern, URLResolver, path

from allonce.products.catalogue.importing.urls import urlpatterns as import_screens
from allonce.products.catalogue.views import basics, extras, home, publish, ranges, tables, transfer

app_name = "catalogue"

PRODUCT = "product/<slug:product_id>/"
TABLE = f"{PRODUCT}tables/<slug:table_id>/"
GROUP = f"{PRODUCT}extras/<slug:group_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    *import_screens,
    path("", home.home, name="home"),
    path("new/", home.new, name="new"),
    path("undo/<uuid:step_id>/", home.undo, name="undo"),
    path("picture/<slug:picture_id>/", ranges.picture, name="picture"),
    path("settings/", publish.settings, name="settings"),
    path("settings/tax/", publish.tax, name="tax"),
    path("settings/tax/<slug:key>/<slug:since>/delete/", publish.delete_tax, name="delete_tax"),
    path("publish/", publish.publish, name="publish"),
    path("publish/compare/", publish.compare, name="compare"),
    path("publish/discard/", publish.discard, name="discard"),
    path("publish/<int:number>/back/", publish.roll_back, name="roll_back"),
    path("file/", transfer.transfer, name="transfer"),
    path("file/catalogue.json", transfer.export, name="export_file"),
    path(PRODUCT, basics.basics, name="product"),
    path(f"{PRODUCT}copy/", home.copy, name="copy"),
    path(f"{PRODUCT}delete/", home.delete, name="delete"),
    path(f"{PRODUCT}move/", home.move, name="move"),
    path(f"{PRODUCT}trial/", basics.trial, name="trial"),
    path(f"{PRODUCT}ranges/", ranges.ranges, name="ranges"),
    path(f"{PRODUCT}ranges/row/", ranges.row, name="range_row"),
    path(f"{PRODUCT}ranges/cell/", ranges.cell, name="range_cell"),
    path(f"{PRODUCT}ranges/many/", ranges.many, name="range_many"),
    path(f"{PRODUCT}bands/new/", tables.band, name="new_band"),
    path(f"{PRODUCT}bands/<slug:band_id>/", tables.change_band, name="band"),
    path(f"{PRODUCT}bands/<slug:band_id>/delete/", tables.delete_band, name="delete_band"),
    path(f"{PRODUCT}tables/", tables.tables, name="tables"),
    path(f"{PRODUCT}tables/new/", tables.new_table, name="new_table"),
    path(TABLE, tables.tables, name="table"),
    path(f"{TABLE}copy/", tables.copy, name="copy_table"),
    path(f"{TABLE}delete/", tables.delete, name="delete_table"),
    path(f"{TABLE}uplift/", tables.uplift, name="uplift"),
    path(f"{TABLE}figures/", tables.figures, name="figures"),
    path("table/<slug:table_id>/cells/", tables.write, name="cells"),
    path("table/<slug:table_id>/rename/", tables.rename, name="rename_table"),
    path("table/<slug:table_id>/axes/", tables.axes, name="axes"),
    path(f"{PRODUCT}extras/", extras.extras, name="extras"),
    path(f"{PRODUCT}extras/new/", extras.group, name="new_group"),
    path(GROUP, extras.group, name="group"),
    path(f"{GROUP}delete/", extras.delete, name="delete_group"),
    path(f"{GROUP}move/", extras.move, name="move_group"),
    path(f"{GROUP}new/", extras.extra, name="new_extra"),
    path(f"{GROUP}<slug:extra_id>/", extras.extra, name="extra"),
    path(f"{GROUP}<slug:extra_id>/delete/", extras.delete, name="delete_extra"),
    path(f"{GROUP}<slug:extra_id>/move/", extras.move, name="move_extra"),
    path(f"{PRODUCT}rules/", extras.rules, name="rules"),
    path(f"{PRODUCT}rules/new/", extras.rule, name="new_rule"),
    path(f"{PRODUCT}rules/<slug:rule_id>/", extras.rule, name="rule"),
    path(f"{PRODUCT}rules/<slug:rule_id>/delete/", extras.delete_rule, name="delete_rule"),
]
