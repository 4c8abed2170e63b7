from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "allonce.kernel.vault"
    label = "vault"

    def ready(self) -> None:
        from allonce.kernel.vault import checks

        checks.register_checks()
