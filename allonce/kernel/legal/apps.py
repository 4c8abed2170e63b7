from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "allonce.kernel.legal"
    label = "legal"

    def ready(self) -> None:
        from allonce.kernel.accounts.ports import register_action_words, register_sign_up_question
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal import roles
        from allonce.kernel.legal.ages import AgeQuestion
        from allonce.kernel.legal.documents import register_document
        from allonce.kernel.legal.evidence import SOURCES
        from allonce.kernel.legal.shipped import DOCUMENTS
        from allonce.kernel.legal.wording import ACTIONS, CHANGE, keep_open, register_menus
        from allonce.kernel.notices import register_kind

        for document in DOCUMENTS:
            register_document(document)
        roles.register_roles((*roles.PLATFORM, *roles.FIELD))
        register_sign_up_question(AgeQuestion("field"))
        register_kind(CHANGE)
        register_action_words(ACTIONS)
        for promise, source in SOURCES.items():
            register_evidence(promise, source)
        keep_open()
        register_menus()
