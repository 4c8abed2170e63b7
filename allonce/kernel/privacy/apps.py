from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "allonce.kernel.privacy"
    label = "privacy"

    def ready(self) -> None:
        from allonce.kernel.privacy import checks, resolvers, third_party

        checks.register_checks()
        third_party.declare_all()
        resolvers.register_all()
        autodiscover_modules("privacy")
