"""The people whom one click lets into the demo."""

from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.models import Person
from allonce.kernel.errors import Forbidden, NotFound

OWNER_EMAIL = "olivia@harbourblinds.example"
STAFF_EMAIL = "staff@allonce.example"
DOORS = {"owner": OWNER_EMAIL, "operator": STAFF_EMAIL}


class Suspended(Forbidden):
    """Somebody at the Operator's console has suspended the sign-in of the demo's person."""

    code = "demo_suspended"
    message = gettext_lazy(
        "This sign-in is suspended: somebody decided so at the Operator's console. "
        "The letter about it, with the way to appeal, is in the mailbox; it is undone under Cases, as Sam or Kim."
    )


def register_door(who: str, email: str) -> None:
    """Let one click in as a person of a product's demo. Called in `ready`; outside the demo it leads nowhere."""
    DOORS[who] = email


def person(who: str) -> Person:
    """The demo's person behind that door. Raises NotFound, or Suspended."""
    found = Person.objects.with_email(DOORS.get(who, ""))
    if found is None:
        raise NotFound
    if not found.is_active:
        raise Suspended
    return found
