"""Three requests in different states, one passed on to the demo's shop, and a disclosure."""

from datetime import timedelta
from uuid import UUID

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Account, Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import now, travel
from allonce.kernel.privacy.requests.models import Disclosure, RightsRequest
from allonce.kernel.privacy.requests.models.asked import Right
from allonce.kernel.privacy.requests.services import asking, clock, disclosures, identity, referrals
from allonce.kernel.privacy.requests.services.asking import Asked
from allonce.kernel.privacy.requests.services.disclosures import Facts

SHOP_EMAIL = "hello@harbourblinds.example"


def load() -> None:
    """Fill the desk where it is empty; a second call changes nothing."""
    staff = _staff()
    if staff is None or RightsRequest.objects.exists():
        return
    _one_that_waits_for_its_sender(staff)
    _one_passed_on_to_the_shop(staff)
    _one_for_today()
    if not Disclosure.objects.exists():
        _a_disclosure(staff)


def _one_that_waits_for_its_sender(staff: StaffAccess) -> None:
    """Asked three weeks ago, proved the next day, asked back a week later: its clock stands."""
    asked = Asked(
        Right.ERASURE,
        "Iris Holt",
        "iris.holt@post.example",
        "I bought blinds from a shop that uses your service. Please erase what you have of me.",
        "A shop for blinds",
    )
    request_id = _asked_days_ago(asked, 24)
    with travel(now() - timedelta(days=23)):
        identity.prove_by_mailbox(request_id)
    with travel(now() - timedelta(days=14)):
        clock.take(staff, request_id)
    with travel(now() - timedelta(days=14) + timedelta(minutes=8)):
        clock.ask_back(staff, request_id, "Under which address did you order? We find nothing under this one.")


def _one_passed_on_to_the_shop(staff: StaffAccess) -> None:
    asked = Asked(
        Right.ACCESS,
        "Tom Pascoe",
        "tom.pascoe@post.example",
        "Which measurements and photographs of my house are kept, and who has seen them?",
        "A shop for blinds",
    )
    request_id = _asked_days_ago(asked, 9)
    with travel(now() - timedelta(days=8)):
        identity.prove_by_mailbox(request_id)
        referrals.pass_on(staff, request_id, SHOP_EMAIL)


def _one_for_today() -> None:
    _asked_days_ago(
        Asked(Right.COMPLAINT, "Mara Lindqvist", "mara@post.example", "I asked twice by telephone and nobody rang me."),
        1,
    )


def _a_disclosure(staff: StaffAccess) -> None:
    with travel(now() - timedelta(days=40)):
        disclosures.record(
            staff,
            Facts(
                authority="Harbour Magistrates' Court",
                legal_basis="Production order under section 9 of the Police and Criminal Evidence Act 1984",
                reference="PO-2026-118",
                scope_asked="All records of one former customer since 2020",
                scope_given="Dates of three sign-ins in March 2026",
                left_out="Everything before March 2026 and all content: the order does not cover it",
                limited=True,
            ),
        )


def _asked_days_ago(asked: Asked, days: int) -> UUID:
    with travel(now() - timedelta(days=days)):
        return asking.receive(asked, SYSTEM).id


def _staff() -> StaffAccess | None:
    operators = Membership.objects.filter(account__kind=Account.Kind.OPERATOR, role=Role.OWNER)
    membership = operators.select_related("account", "person").first()
    if membership is None:
        return None
    actor = Actor("staff", membership.person_id)
    return StaffAccess(membership.account, membership.person, Role.OWNER, actor)
