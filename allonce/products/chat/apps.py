from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "allonce.products.chat"
    label = "chat"

    def ready(self) -> None:
        from django.core.signals import request_finished

        from allonce.kernel.accounts.navigation import register_home
        from allonce.kernel.accounts.ports import register_action_words, register_joining_listener
        from allonce.kernel.accounts.services.demo_doors import register_door
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.legal.documents import register_document
        from allonce.kernel.legal.marketing.cookies import register_cookie
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.legal.roles import register_roles
        from allonce.kernel.messaging import register_kind
        from allonce.kernel.privacy.analytics.visits import leave_out
        from allonce.products.chat import evidence
        from allonce.products.chat.on_devices import KEPT
        from allonce.products.chat.people import DOORS
        from allonce.products.chat.services.counting import flush_when_due
        from allonce.products.chat.services.joining import Joining
        from allonce.products.chat.stream import ConsoleKind, ConversationKind
        from allonce.products.chat.wording import ACTIONS, POLICY, ROLES, home

        for promise, source in evidence.SOURCES.items():
            register_evidence(promise, source)
        register_roles(ROLES)
        register_document(POLICY)
        for kind in (ConversationKind(), ConsoleKind()):
            register_kind(kind)
        register_home(home)
        register_action_words(ACTIONS)
        register_joining_listener(Joining())
        for kept in KEPT:
            register_cookie(kept)
        # Visitors are not signed in here, though a browser may happen to be.
        register_always_open("/w/")
        leave_out("chat:")
        register_always_open("/api/chat/")
        for who, email in DOORS.items():
            register_door(who, email)
        request_finished.connect(flush_when_due, dispatch_uid="chat.flush_counts")
