"""After posting, and after everything that can go wrong while posting, no byte of the order is on the server."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from allonce.kernel.post.tests.relay import Relay, running_relay
from allonce.kernel.post.tests.webhooks import mailgun
from allonce.products.quoting.tests.canaries import Canaries, shapes_of
from allonce.products.quoting.tests.installation import Installation, installation, states_of

pytestmark = [pytest.mark.slow, pytest.mark.promise("MOBILE-BLIND-SERVER")]

ACCEPTED = {"customer": ("accepted", ""), "shop": ("accepted", "")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Relay]]:
    with running_relay() as relay, installation(tmp_path_factory.mktemp("blind"), relay.port) as made:
        yield made, relay


@pytest.fixture(autouse=True)
def _well_behaved(site: tuple[Installation, Relay]) -> Iterator[None]:
    yield
    site[1].behave()


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def test_a_posted_order_reaches_its_readers_and_stays_nowhere_else(
    site: tuple[Installation, Relay], canaries: Canaries
) -> None:
    server, relay = site
    parcel = canaries.parcel()
    assert states_of(server.post(parcel)) == ACCEPTED
    assert states_of(server.post(parcel)) == ACCEPTED
    arrived = b"".join(letter.raw + letter.enclosures[-1].content for letter in relay.letters)
    assert {"name", "number", "email", "job file bytes"} <= set(canaries.places_in(arrived))
    for letter in relay.letters:
        server.report(mailgun(letter.message_id, "bounced", token=letter.id))
    assert set(server.ask(parcel).values()) == {("bounced", "bounced")}
    assert canaries.found_in(server.folder) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"refuse_content": True},
        {"down": True},
        {"drop_after_data": True},
        {"drop_before_data": True},
        {"refuse_customer": True},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_a_failing_relay_leaves_nothing_of_the_order(
    site: tuple[Installation, Relay], canaries: Canaries, fault: dict[str, Any]
) -> None:
    server, relay = site
    parcel = canaries.parcel()
    for name, value in fault.items():
        setattr(relay, name, value)
    if "refuse_customer" in fault:
        # The relay quotes the address back at us, as relays do.
        relay.refuse = {parcel.job["customer"]["email"]}
    server.post(parcel)
    assert canaries.found_in(server.folder) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"notes": "CANARY where a table is expected"}, 422),
        ({"sketches": [{"id": "s", "item": "i1", "svg": "<svg><path d='CANARY'/>"}]}, 422),
        ({"format": "CANARY"}, 422),
        ({"customer": {"name": "CANARY", "email": "CANARY at no address"}}, 422),
        ({"proposals": [{"id": "a", "name": "CANARY", "items": [{"id": "CANARY"}]}]}, 422),
        ({"discount": {"kind": "CANARY", "bp": "CANARY"}}, 409),
        ({"date": "CANARY"}, 422),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_an_error_on_the_way_leaves_nothing_of_the_order(
    site: tuple[Installation, Relay], canaries: Canaries, change: dict[str, Any], status: int
) -> None:
    server, _relay = site
    parcel = canaries.parcel(**_with(change, canaries.plant("fault")))
    answer = server.post(parcel)
    assert answer.status_code == status, answer.text
    assert canaries.places_in(answer.content) == []
    assert canaries.found_in(server.folder) == []


def test_broken_parts_leave_nothing_of_the_order(site: tuple[Installation, Relay], canaries: Canaries) -> None:
    server, _relay = site
    parcel = canaries.parcel()
    parcel.photos = {canaries.plant("photo name"): canaries.plant("no photo").encode()}
    assert server.post(parcel).status_code == 422
    parcel.photos, parcel.label = {}, canaries.plant("label") + " is not sealed"
    assert server.post(parcel).status_code == 422
    assert canaries.found_in(server.folder) == []


def test_a_server_killed_while_sending_leaves_nothing_of_the_order(
    site: tuple[Installation, Relay], canaries: Canaries
) -> None:
    server, relay = site
    relay.when_taken = server.kill
    parcel = canaries.parcel()
    with pytest.raises(httpx.TransportError):
        server.post(parcel)
    relay.when_taken = None
    assert canaries.found_in(server.folder) == []
    server.start()
    assert canaries.found_in(server.folder) == []


def test_a_backup_holds_nothing_of_the_order(
    site: tuple[Installation, Relay], canaries: Canaries, tmp_path: Path
) -> None:
    server, _relay = site
    server.post(canaries.parcel())
    server.run("-m", "allonce", "backup", "--to", str(tmp_path / "backup"))
    assert any((tmp_path / "backup").rglob("*"))
    # Backups are sealed; what went into them is looked at in the open.
    copy = tmp_path / "copy.sqlite3"
    with sqlite3.connect(server.folder / "data" / "allonce.sqlite3") as live, sqlite3.connect(copy) as target:
        live.backup(target)
    assert canaries.found_in(tmp_path) == []
    assert canaries.found_in(server.folder) == []


def test_the_search_finds_what_is_there(site: tuple[Installation, Relay], canaries: Canaries, tmp_path: Path) -> None:
    """The search itself is tried: on every shape, and on a row in the very database that it looks through."""
    server, _relay = site
    value = canaries.plant("control")
    for number, shape in enumerate(shapes_of(value)):
        (tmp_path / str(number)).write_bytes(b"something before " + shape + b" and after")
    assert len(canaries.found_in(tmp_path)) == len(shapes_of(value))
    with sqlite3.connect(server.folder / "data" / "allonce.sqlite3", timeout=20) as live:
        live.execute("CREATE TABLE control (words TEXT)")
        live.execute("INSERT INTO control VALUES (?)", [f"before {value} after"])
    assert any(found.startswith("allonce.sqlite3") for found in canaries.found_in(server.folder))


def _with(change: Any, canary: str) -> Any:
    """`change` with a canary in place of each CANARY."""
    if isinstance(change, dict):
        return {name: _with(value, canary) for name, value in change.items()}
    if isinstance(change, list):
        return [_with(value, canary) for value in change]
    return change.replace("CANARY", canary) if isinstance(change, str) else change
