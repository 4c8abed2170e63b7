from django.apps import AppConfig


class QuotingConfig(AppConfig):
    name = "allonce.products.quoting"
    label = "quoting"
    verbose_name = "Quotes and documents"

    def ready(self) -> None:
        from allonce.kernel.accounts.copies import register_copy_rules, register_restored_check
        from allonce.kernel.accounts.devices.ports import register_sync_part
        from allonce.kernel.accounts.first_steps import register_first_steps
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.casework.reports.reportable import register_reportable
        from allonce.kernel.legal.marketing.cookies import register_cookie
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.post.ports import register_delivery_events
        from allonce.kernel.privacy.naming import register_tables
        from allonce.products.quoting import copies
        from allonce.products.quoting.documents.first_steps import DocumentSteps
        from allonce.products.quoting.documents.reported import Letterheads
        from allonce.products.quoting.listening import DeliveriesPart, RelayReports
        from allonce.products.quoting.on_devices import KEPT
        from allonce.products.quoting.wording import ACTIONS, TABLES

        register_first_steps(DocumentSteps())
        register_reportable(Letterheads())
        register_delivery_events(RelayReports())
        register_sync_part(DeliveriesPart())
        register_action_words(ACTIONS)
        register_tables(TABLES)
        # The phone app is no page of a signed-in person, though an owner's browser may open it.
        register_always_open("/mobile/")
        register_always_open("/sw.js")
        for kept in KEPT:
            register_cookie(kept)
        register_copy_rules(fields=copies.WRITTEN_EMPTY)
        register_restored_check(copies.check_restored)
