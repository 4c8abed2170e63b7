from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "allonce.kernel.casework"
    label = "casework"

    def ready(self) -> None:
        """Cases of the kernel itself, what people are told of them, menus, and evidence for the promises."""
        from allonce.kernel import notices
        from allonce.kernel.accounts import ports
        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.casework import conduct, evidence, holding, kinds
        from allonce.kernel.casework.reports import cases, names, reportable
        from allonce.kernel.casework.wording import ACTIONS
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.privacy.ports import register_holds
        from allonce.kernel.privacy.subjects import register_resolver

        for where in ("/decisions/", "/me/decisions/", "/report/"):
            register_always_open(where)
        kinds.register_kind(conduct.PERSON_CONDUCT)
        kinds.register_kind(cases.CONTENT)
        reportable.register_reportable(names.BusinessNames())
        ports.register_conduct_desk(conduct.ConductDesk())
        ports.register_report_links(reportable.report_link)
        ports.register_action_words(ACTIONS)
        notices.register_kind(notices.Kind("casework.decision", _("A decision about you"), required=True))
        notices.register_kind(notices.Kind("casework.outcome", _("The outcome of your appeal"), required=True))
        notices.register_kind(notices.Kind("casework.report_decided", _("What became of your report")))
        notices.register_kind(notices.Kind("casework.due", _("A case that is due"), staff=True))
        register_entry("operator", Entry("casework:queue", _("Cases"), icon="gavel", order=20))
        register_entry("person", Entry("casework:my_decisions", _("Decisions about you"), icon="scale", order=60))
        register_entry("public", Entry("casework:how_we_decide", _("How we decide"), icon="scale", order=60))
        register_resolver("casework_subject", holding.rows_about)
        register_holds(holding.OpenCases())
        register_evidence("PRIV-AUTOMATED", evidence.decisions)
        register_evidence("LEGAL-CONTENT-RULES", evidence.reports)
        register_evidence("PRIV-STAFF-ACCESS", evidence.staff_looks)
        register_evidence("SEC-ACTIVITY-LOG", evidence.record_whole)
        if settings.DEMO:
            # Whoever words a statement has to know what the demo's detector is called.
            import_module("allonce.kernel.casework.demo")
