"""What a Client keeps of those who asked: leads, where they were sent, and who wants to hear no more."""

from allonce.products.chat.leads.models.brands import Brand
from allonce.products.chat.leads.models.contact import CallRecord, NoContact, TextConsent, TextContext
from allonce.products.chat.leads.models.deliveries import Delivery
from allonce.products.chat.leads.models.leads import Lead
from allonce.products.chat.leads.models.settings import LeadSettings

__all__ = ["Brand", "CallRecord", "Delivery", "Lead", "LeadSettings", "NoContact", "TextConsent", "TextContext"]
