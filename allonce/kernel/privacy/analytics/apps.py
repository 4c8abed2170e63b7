from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "allonce.kernel.privacy.analytics"
    label = "analytics"

    def ready(self) -> None:
        from django.core.signals import request_finished
        from django.utils.translation import gettext_lazy as _

        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.privacy.analytics import events, evidence, visits
        from allonce.kernel.privacy.analytics.measures import Measure, register_measure

        request_finished.connect(visits.flush_if_due, dispatch_uid="analytics.flush_if_due")
        register_entry("operator", Entry("analytics:figures", _("Figures"), icon="chart-line", order=80))
        register_measure(Measure("acts", _("What was done"), events.acts_of))
        register_evidence("PRIV-TECHNICAL-DATA", evidence.of_visits)
        register_evidence("PRIV-NO-SALE", evidence.of_exports)
        register_evidence("DATA-ANALYTICS", evidence.of_tables)
