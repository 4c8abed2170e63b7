"""Data goes only to whom the list names: listed, agreed, assessed, and for as long as that holds."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import add_months, now, today, travel
from allonce.kernel.declarations import evidence_for
from allonce.kernel.errors import Forbidden, NotFound
from allonce.kernel.jobs.starting import obstacles
from allonce.kernel.post import RelayMail, relay_now
from allonce.kernel.post.connectors import mail_connector
from allonce.kernel.post.ports import OnlyThisMachine, ProcessorNotAllowed, connectors_in_use
from allonce.kernel.privacy.processors import queries, services
from allonce.kernel.privacy.processors.gate import ListedProcessors
from allonce.kernel.privacy.processors.tests.scene import FAR_RELAY, facts, listed, use_far_relay
from tests.probe.installation import installed

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-PROCESSORS")]
MAIL = RelayMail(to="mary@example.com", subject="Hello", text="Hello", message_id="<1@allonce.example>")


def test_nothing_is_handed_to_a_relay_that_nobody_listed(settings: Settings, handed_over: list[str]) -> None:
    use_far_relay(settings)
    assert (relay_now(MAIL).state, relay_now(MAIL).detail) == ("retry", "relay_setup")
    assert handed_over == []


def test_a_listed_relay_is_used(settings: Settings, handed_over: list[str], sam: Inhabitant) -> None:
    use_far_relay(settings)
    listed(sam)
    relay_now(MAIL)
    assert handed_over == ["smtp.relay.example"]
    assert obstacles() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "unsuitable"},
        {"connectors": ["mail:smtp.another.example"]},
        {"connectors": []},
        {"agreement_date": today() + timedelta(days=3)},
    ],
)
def test_an_entry_that_does_not_hold_shuts_the_way(
    settings: Settings, handed_over: list[str], sam: Inhabitant, wrong: dict[str, Any]
) -> None:
    use_far_relay(settings)
    listed(sam, **wrong)
    assert relay_now(MAIL).detail == "relay_setup"
    assert handed_over == []
    assert obstacles()


def test_an_assessment_that_ran_out_shuts_the_way_until_it_is_made_again(
    settings: Settings, handed_over: list[str], sam: Inhabitant
) -> None:
    use_far_relay(settings)
    entry = listed(sam)
    with travel(now() + timedelta(days=400)):
        relay_now(MAIL)
        assert handed_over == []
        services.change(entry.processor_id, facts(sam), actor=SYSTEM)
        relay_now(MAIL)
        assert handed_over


def test_an_ended_processor_gets_nothing_more(settings: Settings, handed_over: list[str], sam: Inhabitant) -> None:
    use_far_relay(settings)
    services.end(listed(sam).processor_id, actor=SYSTEM)
    relay_now(MAIL)
    assert handed_over == []


def test_only_the_newest_version_counts(settings: Settings, handed_over: list[str], sam: Inhabitant) -> None:
    use_far_relay(settings)
    entry = listed(sam)
    services.change(entry.processor_id, facts(sam, outcome="unsuitable"), actor=SYSTEM)
    relay_now(MAIL)
    assert handed_over == []
    assert [each.outcome for each in queries.versions_of(entry.processor_id)] == ["unsuitable", "suitable"]


def test_without_the_list_nothing_leaves_the_machine() -> None:
    OnlyThisMachine().may_use("local", None)
    with pytest.raises(ProcessorNotAllowed):
        OnlyThisMachine().may_use(FAR_RELAY, None)


@pytest.mark.parametrize("connector", ["sms:acme", "ftp:factory", "push:web", "pay:stripe", FAR_RELAY])
def test_every_kind_of_connector_asks_the_same_list(sam: Inhabitant, connector: str) -> None:
    with pytest.raises(ProcessorNotAllowed):
        ListedProcessors().may_use(connector, None)
    listed(sam, connectors=[connector])
    ListedProcessors().may_use(connector, None)


@pytest.mark.parametrize(
    ("backend", "host", "anymail", "expected"),
    [
        ("allonce.kernel.post.smtp.EmailBackend", "127.0.0.1", {}, "local"),
        ("django.core.mail.backends.smtp.EmailBackend", "::1", {}, "local"),
        ("allonce.kernel.post.smtp.EmailBackend", "localhost", {}, "local"),
        ("allonce.kernel.post.smtp.EmailBackend", "SMTP.Relay.example", {}, FAR_RELAY),
        ("allonce.kernel.post.smtp.EmailBackend", "127.0.0.1.evil.example", {}, "mail:127.0.0.1.evil.example"),
        ("django.core.mail.backends.locmem.EmailBackend", "smtp.relay.example", {}, "local"),
        ("anymail.backends.mailgun.EmailBackend", "127.0.0.1", {}, "mail:mailgun"),
        ("anymail.backends.amazon_ses.EmailBackend", "127.0.0.1", {}, "mail:amazon_ses"),
        ("anymail.backends.mailgun.EmailBackend", "", {"MAILGUN_API_URL": "https://api.example/"}, "mail:mailgun"),
        ("anymail.backends.mailgun.EmailBackend", "", {"MAILGUN_API_URL": "http://127.0.0.1:9/"}, "local"),
        ("anymail.backends.resend.EmailBackend", "", {"MAILGUN_API_URL": "http://127.0.0.1:9/"}, "mail:resend"),
    ],
)
def test_the_configured_relay_is_named_by_what_it_is(
    settings: Settings, backend: str, host: str, anymail: dict[str, str], expected: str
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.ANYMAIL = backend, host, anymail
    assert mail_connector() == expected
    assert connectors_in_use() == ([] if expected == "local" else [expected])


@pytest.mark.slow
def test_an_installation_does_not_start_before_its_relay_is_listed_from_the_command_line(tmp_path: Path) -> None:
    with installed(tmp_path, ALLONCE_SMTP_HOST="smtp.relay.example") as place:
        serve = "import asyncio\nasync def load():\n    import allonce.project.asgi\nasyncio.run(load())"
        for refused in (place._finish([*_python(), serve], check=False), place.run("work", check=False)):
            assert refused.returncode == 78
            assert "no current, assessed processor names mail:smtp.relay.example" in refused.stderr
            assert "allonce processor add --connector mail:smtp.relay.example" in refused.stderr
        place.run("createoperator", "--email", "sam@operator.example", "--name", "Sam Reed")
        place.run(*_add_command())
        assert "Harbour Relay Ltd" in place.run("processor", "list").stdout
        assert place._finish([*_python(), serve], check=False).returncode == 0


def _python() -> list[str]:
    return [sys.executable, "-c"]


def _add_command(**other: str) -> list[str]:
    given = {
        "connector": FAR_RELAY,
        "name": "Harbour Relay Ltd",
        "purpose": "delivers mail",
        "data": "contact, delivery",
        "country": "GB",
        "agreement-date": "2026-01-31",
        "agreement-reference": "DPA-2026-001",
        "assessed-by": "sam@operator.example",
        "valid-until": add_months(today(), 12).isoformat(),
    } | other
    return ["processor", "add", *(part for name, value in given.items() for part in (f"--{name}", value))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "XX"},
        {"data": "gossip"},
        {"connector": "somewhere"},
        {"agreement-reference": " "},
        {"valid-until": "2020-01-01"},
        {"safeguard": "clauses"},
        {"assessed-by": "nobody@operator.example"},
        {"assessed-by": "owner@harbour.example"},
        {"name": " "},
    ],
)
def test_an_entry_with_a_gap_is_not_written(sam: Inhabitant, olivia: Inhabitant, wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command(*_add_command(**wrong))
    assert queries.latest() == []


def test_only_the_operators_staff_assess(olivia: Inhabitant) -> None:
    with pytest.raises(Forbidden):
        services.add(facts(olivia), actor=SYSTEM)


def test_every_version_is_on_record(sam: Inhabitant) -> None:
    entry = listed(sam)
    services.change(entry.processor_id, facts(sam, country="FR"), actor=SYSTEM)
    services.end(entry.processor_id, actor=SYSTEM)
    acts = Entry.objects.filter(action__startswith="processor.").order_by("number")
    assert [each.action for each in acts] == ["processor.added", "processor.changed", "processor.ended"]
    assert acts[1].data["country"] == "fr"
    with pytest.raises(NotFound):
        services.change(entry.processor_id, facts(sam), actor=SYSTEM)
    with pytest.raises(NotFound):
        services.end(uuid4(), actor=SYSTEM)


def test_everybody_reads_who_gets_data_what_for_where_and_under_what(sam: Inhabitant) -> None:
    clauses = {"safeguard": "clauses", "safeguard_date": today(), "safeguard_reference": "SCC-1", "country": "US"}
    listed(sam, **clauses)
    page = Client().get("/privacy/processors/").content.decode()
    for said in ("Harbour Relay Ltd", "delivers mail", "how to reach somebody", "United States", "contractual clauses"):
        assert said in page
    assert "Sam Reed" not in page


def test_who_gets_nothing_is_not_on_the_public_list(sam: Inhabitant) -> None:
    listed(sam, name="Unsuitable Ltd", outcome="unsuitable")
    services.end(listed(sam, name="Ended Ltd").processor_id, actor=SYSTEM)
    page = Client().get("/privacy/processors/").content.decode()
    assert "Unsuitable Ltd" not in page
    assert "Ended Ltd" not in page
    assert "No company works with data" in page
    assert "relay on this very machine" in page


def test_staff_list_change_and_end_a_processor_in_the_console(sam: Inhabitant) -> None:
    given = vars(facts(sam)) | {"connectors": "mail:smtp.relay.example, sms:acme", "data": ["contact"]}
    given = {name: value for name, value in given.items() if value is not None and name != "assessed_by_id"}
    answer = sam.client.post("/operator/processors/add/", given)
    [entry] = queries.latest()
    assert answer.headers["Location"] == f"/operator/processors/{entry.processor_id}/"
    assert entry.connectors == [FAR_RELAY, "sms:acme"]
    assert entry.assessed_by_id == sam.person.id
    assert "Sam Reed" in sam.client.get(f"/operator/processors/{entry.processor_id}/").content.decode()
    there = f"/operator/processors/{entry.processor_id}/change/"
    assert "mail:smtp.relay.example sms:acme" in sam.client.get(there).content.decode()
    assert sam.client.post(there, given | {"safeguard": "clauses"}).status_code == 422
    assert sam.client.post(there, given | {"country": "FR"}).status_code == 302
    assert queries.latest()[0].number == 2
    assert sam.client.post(f"/operator/processors/{entry.processor_id}/end/").status_code == 302
    assert sam.client.get(there).status_code == 404
    assert "Ended" in sam.client.get("/operator/processors/").content.decode()


def test_the_promises_page_hears_of_a_way_out_that_nobody_listed(settings: Settings, sam: Inhabitant) -> None:
    [told] = evidence_for("PRIV-PROCESSORS")
    assert told.holds
    use_far_relay(settings)
    [told] = evidence_for("PRIV-PROCESSORS")
    assert not told.holds
    assert FAR_RELAY in told.says
