from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "allonce.kernel.notices"
    label = "notices"

    def ready(self) -> None:
        """Put notices first among a person's own pages, with a count of the unread ones."""
        from django.utils.translation import gettext_lazy as _

        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.notices import queries

        entry = Entry("notices:list", _("Notices"), icon="bell", order=10, count=queries.unread_behind)
        register_entry("person", entry)
        register_evidence("NOTIFY-CHOICE", queries.evidence_of_choice)
        register_action_words(
            {
                "notices.chosen": _("Chose how to be told of things"),
                "notices.browser_on": _("Let a browser be woken by notices"),
                "notices.browser_off": _("Had a browser woken no longer"),
                "notices.switched_off": _("Switched all notices off"),
                "notices.reset": _("Put the choices about notices back"),
            }
        )
