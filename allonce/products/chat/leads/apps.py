from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    name = "allonce.products.chat.leads"
    label = "chat_leads"
    verbose_name = _("Chat: leads")

    def ready(self) -> None:
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.post.sms.ports import register_inbound_sms, register_sms_states
        from allonce.products.chat import ports
        from allonce.products.chat.leads.branding import Logos
        from allonce.products.chat.leads.listening import Listener
        from allonce.products.chat.leads.queries import evidence
        from allonce.products.chat.leads.services import keeping, texting
        from allonce.products.chat.leads.services.contacting import ContactList
        from allonce.products.chat.leads.wording import ACTIONS

        ports.register_listener(Listener())
        ports.register_contact_rules(ContactList())
        ports.register_logos(Logos())
        ports.register_speech_listener(texting.Speech())
        register_inbound_sms(texting.came_in)
        register_sms_states(texting.stands)
        register_action_words(ACTIONS)
        register_evidence("CHAT-LEAD", evidence)
        register_evidence("CHAT-RETENTION", keeping.evidence)
