"""What members are told, each kind in the ways they choose. Never a like before it is mutual."""

from uuid import UUID

from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.notices import notify
from allonce.products.dating.models import Member

NEW_DATE = "dating.date"
NEW_MESSAGE = "dating.message"


def new_date(member: Member) -> None:
    """Today's date is there. Who it is stands on the card alone."""
    words = post.Words(
        subject=_("Your date is here"),
        paragraphs=[_("One person, chosen for you, until tomorrow noon.")],
        action=post.Action(_("See who it is"), link("dating:today")),
    )
    notify(member.person, NEW_DATE, words)


def instant_date(member: Member) -> None:
    """Somebody who is here now."""
    words = post.Words(
        subject=_("A date, now"),
        paragraphs=[_("Somebody who is here at this moment, for the next 24 hours.")],
        action=post.Action(_("See who it is"), link("dating:today")),
    )
    notify(member.person, NEW_DATE, words)


def choice_fell_away(member: Member, *, paid: bool) -> None:
    """Whom they chose is not there. Why is nobody's business."""
    back = [_("The Crown that it cost is yours again.")] if paid else []
    words = post.Words(
        subject=_("The date that you chose could not begin"),
        paragraphs=[_("Whom you chose cannot be your date today; the choice of the day was made for you."), *back],
        action=post.Action(_("Look"), link("dating:today")),
    )
    notify(member.person, NEW_DATE, words)


def first_words(member: Member, match_id: UUID) -> None:
    """Somebody spent a Crown to write to them."""
    words = post.Words(
        subject=_("Somebody has written to you"),
        paragraphs=[_("Your date spent a Crown to write first. You can answer, or decline: nobody is told.")],
        action=post.Action(_("Read it"), link("dating:chat", match_id)),
    )
    notify(member.person, NEW_MESSAGE, words)
