from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "allonce.kernel.privacy.requests"
    label = "requests"

    def ready(self) -> None:
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.notices import register_kind
        from allonce.kernel.privacy.requests import evidence, menus, senders, wording
        from allonce.kernel.privacy.subjects import register_resolver

        menus.register()
        register_resolver("sender", senders.rows_of_sender)
        for where in ("/privacy/", "/me/requests/", "/me/transfer/"):
            register_always_open(where)
        register_action_words(wording.ACTIONS)
        for kind in wording.NOTICES:
            register_kind(kind)
        for promise, source in evidence.SOURCES.items():
            register_evidence(promise, source)
