from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "allonce.products.chat.reports"
    label = "chat_reports"
    verbose_name = _("Chat: reports")

    def ready(self) -> None:
        from allonce.products.chat.leads.hooks import register_lead_listener
        from allonce.products.chat.reports.counting import count_for_provider

        register_lead_listener(count_for_provider)
