"""Two cases for the demo: one that a detector raised, one that somebody reported."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.demo import SHOP_EMAIL
from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.accounts.services import demo_doors
from allonce.kernel.casework.conduct import KIND
from allonce.kernel.casework.detectors import Detector, register_detector
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.models import Case
from allonce.kernel.casework.reports import cases
from allonce.kernel.casework.services import opening

SIGN_INS = register_detector(Detector("demo.sign_ins", _("a count of sign-ins from places far apart")))


def load() -> None:
    """Open both cases, unless there are any."""
    owner = Person.objects.with_email(demo_doors.OWNER_EMAIL)
    shop = Account.objects.with_email(SHOP_EMAIL)
    if owner is None or shop is None or Case.objects.exists():
        return
    SIGN_INS.raise_case(
        KIND,
        Subject(person_id=owner.id),
        [
            Fact("Sign-ins", "Littleport at 9:02, Lisbon at 9:10"),
            Fact("Rule", "Nobody travels 1,900 km in eight minutes; a shared password or a relay would explain it."),
        ],
    )
    opening.by_somebody(
        None,
        cases.KIND,
        Subject(account_id=shop.id, target=f"accounts.Account:{shop.id}"),
        [
            Fact("Ground", str(cases.GROUNDS["misleading"])),
            Fact("In the reporter's words", "There is another Harbour Blinds in our street, and this is not it."),
            Fact("Name", shop.name),
        ],
    )
