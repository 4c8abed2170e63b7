from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvisioningConfig(AppConfig):
    name = "allonce.products.chat.provisioning"
    label = "chat_provisioning"
    verbose_name = _("Chat: listing sites")

    def ready(self) -> None:
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.notices import Kind, register_kind
        from allonce.products.chat.provisioning.services import NOTICE
        from allonce.products.chat.provisioning.wording import ACTIONS

        register_action_words(ACTIONS)
        register_kind(Kind(NOTICE, _("A listing site wants to list your business")))
