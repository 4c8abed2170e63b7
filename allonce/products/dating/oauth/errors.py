"""What can go wrong on the way to a provider and back, in words that say what to do."""

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import NotFound, UserError


class NoProvider(NotFound):
    """No provider is set up here."""


class VisitOver(UserError):
    """The answer belongs to no visit that began in this browser, was used, or came too late."""

    code = "visit_over"
    status = 400
    message = gettext_lazy("This did not begin in this browser, took too long, or was used already. Start again.")


class Declined(UserError):
    """The person said no at the provider."""

    code = "provider_declined"
    status = 403
    message = gettext_lazy("You said no there, so nothing came over. You can join by email instead.")


class ProviderSilent(UserError):
    """The provider does not answer, or not in a way that can be understood."""

    code = "provider_silent"
    status = 503
    message = gettext_lazy("The other service does not answer rightly. Try again soon, or join by email instead.")


class LinkedElsewhere(UserError):
    """That account of the provider, or this person, is linked already."""

    code = "linked_elsewhere"
    status = 409
    message = gettext_lazy("This account is linked with somebody already. One account goes with one person.")


class KnownAddress(UserError):
    """Somebody signs in here with the address that the provider has proved."""

    code = "known_address"
    status = 409
    message = gettext_lazy(
        "You are here already with this email address. Sign in with it first; then you can link the other account "
        "under You."
    )
