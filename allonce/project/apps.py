from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from allonce.kernel import clock


class ProjectConfig(AppConfig):
    name = "allonce.project"
    label = "project"

    def ready(self) -> None:
        clock.shift(timedelta(days=settings.DEMO_DAYS_AHEAD))
        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.notices import Kind, register_kind
        from allonce.kernel.privacy.ports import AccountExport, register_account_export
        from allonce.project import deployment
        from allonce.project.backup.account import evidence, wording

        deployment.register_checks()
        register_always_open("icon")
        register_always_open("/licences/")
        register_always_open("/promises/")
        register_entry("public", Entry("promises", _("Promises"), icon="checklist", order=10))
        register_entry("business", Entry("account_backup", _("Backup"), icon="database-export", order=60))
        register_kind(Kind("account.backup_taken", _("A backup of the account was taken"), required=True))
        register_action_words(wording.ACTIONS)
        register_account_export(AccountExport("account_backup", _("A backup of the whole account")))
        register_always_open("/account/backup/")
        register_evidence("DATA-YOURS", evidence.every_table_has_its_place)
