from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "allonce.products.quoting.tests.published"
    label = "published"

    def ready(self) -> None:
        from allonce.products.quoting.tests.jobs import SmallCatalogue
        from allonce.seams.catalogue import register_catalogue_source

        register_catalogue_source(SmallCatalogue())
