from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatingConfig(AppConfig):
    name = "allonce.products.dating"
    label = "dating"
    verbose_name = "Dating"

    def ready(self) -> None:
        from allonce.kernel.accounts.navigation import Entry, register_entry, register_private_home
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.accounts.services.demo_doors import register_door
        from allonce.kernel.casework.kinds import register_kind as register_case_kind
        from allonce.kernel.legal.documents import register_document
        from allonce.kernel.legal.roles import register_roles
        from allonce.kernel.messaging import register_kind as register_stream_kind
        from allonce.kernel.messaging.ports import register_private_streams
        from allonce.kernel.post.ports import register_connectors
        from allonce.kernel.privacy.ports import register_erasure_listener, register_own_files
        from allonce.products.dating import crowns, deployment
        from allonce.products.dating.deciding import KINDS
        from allonce.products.dating.leaving import Leaving, streams_of
        from allonce.products.dating.oauth.provider import connectors
        from allonce.products.dating.people import DOORS
        from allonce.products.dating.services import enclosing
        from allonce.products.dating.stream import MatchKind
        from allonce.products.dating.wording import ACTIONS, POLICY, ROLES, home, may_match

        crowns.register()
        deployment.register_checks()
        register_entry("public", Entry("dating:landing", _("Dating"), icon="heart", order=5))
        register_entry(
            "operator", Entry("dating:matchmaking", _("Matchmaking"), icon="heart", order=30, shown=may_match)
        )
        for who, email in DOORS.items():
            register_door(who, email)
        register_private_home(home)
        register_roles(ROLES)
        register_document(POLICY)
        register_action_words(ACTIONS)
        for each in KINDS:
            register_case_kind(each)
        register_stream_kind(MatchKind())
        register_private_streams(streams_of)
        register_erasure_listener(Leaving())
        register_own_files(enclosing.own_files)
        register_connectors(connectors)
        register_notices()


def register_notices() -> None:
    """What members are told of, and what is so by itself on their devices."""
    from allonce.kernel.notices import Kind, register_kind
    from allonce.products.dating.services.matching import NEW_MATCH
    from allonce.products.dating.services.standing import STANDING
    from allonce.products.dating.services.telling import NEW_DATE, NEW_MESSAGE

    register_kind(Kind(NEW_DATE, _("Your date of the day is there"), says=_("At noon, when there is one."), push=True))
    register_kind(Kind(NEW_MATCH, _("A match"), says=_("When you and your date like each other."), push=True))
    register_kind(Kind(STANDING, _("Your suspension is over"), required=True))
    register_kind(Kind(NEW_MESSAGE, _("A message from a match"), says=_("Once, until you have looked."), push=True))
