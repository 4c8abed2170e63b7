"""Every address of the portal, reports and provisioning, tried by strangers with a Client's own ids."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.products.chat.leads.services import contacting
from allonce.products.chat.leads.tests.scene import Dealer, dealer
from allonce.products.chat.portal.tests.public import PUBLIC
from allonce.products.chat.provisioning.models import ListingOffer, Profile
from allonce.products.chat.services import placing, set_up
from tests.tenancy.addresses import Address, every_address
from tests.tenancy.rows import Row, picture, rows_of, value_for

pytestmark = [pytest.mark.django_db, pytest.mark.promise("SEC-TENANCY"), pytest.mark.usefixtures("one_moment")]
SHUT = {401, 403, 404, 405}
SECRETS = ("Nia New", "nia@post.example", "+447400123456", "hello@fenwick.example", "Dana")
NOT_OURS = ("chat/api/", "chat/inbox/", "chat/sw.js", "chat/manifest")
OURS = ("chat/", "api/chat/v1/merchants", "api/chat/v1/calls")
METHODS = ("get", "post", "put", "delete")


def addresses() -> list[Address]:
    """All that these parts serve and that is for nobody else."""
    routes = [each for each in every_address() if each.route.startswith(OURS) and each.route not in PUBLIC]
    return [each for each in routes if not each.route.startswith(NOT_OURS)]


def paths(address: Address, rows: list[Row]) -> Iterator[str]:
    """The address with the victim's own ids in it."""
    parameters = address.parameters()
    tried = [["D-9", *value_for(kind, name, rows)] for kind, name in parameters]
    for values in itertools.product(*tried):
        if all(fits(kind, value) for (kind, _name), value in zip(parameters, values, strict=True)):
            yield address.filled(dict(zip([name for _, name in parameters], values, strict=True)))


def fits(kind: str, value: str) -> bool:
    """Whether the value can stand in such a part of an address."""
    return {"uuid": len(value) == 36, "int": value.isdigit()}.get(kind, True)


@pytest.fixture
def victims(fenwick: Dealer, lists: tuple[Inhabitant, Any]) -> list[Row]:
    """A dealer and a listing site with a row of every kind."""
    _who, site = lists
    lead = fenwick.closes(fenwick.talks("Is it red?", "It is blue."))
    contacting.call(fenwick.access, lead.id)
    placing.save_department(fenwick.client, None, "Service", {}, actor=SYSTEM)
    placing.save_answer(fenwick.client, None, {"shortcut": "hi", "title": "Hi", "text": "Hello"}, actor=SYSTEM)
    placing.make_key(fenwick.client, "Stock", actor=SYSTEM)
    set_up.list_merchant(site, fenwick.client, "D-9", actor=SYSTEM)
    ListingOffer.objects.create(account=fenwick.account, provider_id=site.account_id, external_id="D-10")
    Profile.objects.create(account_id=site.account_id, title="UK dealers")
    contacting.put_on_list(fenwick.access, lead.consumer_id)
    return list(
        {f"{row._meta.label}:{row.pk}": row for row in rows_of(fenwick.account) + rows_of(site.account)}.values()
    )


def test_all_of_them_are_tried() -> None:
    assert len(addresses()) >= 62


def test_nobody_gets_in(victims: list[Row]) -> None:
    before = picture(victims)
    open_doors = [
        f"{method} {path} -> {answer.status_code}"
        for address in addresses()
        for path, method in itertools.product(paths(address, victims), METHODS)
        if (answer := getattr(Client(), method)(path)).status_code not in SHUT
        and not str(answer.get("Location", "")).startswith("/sign-in/")
    ]
    assert not open_doors
    assert picture(victims) == before


@pytest.mark.promise("CHAT-PORTAL")
@pytest.mark.promise("CHAT-PURPOSE-LIMIT")
@pytest.mark.parametrize("kind", ["merchant", "provider"])
def test_another_client_finds_and_changes_nothing(victims: list[Row], kind: str) -> None:
    rival = dealer("Harbour Motors", "Hal Harbour")
    if kind == "provider":
        type(rival.client).objects.filter(pk=rival.client.pk).update(kind="provider")
    _row, key = placing.make_key(rival.client, "Stock", actor=SYSTEM)
    before = picture(victims)
    for address in addresses():
        browser = Client(headers={"Authorization": f"Bearer {key}"}) if address.is_for_phones else rival.who.client
        for path, method in itertools.product(paths(address, victims), METHODS):
            answer = getattr(browser, method)(path)
            shown = answer.content.decode(errors="replace")
            assert answer.status_code != 500, f"{method} {path}"
            assert not [each for each in SECRETS if each in shown], f"{method} {path}"
            if "uuid" in address.route and method == "get":
                assert answer.status_code in SHUT, f"{method} {path} -> {answer.status_code}"
    assert picture(victims) == before
