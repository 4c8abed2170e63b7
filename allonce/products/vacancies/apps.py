from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VacanciesConfig(AppConfig):
    name = "allonce.products.vacancies"
    label = "vacancies"
    verbose_name = "Applications"

    def ready(self) -> None:
        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.notices import Kind, register_kind
        from allonce.products.vacancies.applying import NOTICE
        from allonce.products.vacancies.queries import evidence
        from allonce.products.vacancies.wording import ACTIONS

        register_always_open("/jobs/")
        register_entry("public", Entry("vacancies:listed", _("Jobs"), icon="briefcase", order=20))
        register_entry("operator", Entry("vacancies:staff_vacancies", _("Vacancies"), icon="briefcase", order=80))
        register_kind(Kind(NOTICE, _("An application for a vacancy has come"), staff=True))
        register_action_words(ACTIONS)
        register_evidence("JOBS-APPLICATIONS", evidence)
