from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "allonce.kernel.privacy.rights"
    label = "rights"

    def ready(self) -> None:
        from allonce.kernel.accounts import ports as accounts
        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.notices import Kind, register_kind
        from allonce.kernel.notices import ports as notices
        from allonce.kernel.privacy import ports, register
        from allonce.kernel.privacy.rights import actions, processing, queries
        from allonce.kernel.privacy.rights.services import erasing, limits

        accounts.register_processing_limits(processing.Limits())
        notices.register_processing_limits(processing.Limits())
        accounts.register_action_words(actions.WORDS)
        ports.register_rights_actions(actions.Actions())
        ports.register_replayer("person", erasing.replay)
        register_kind(Kind(limits.LIFTED, _("A restriction of your data ends"), required=True))
        register_kind(Kind(erasing.POSTPONED, _("An erasure waits for a legal hold"), required=True))
        # Whoever does not agree to new terms still sees, takes and erases what is theirs.
        register_always_open("/me/data/")
        register_always_open("rights:export", _("Take a copy of your data"))
        register_always_open("rights:erase", _("Erase what is held of you"))
        for where in (
            "rights:erased",
            "rights:register",
            "rights:register_json",
            "accounts:passkey_proof_options",
        ):
            register_always_open(where)
        register_evidence("PRIV-REGISTER", register.evidence)
        register_evidence("PRIV-RIGHTS", queries.evidence)
        register_entry("person", Entry("rights:overview", _("Your data"), icon="database", order=5))
        register_entry("operator", Entry("rights:operator_register", _("Data register"), icon="database", order=60))
        register_entry("public", Entry("rights:register", _("What we hold"), icon="database"))
