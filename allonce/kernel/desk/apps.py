from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "allonce.kernel.desk"
    label = "desk"
    verbose_name = _("Support")

    def ready(self) -> None:
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.desk import askers, evidence, menus, receivers, wording
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.notices import register_kind
        from allonce.kernel.privacy.naming import register_tables
        from allonce.kernel.privacy.ports import register_own_files
        from allonce.kernel.privacy.subjects import register_resolver

        menus.register()
        receivers.connect()
        register_own_files(askers.own_files)
        register_resolver("asker", askers.rows_of_asker)
        for where in ("/support/", "/me/support/"):
            register_always_open(where)
        register_action_words(wording.ACTIONS)
        register_tables(wording.TABLES)
        for kind in wording.NOTICES:
            register_kind(kind)
        for promise, source in evidence.SOURCES.items():
            register_evidence(promise, source)
