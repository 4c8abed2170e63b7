"""What can be wrong with an entry or a frame, in words for the person who sent it."""

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError


class Closed(UserError):
    """The stream takes no more entries."""

    code = "closed"
    status = 409
    message = gettext_lazy("This conversation is closed. Start a new one.")


class BadFrame(UserError):
    """Something that the protocol does not know; docs/messaging.md tells what it does know."""

    code = "bad_frame"
    status = 400
    message = gettext_lazy("That message is not in a form that this service reads. Reload the page and try again.")


class NotYours(UserError):
    """The seat may not address this audience."""

    code = "forbidden"
    status = 403
    message = gettext_lazy("You cannot write to these readers here.")
