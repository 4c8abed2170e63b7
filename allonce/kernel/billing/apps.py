from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    name = "allonce.kernel.billing"
    label = "billing"

    def ready(self) -> None:
        """Menus, what people are told, the sellers as connectors, leaving, and evidence for the promises."""
        from allonce.kernel import notices
        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.billing import evidence, leaving, queries, resolving
        from allonce.kernel.billing.sellers.configured import connectors
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.post.ports import register_connectors
        from allonce.kernel.privacy.ports import register_erasure_listener
        from allonce.kernel.privacy.subjects import register_resolver

        # Whoever does not agree to new terms must still be able to cancel.
        register_always_open("/me/billing/")
        register_connectors(connectors)
        register_resolver("billing_owner", resolving.rows_of)
        register_erasure_listener(leaving.Payers())
        notices.register_kind(notices.Kind("billing.bought", _("What you ordered"), required=True))
        notices.register_kind(notices.Kind("billing.renewal", _("Before a renewal"), required=True))
        notices.register_kind(notices.Kind("billing.renewed", _("A subscription was renewed"), required=True))
        notices.register_kind(notices.Kind("billing.payment", _("Payments, refunds and prices"), required=True))
        notices.register_kind(notices.Kind("billing.ended", _("A subscription was cancelled or ended"), required=True))
        register_entry("person", Entry("billing:mine", _("Payments"), icon="receipt", order=40))
        desk = Entry(
            "billing:desk", _("Payments"), icon="receipt", order=30, count=lambda _request: queries.waiting_count()
        )
        register_entry("operator", desk)
        register_evidence("DATE-CROWNS", evidence.ledger)
        register_evidence("BILL-RENEWAL-NOTICE", evidence.notices)
        if settings.DEMO:
            import_module("allonce.kernel.billing.demo")
