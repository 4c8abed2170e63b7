"""Bars: somebody whose membership was ended for a breach may not join again for a time. Nothing here names anybody."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.billing.credits import forfeit as lose
from allonce.kernel.billing.credits import restore
from allonce.kernel.clock import add_months, today
from allonce.kernel.errors import UserError
from allonce.kernel.vault import Scope, blind_index, shared_index
from allonce.products.dating.crowns import UNIT
from allonce.products.dating.models import Bar, Member, PhotoCheck, ProviderLink


class Barred(UserError):
    """The address or the number, now proved, is one that may not join."""

    code = "barred"
    status = 403
    message = gettext_lazy(
        "You cannot join for now: a membership of yours was ended because of a breach of the rules. "
        "If you think that is wrong, use the link to appeal in the decision we mailed, or write to us."
    )


def require_welcome(email: str, phone: str = "", provider: str = "") -> None:
    """Raise Barred if this address, number or account elsewhere was barred, and still is.

    Call it only with what has been proved; `provider` is the account's mark, a keyed hash.
    """
    marks = [_mail(email), *([_phone(phone)] if phone else []), *([provider] if provider else [])]
    if standing().filter(mark__in=marks).exists():
        raise Barred


def standing() -> QuerySet[Bar]:
    """Bars that have not lapsed."""
    return Bar.objects.filter(until__gt=today())


def bar(mandate: Mandate, member: Member, years: int) -> None:
    """Recognise the person by hashes of address, number and account elsewhere, and by prints of photos, for years."""
    mandate.exercise()
    until = add_months(today(), 12 * years)
    common = {"case": mandate.about, "until": until}
    Bar.objects.create(kind=Bar.Kind.MAIL, mark=_mail(member.person.email), **common)
    if member.phone:
        Bar.objects.create(kind=Bar.Kind.PHONE, mark=_phone(member.phone), **common)
    for link in ProviderLink.objects.filter(person=member.person):
        Bar.objects.create(kind=Bar.Kind.PROVIDER, mark=link.mark, **common)
    for check in PhotoCheck.objects.filter(photo__member=member):
        Bar.objects.create(kind=Bar.Kind.PHOTO, print=bytes(check.print), **common)


def unbar(mandate: Mandate) -> None:
    """Take back what was barred in this case."""
    mandate.exercise()
    Bar.objects.filter(case=mandate.about).delete()


def forfeit(mandate: Mandate, member: Member) -> None:
    """Crowns are lost on a termination for breach."""
    lose(mandate, Scope("person", member.person_id), UNIT)


def give_back(mandate: Mandate, member: Member) -> None:
    """Give back what was lost in this case."""
    restore(mandate, Scope("person", member.person_id), UNIT)


def forget_lapsed() -> int:
    """Delete bars whose day has come; returns how many."""
    return Bar.objects.filter(until__lte=today()).delete()[0]


def _mail(email: str) -> str:
    return shared_index("address", email)


def _phone(phone: str) -> str:
    return blind_index("dating.Member.phone", phone)
