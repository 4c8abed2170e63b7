"""Acts of Dating in words."""

from pathlib import Path

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person
from allonce.kernel.legal.documents import Document
from allonce.kernel.legal.roles import OPERATOR, RoleLine
from allonce.products.dating.models import Member

ACTIONS = {
    "dating.joined": _("joined Dating"),
    "dating.provider_linked": _("linked an account of another service to sign in with"),
    "dating.provider_unlinked": _("unlinked the account of another service"),
    "dating.consented": _("said who they are and whom they hope to meet"),
    "dating.consent_withdrawn": _("withdrew the consent to use whom they hope to meet"),
    "dating.moved": _("said where they live"),
    "dating.wishes_changed": _("changed whom they hope to meet"),
    "dating.described": _("changed their profile"),
    "dating.paused": _("became invisible"),
    "dating.came_back": _("became visible again"),
    "dating.trip_planned": _("planned some days in another town"),
    "dating.trip_cancelled": _("cancelled days in another town"),
    "dating.incognito_on": _("went incognito"),
    "dating.incognito_off": _("is no longer incognito"),
    "dating.photo_added": _("added a photo"),
    "dating.photo_removed": _("removed a photo"),
    "dating.selfie_sent": _("sent a selfie to be compared with their photos"),
    "dating.selfie_withdrawn": _("withdrew the consent to compare a selfie"),
    "dating.liked": _("liked a date"),
    "dating.passed": _("passed a date"),
    "dating.matched": _("two members matched"),
    "dating.chosen": _("chose the next date"),
    "dating.asked_at_once": _("looked for a date at once"),
    "dating.rated": _("rated somebody's photos"),
    "dating.rating_taken_back": _("took a rating back"),
    "dating.wrote_first": _("wrote before a match"),
    "dating.reviewed": _("spoke of a real date in confidence"),
    "dating.review_taken_back": _("took back what was said of a date"),
    "dating.unmatched": _("ended a match"),
    "dating.blocked": _("blocked a member"),
    "dating.unblocked": _("no longer blocks a member"),
    "dating.contacts_hidden": _("hid contacts"),
    "dating.contacts_shown": _("took hidden contacts back"),
    "dating.picked": _("picked a pair for the next noon"),
    "dating.pick_taken_back": _("took a picked pair back"),
    "dating.explained": _("explained what led to a suspension"),
    "dating.let_back": _("a suspension ran out"),
}
POLICY = Document(
    "privacy-dating",
    "privacy",
    _("Privacy policy for Dating"),
    _("What becomes of profiles, likes, passes and messages."),
    Path(__file__).parent / "texts" / "privacy-dating.md",
    service="dating",
    order=23,
)
ROLES = (
    RoleLine(
        "dating",
        _("Members: profile, photos, hopes, dates, what they write to each other"),
        OPERATOR,
        _("The Operator's processors as listed"),
        _("Terms of use; explicit consent for whom they hope to meet"),
    ),
)


def may_match(request: HttpRequest) -> bool:
    """Whether the console's menu leads to matchmaking."""
    staff: StaffAccess | None = getattr(request, "staff", None)
    return staff is not None and "matchmaking" in staff.duties


def home(person: Person) -> str:
    """Members begin with their date of the day."""
    return "dating:today" if Member.objects.filter(person=person).exists() else ""
