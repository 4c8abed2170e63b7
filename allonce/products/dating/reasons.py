"""Why these two: from what each shows of themselves, never from what only one of them told us."""

from django.utils.translation import gettext as _

from allonce.products.dating.index import Packed, shared_interests
from allonce.products.dating.places import kilometres
from allonce.products.dating.words import INTERESTS

NEAR_KM = 30
MOST_NAMED = 3


def of(one: Packed, other: Packed) -> list[str]:
    """Codes of the reasons that hold for both, the same for either side; never empty for a pair that suits.

    Both sides' wishes are fulfilled or they would not be a pair, so that one is told without figures.
    """
    found = []
    at_home = not (one.visiting or other.visiting)
    apart = kilometres({"lat": one.lat, "lon": one.lon}, {"lat": other.lat, "lon": other.lon})
    if (one.lat, one.lon) == (other.lat, other.lon):
        found.append("same_town" if at_home else "same_town_now")
    elif apart <= NEAR_KM:
        found.append("near" if at_home else "near_now")
    found += [f"interest:{code}" for code in shared_interests(one.interests, other.interests)[:MOST_NAMED]]
    return [*found, "hopes"]


def in_words(codes: list[str]) -> list[str]:
    """Sentences for whoever asks why."""
    shared = [str(INTERESTS[code.removeprefix("interest:")]).lower() for code in codes if code.startswith("interest:")]
    said = []
    if shared:
        said.append(_("You both like %(shared)s.") % {"shared": _listed(shared)})
    if "same_town" in codes:
        said.append(_("You live in the same town."))
    if "near" in codes:
        said.append(_("You live near each other."))
    if "same_town_now" in codes:
        said.append(_("You are in the same town these days."))
    if "near_now" in codes:
        said.append(_("You are near each other these days."))
    said.append(_("Each of you is somebody the other hopes to meet."))
    return said


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}
