from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "allonce.products.chat.portal"
    label = "chat_portal"
    verbose_name = _("Chat: office pages")

    def ready(self) -> None:
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.legal.ports import register_always_open
        from allonce.products.chat.portal import menus
        from allonce.products.chat.portal.wording import ACTIONS

        menus.register()
        register_action_words(ACTIONS)
        register_always_open("/chat/principles/")
