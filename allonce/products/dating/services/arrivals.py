"""Whether somebody comes from where they say they live. Of the address nothing is kept, of the distance a step."""

from django.conf import settings

from allonce.products.dating.models import Member, Signal
from allonce.products.dating.places import kilometres
from allonce.products.dating.services import signs, travel
from allonce.products.dating.whereabouts import of_address

# Address databases are wrong by a few hundred kilometres now and then, and people travel.
FAR_KM = 1000
STEP_KM = 500


def notice(member: Member, address: str) -> None:
    """Note a visit from far off the member's town, or through a hosting network. Alone it means nothing."""
    if not settings.ADDRESS_DATABASES:
        return
    found = of_address(address)
    if found is None:
        return
    if found.hosting:
        signs.note(member, Signal.Kind.HOSTING, {})
    elif found.spot and member.spot and (apart := _from_nearest(member, found.spot)) >= FAR_KM:
        signs.note(member, Signal.Kind.FAR, {"km": apart // STEP_KM * STEP_KM})


def _from_nearest(member: Member, spot: dict[str, float]) -> int:
    """Kilometres from where they live or say they are visiting, whichever is nearer."""
    known = [each for each in (member.spot, travel.home_of(member)["spot"]) if each]
    return min(kilometres(each, spot) for each in known)
