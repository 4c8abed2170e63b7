"""Telling those whose data was disclosed, as soon as the law allows it."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from allonce.kernel import audit, post
from allonce.kernel.accounts import tenancy
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.notices import notify, notify_owners
from allonce.kernel.privacy.requests import letters, references
from allonce.kernel.privacy.requests.models import Disclosure

NOTICE = "disclosures.made"


def tell_what_may_be_told() -> int:
    """Tell whoever may be told by now, once each. Returns how many disclosures were told of."""
    allowed = Q(withheld_until=None) | Q(withheld_until__lte=today())
    somebody = Q(person__isnull=False) | Q(account__isnull=False)
    waiting = Disclosure.objects.filter(allowed, somebody, state="given", told_at=None)
    return sum(tell(disclosure) for disclosure in waiting)


@transaction.atomic
def tell(disclosure: Disclosure) -> bool:
    """Notify the person, or the account's owners, who also find it in their looks; False if there is nobody to tell."""
    if disclosure.person_id is None and disclosure.account_id is None:
        return False
    if not Disclosure.objects.filter(pk=disclosure.pk, told_at=None).update(told_at=now()):
        return False
    actor = Actor("staff", disclosure.staff_id)
    if disclosure.person is not None:
        notify(disclosure.person, NOTICE, _words(disclosure, references.page("requests:my_disclosures")))
    if disclosure.account_id is not None:
        with tenancy.across_accounts():
            notify_owners(disclosure.account_id, NOTICE, _words(disclosure, references.page("accounts:looks")))
            audit.record_look(actor, disclosure.account_id, _reason(disclosure))
    target = f"requests.Disclosure:{disclosure.id}"
    audit.record("disclosure.told", actor=actor, account_id=disclosure.account_id, target=target)
    return True


def _reason(disclosure: Disclosure) -> str:
    names = {"authority": disclosure.authority, "basis": disclosure.legal_basis, "scope": disclosure.scope_given}
    return _("Disclosed to %(authority)s, as demanded by %(basis)s: %(scope)s") % names


def _words(disclosure: Disclosure, link: str) -> post.Words:
    given = disclosure.given_at or now()
    names = {"authority": disclosure.authority, "basis": disclosure.legal_basis, "day": letters.in_words(given.date())}
    return post.Words(
        subject=_("Data about you was given to an authority"),
        paragraphs=[
            _("On %(day)s we gave data to %(authority)s, because the law demanded it: %(basis)s.") % names,
            _("What we gave: %s") % disclosure.scope_given,
            _("What we were asked for and kept back: %s") % disclosure.left_out,
        ],
        action=post.Action(_("See the disclosure"), link),
        closing=letters.how_to_complain(),
    )
