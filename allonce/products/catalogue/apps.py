from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "allonce.products.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from allonce.kernel.accounts.copies import (
            register_clearing,
            register_copy_rules,
            register_readable,
            register_restored_check,
        )
        from allonce.kernel.accounts.devices.ports import register_latest_catalogue, register_sync_part
        from allonce.kernel.accounts.first_steps import register_first_steps
        from allonce.kernel.accounts.ports import register_action_words, register_counts
        from allonce.kernel.legal.marketing.cookies import register_cookie
        from allonce.products.catalogue import copies
        from allonce.products.catalogue.first_steps import CatalogueSteps
        from allonce.products.catalogue.on_devices import TRIAL
        from allonce.products.catalogue.queries.published import PublishedCatalogues
        from allonce.products.catalogue.sync import CatalogueCounts, CataloguePart, LatestVersion
        from allonce.products.catalogue.wording.actions import ACTIONS
        from allonce.seams.catalogue import register_catalogue_source

        register_sync_part(CataloguePart())
        register_first_steps(CatalogueSteps())
        register_latest_catalogue(LatestVersion())
        register_counts(CatalogueCounts())
        register_action_words(ACTIONS)
        register_catalogue_source(PublishedCatalogues())
        register_cookie(TRIAL)
        register_copy_rules(tables=copies.LEFT_OUT)
        register_readable(copies.spreadsheet)
        register_clearing(copies.clear_untouched)
        register_restored_check(copies.check_restored)
