"""The words and shapes in which people read where a mail stands."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import as_people_say
from allonce.products.quoting.models import Delivery

State = Delivery.State


class Mark(NamedTuple):
    """A state's word, and the colour and shape of the design system that go with it."""

    word: Any
    kind: str


MARKS: dict[str, Mark] = {
    State.SENDING: Mark(_("On its way"), ""),
    State.RETRY: Mark(_("Will be tried again"), ""),
    State.ACCEPTED: Mark(_("Accepted"), "next"),
    State.DELIVERED: Mark(_("Delivered"), "good"),
    State.UNCERTAIN: Mark(_("May have been sent"), "warn"),
    State.BOUNCED: Mark(_("Came back"), "bad"),
    State.REFUSED: Mark(_("Refused"), "bad"),
}
ROLES: dict[str, Any] = {"customer": _("Customer"), "shop": _("Your office")}
REASONS: dict[str, Any] = {
    "no_such_mailbox": _("There is no such mailbox. Check the address with the customer."),
    "mailbox_full": _("The mailbox is full. Try again in a day or two."),
    "address_invalid": _("The address is not written rightly."),
    "content_refused": _("The mail server did not want the mail."),
    "too_large": _("The mail is too large: send fewer photos."),
    "spam_suspected": _("The mail server took it for advertising."),
    "recipient_refused": _("The mail server refused the recipient."),
    "relay_down": _("The relay did not answer. The phone tries again by itself."),
    "relay_busy": _("The relay asked to wait. The phone tries again by itself."),
    "relay_setup": _("The relay refuses this installation. Tell its Operator."),
    "no_answer": _("The relay's answer was lost, so nobody can tell. Ask the customer before sending it again."),
    "being_sent": _("It is being sent just now."),
    "bounced": _("The receiving server sent it back."),
    "complained": _("It was delivered, and marked as unwanted."),
    "blocked": _("The receiving server blocks mail from here."),
    "deferred": _("The receiving server asked to wait; the relay keeps trying."),
    "never_taken": _("The relay never had it. The phone tries again by itself."),
}
ACTIONS: dict[str, Any] = {
    "quoting.posted": _("Posted a job's mail"),
    "documents.changed": _("Changed how documents look"),
}

TABLES = {
    "quoting.DocumentSettings": "How documents look",
    "quoting.Delivery": "Documents that were sent",
}


def said_at(moment: datetime) -> str:
    """A moment as the office says it, in this installation's zone."""
    return as_people_say(moment, get_current_timezone())
