"""What is seen of Chat's promises now, without naming anybody."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.accounts import tenancy
from allonce.kernel.clock import now
from allonce.kernel.declarations import PD, Evidence, declarations
from allonce.products.chat.fields import ClientIndexField
from allonce.products.chat.models import ChatClient, Consumer, Conversation, Placement

GIVEN_BY_VISITORS = {"identity", "contact"}


def of_launch() -> Evidence:
    """CHAT-LAUNCH: buttons that stand on sites."""
    with tenancy.across_accounts():
        found = Placement.objects.filter(hidden_at=None).count()
    says = ngettext("%d button stands on a site.", "%d buttons stand on sites.", found) % found
    return Evidence(says, at=now(), holds=None)


def of_minimum() -> Evidence:
    """CHAT-MINIMUM: the declared fields of a visitor, read from the declaration itself."""
    facts = declarations[Consumer._meta.label].facts
    told = {name for name, fact in facts.items() if isinstance(fact, PD) and fact.category in GIVEN_BY_VISITORS}
    kept = {name for name in told if not name.endswith("_index")}
    says = _("Of a visitor there is room for a name, an email address and a telephone number, and all may stay empty.")
    return Evidence(says, at=now(), holds=kept == {"name", "email", "phone"} and _all_may_be_empty(kept))


def of_purpose_limit() -> Evidence:
    """CHAT-PURPOSE-LIMIT: nothing in the schema finds a visitor over more than one Client."""
    indexes = [
        field
        for model in (Consumer, Conversation)
        for field in model._meta.concrete_fields
        if field.name.endswith("_index")
    ]
    own = all(isinstance(field, ClientIndexField) or field.name == "network_index" for field in indexes)
    unique = [field for field in Consumer._meta.concrete_fields if field.unique and not field.primary_key]
    says = _("Visitors are found within one business alone: every index of them is made with that business's own key.")
    return Evidence(says, at=now(), holds=own and not unique)


def of_direction() -> Evidence:
    """CHAT-DIRECTION: how many businesses wrote a notice of their own; the others show who gets what is written."""
    with tenancy.across_accounts():
        merchants = ChatClient.objects.filter(kind=ChatClient.Kind.MERCHANT, hidden_at=None)
        counted = merchants.aggregate(all=models.Count("id"), own=models.Count("id", filter=~models.Q(notice="")))
    says = _("Before the first message %(own)d of %(all)d businesses show a notice of their own, the others ours.")
    return Evidence(says % counted, at=now(), holds=None)


def _all_may_be_empty(names: set[str]) -> bool:
    return all(Consumer._meta.get_field(name).null for name in names)


SOURCES = {
    "CHAT-LAUNCH": of_launch,
    "CHAT-MINIMUM": of_minimum,
    "CHAT-PURPOSE-LIMIT": of_purpose_limit,
    "CHAT-DIRECTION": of_direction,
}
