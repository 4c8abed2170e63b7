from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "allonce.kernel.privacy.retention"
    label = "retention"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.jobs.starting import register_condition
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.notices import Kind, register_kind
        from allonce.kernel.privacy import ports
        from allonce.kernel.privacy.ledger import on_line
        from allonce.kernel.privacy.retention import evidence, keeping, letters, replaying, wording
        from allonce.kernel.privacy.retention.holding import LegalHolds
        from allonce.kernel.privacy.retention.services import holds
        from allonce.kernel.privacy.retention.services.endings import Ender

        register_entry("operator", Entry("retention:operator", _("Retention and holds"), icon="hourglass"))
        register_entry("business", Entry("retention:end", _("End the account"), icon="door-exit", order=90))
        register_kind(Kind(holds.KIND, _("Something of yours must be kept, or no longer"), required=True))
        register_kind(Kind(letters.KIND, _("An account of yours ends"), required=True))
        register_action_words(wording.ACTIONS)
        register_evidence("PRIV-RETENTION", evidence.of_sweeps)
        register_evidence("PRIV-60-DAYS", evidence.of_endings)
        ports.register_holds(LegalHolds())
        ports.register_keeper(keeping)
        ports.register_account_ender(Ender())
        ports.register_replayer("account", replaying.replay_accounts)
        register_always_open("/account/end/")
        on_line(replaying.note_line)
        register_condition(replaying.obstacles)
