"""What billing refuses, in words that say what to do."""

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import NotFound, UserError


class NotEnoughCredits(UserError):
    """The balance does not cover it. Nothing was moved."""

    code = "not_enough_credits"
    status = 409
    message = gettext_lazy("You have too few for this. Get more, and try again.")


class KeyReused(UserError):
    """The idempotency key already names another movement: a fault of the caller, not of a person."""

    code = "key_reused"
    status = 409
    message = gettext_lazy("This was already done with other figures. Nothing was changed.")


class HoldSettled(UserError):
    """What was set aside was used or has come back already."""

    code = "hold_settled"
    status = 409
    message = gettext_lazy("This was settled already. Look at your statement.")


class HoldOver(UserError):
    """The time of a hold is over, so that it can only come back."""

    code = "hold_over"
    status = 409
    message = gettext_lazy("The time for this is over. What was set aside comes back.")


class UnknownProduct(NotFound):
    """Nothing of this code is for sale."""

    code = "unknown_product"
    message = gettext_lazy("That is not for sale here.")


class NotSoldHere(UserError):
    """No seller on this site can take the order."""

    code = "not_sold_here"
    status = 409
    message = gettext_lazy("Nothing can be bought on this site at the moment. Please try again later.")


class AlreadySubscribed(UserError):
    """There is a subscription of this family that has not ended."""

    code = "already_subscribed"
    status = 409
    message = gettext_lazy("You have this already. A new one can begin once the present one has ended.")


class SoldElsewhere(UserError):
    """An app store sold it, so only there it can be cancelled or refunded."""

    code = "sold_elsewhere"
    status = 409
    message = gettext_lazy("The app store sold this. Cancel it or ask for a refund there.")


class NothingToCancel(UserError):
    """The subscription has ended, or its end is set already."""

    code = "nothing_to_cancel"
    status = 409
    message = gettext_lazy("This does not renew any more. Nothing has to be cancelled.")


class NoFreeExit(UserError):
    """The subscription runs to its end; its renewal was announced in time."""

    code = "no_free_exit"
    status = 409
    message = gettext_lazy("This runs to its end. You can refuse the next renewal instead.")


class TokenTaken(UserError):
    """Somebody else has claimed the purchases of this token."""

    code = "token_taken"
    status = 409
    message = gettext_lazy("These purchases belong to another account. Write to support if that is wrong.")


class NoToken(UserError):
    """An empty token would be everybody's."""

    code = "no_token"
    status = 422
    message = gettext_lazy("The app named no token of its purchases. Open the app again and sign in.")


class ForgedReport(UserError):
    """A report without a right signature. It changes nothing."""

    code = "forged_report"
    status = 400
    message = gettext_lazy("The signature of this report is not right.")


class SellerSilent(UserError):
    """The seller did not answer, or not in a way that can be understood. It may be tried again."""

    code = "seller_silent"
    status = 503
    message = gettext_lazy("The seller does not answer at the moment. Nothing was charged. Please try again soon.")


class SellerRefused(UserError):
    """The seller will not do it, now or later."""

    code = "seller_refused"
    status = 409
    message = gettext_lazy("The seller refused this.")


class TooShortNotice(UserError):
    """A price may not rise sooner than its notice allows."""

    code = "too_short_notice"
    status = 422
    message = gettext_lazy("A higher price needs at least 60 days' notice. Choose a later day.")


class NothingToRefund(UserError):
    """It was not paid, or has gone back already."""

    code = "nothing_to_refund"
    status = 409
    message = gettext_lazy("There is nothing to refund: it was not paid, or has gone back or is on its way already.")


class NothingToSettle(UserError):
    """No person has to do anything about this refund."""

    code = "nothing_to_settle"
    status = 409
    message = gettext_lazy("There is nothing to settle here any more. Look at its state.")
