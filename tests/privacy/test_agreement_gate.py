"""Whoever has not agreed to the current terms reaches, of all addresses there are, only these."""

import pytest
from django.test import Client

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.legal.tests.library import terms
from tests.tenancy.addresses import Address, every_address

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.promise("LEGAL-ACCEPT")]
GATE = "/me/agreements/agree/"
# What stays open to people who have not agreed, and why. Whatever anybody may read stays open to them too.
OPEN = {
    "me/agreements/": "the texts, and the page where one agrees",
    "sign-out/": "nobody is kept here",
    "me/data/": "what is held, the copy of it, correcting, restricting, erasing",
    "me/requests/": "asking for one's rights, and what became of it",
    "me/support/": "asking the desk, about the terms too",
    "me/consents/": "taking back a consent",
    "me/transfer/": "objecting to a change of ownership",
    "me/decisions/": "a decision about them, and the appeal",
    "me/billing/": "what was ordered, and cancelling it",
    "account/backup/": "an owner takes the account's data along",
    "account/end/": "an owner ends the account",
    "account/password/": "the safety of their sign-in",
    "account/stolen/": "the safety of their sign-in",
    "account/passkeys/proof/options/": "proves who asks for the copy or the erasure",
}
MADE_UP = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000001"}


def filled(address: Address) -> str:
    return address.filled({name: MADE_UP.get(kind, "nothing-like-this") for kind, name in address.parameters()})


def closed() -> list[Address]:
    """Addresses that show something to people signed in alone, and are no way out."""
    office = [each for each in every_address() if not each.is_public and not each.is_for_phones]
    return [each for each in office if not each.route.startswith(tuple(OPEN))]


def is_gated(client: Client, path: str, method: str) -> bool:
    answer = getattr(client, method)(path)
    return answer.status_code == 302 and str(answer["Location"]).startswith(GATE)


@pytest.mark.parametrize("who", [people.owner, people.staff])
def test_every_other_address_leads_to_the_acceptance_page(who: object) -> None:
    inhabitant: Inhabitant = who()  # type: ignore[operator]  # one of the two functions above
    terms()
    tried = [(filled(each), method) for each in closed() for method in ("get", "post")]
    assert len(tried) > 200
    assert [each for each in tried if not is_gated(inhabitant.client, *each)] == []


@pytest.mark.parametrize(
    "path", ["/me/data/", "/me/data/export/", "/me/data/erase/", "/account/backup/", "/account/end/"]
)
def test_the_copy_and_the_erasure_stay_within_reach(path: str) -> None:
    olivia = people.owner()
    terms()
    assert olivia.client.get(path).status_code == 200
