from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "allonce.products.chat.sites"
    label = "chat_sites"
    verbose_name = _("Chat: demo sites")
