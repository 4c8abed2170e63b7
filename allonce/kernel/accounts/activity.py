"""The activity record of an account, in words: who did what, when, and from which device."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.models import Device, Person, SignInSession, UsedBrowser
from allonce.kernel.accounts.ports import action_words
from allonce.kernel.audit.models import Entry

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
ZONE = ZoneInfo("Europe/London")
OWN_WORDS = {
    "account.opened": gettext_lazy("Opened the account"),
    "account.renamed": gettext_lazy("Renamed the account"),
    "audit.looked": gettext_lazy("Looked into the account"),
    "device.approved": gettext_lazy("Approved a phone"),
    "device.registered": gettext_lazy("Registered a phone"),
    "device.unregistered": gettext_lazy("Unregistered a phone"),
    "duty.granted": gettext_lazy("Gave a colleague a duty"),
    "duty.withdrawn": gettext_lazy("Took a duty from a colleague"),
    "email.changed": gettext_lazy("Changed an email"),
    "entitlement.granted": gettext_lazy("Granted a service"),
    "entitlement.withdrawn": gettext_lazy("Withdrew a service"),
    "invitation.accepted": gettext_lazy("Joined by invitation"),
    "invitation.sent": gettext_lazy("Invited a colleague"),
    "invitation.withdrawn": gettext_lazy("Withdrew an invitation"),
    "keys.passkey_removed": gettext_lazy("Took the account's key from a passkey"),
    "keys.renewed": gettext_lazy("Renewed the account's key"),
    "keys.set_up": gettext_lazy("Set up the account's key"),
    "look.ended": gettext_lazy("Stopped looking into the account"),
    "membership.removed": gettext_lazy("Removed a colleague"),
    "membership.role_changed": gettext_lazy("Changed a colleague's role"),
    "operator.staff_added": gettext_lazy("Joined the staff from the command line"),
    "passkey.added": gettext_lazy("Added a passkey"),
    "passkey.removed": gettext_lazy("Removed a passkey"),
    "passkey.renamed": gettext_lazy("Renamed a passkey"),
    "password.change_required": gettext_lazy("Asked for a new password"),
    "password.changed": gettext_lazy("Changed their password"),
    "password.reported_stolen": gettext_lazy("Reported their password stolen"),
    "recovery_codes.renewed": gettext_lazy("Made new recovery codes"),
    "second_factor.off": gettext_lazy("Switched the second factor off"),
    "second_factor.on": gettext_lazy("Switched the second factor on"),
    "session.ended": gettext_lazy("Signed out or ended a session"),
    "session.ended_by_owner": gettext_lazy("Ended a colleague's session"),
    "session.others_ended": gettext_lazy("Ended other sessions"),
    "session.second_factor": gettext_lazy("Used a passkey"),
    "session.started": gettext_lazy("Signed in"),
    "sign_in.restored": gettext_lazy("Restored a sign-in"),
    "sign_in.suspended": gettext_lazy("Suspended a sign-in"),
    "sms.number_assigned": gettext_lazy("Got a number of its own for text messages"),
    "sms.number_released": gettext_lazy("Gave up its own number for text messages"),
    "sms.started": gettext_lazy("Noted that somebody wants text messages again"),
    "sms.stopped": gettext_lazy("Noted that somebody wants no text messages"),
    "user.activated": gettext_lazy("Switched a User on"),
    "user.added": gettext_lazy("Added a User"),
    "user.code_issued": gettext_lazy("Made a registration code"),
    "user.deactivated": gettext_lazy("Switched a User off"),
    "user.edited": gettext_lazy("Changed a User"),
    "webhook.endpoint_added": gettext_lazy("Added a webhook address"),
    "webhook.endpoint_changed": gettext_lazy("Changed a webhook address"),
    "webhook.endpoint_removed": gettext_lazy("Removed a webhook address"),
    "webhook.replayed": gettext_lazy("Sent a webhook again"),
    "webhook.secret_renewed": gettext_lazy("Renewed a webhook's secret"),
}


@dataclass(frozen=True)
class Filter:
    """What the reader wants to see; None means everything."""

    person: UUID | None = None
    device: UUID | None = None
    action: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    device: str
    entry: Entry


def entries(account_id: UUID, wanted: Filter) -> QuerySet[Entry]:
    """The account's record, newest first."""
    rows = Entry.objects.filter(account_id=account_id).order_by("-number")
    if wanted.person:
        rows = rows.filter(actor_id=wanted.person)
    if wanted.device:
        rows = rows.filter(Q(actor_via=wanted.device) | Q(actor_kind="device", actor_id=wanted.device))
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return rows


def actions_in(account_id: UUID) -> list[tuple[str, str]]:
    """What has happened in the account, as choices for a filter."""
    codes = Entry.objects.filter(account_id=account_id).order_by("action").values_list("action", flat=True)
    return sorted(((code, words_for(code)) for code in codes.distinct()), key=lambda pair: pair[1])


def devices_in(account_id: UUID) -> list[tuple[UUID, str]]:
    """Browsers and phones through which something was done in the account, as choices for a filter."""
    rows = Entry.objects.filter(account_id=account_id).order_by()
    carriers = set(rows.exclude(actor_via=None).values_list("actor_via", flat=True).distinct())
    phones = set(rows.filter(actor_kind="device").values_list("actor_id", flat=True).distinct())
    known = _devices({key for key in carriers | phones if key})
    people = people_names(each.person for each in known.values() if each.person)
    named = ((key, device.in_full(people)) for key, device in known.items())
    return sorted(named, key=lambda pair: pair[1])


def in_words(rows: Iterable[Entry]) -> list[Line]:
    """The entries with names of people and devices filled in, by four queries whatever their number."""
    rows = list(rows)
    names = _names({row.actor_id for row in rows if row.actor_id})
    devices = _devices({key for row in rows for key in (row.actor_id, row.actor_via) if key})
    return [_line(row, names, devices) for row in rows]


def as_csv(rows: QuerySet[Entry], chunk: int = 500) -> Iterator[str]:
    """The record as CSV, in pieces, so that a long one needs little memory."""
    yield _csv_rows([[_("Time"), _("Who"), _("What"), _("Device"), _("Target"), _("Number")]])
    start = 0
    while lines := in_words(rows[start : start + chunk]):
        yield _csv_rows([_cells(line) for line in lines])
        start += chunk


def words_for(action: str) -> str:
    """What an action code means, in words of whoever records it."""
    known = action_words() | OWN_WORDS
    return str(known.get(action) or action.replace(".", ": ").replace("_", " ").capitalize())


def people_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of people by id; the erased are absent."""
    return _names(set(ids))


def _names(ids: set[UUID]) -> dict[UUID, str]:
    return {person.id: person.name for person in Person.objects.filter(pk__in=ids)}


@dataclass(frozen=True)
class _Device:
    name: str
    user: str = ""
    person: UUID | None = None
    since: datetime | None = None

    def in_full(self, people: dict[UUID, str]) -> str:
        """With whose it is and since when, since many people have a "Firefox on Windows"."""
        whose = people.get(self.person, "") if self.person else self.user
        since = f"{self.since:%-d %b %Y}" if self.since else ""
        return ", ".join(part for part in (whose, self.name, since) if part)


def _devices(ids: set[UUID]) -> dict[UUID, _Device]:
    """Browsers and phones by id, those of sessions long gone too; a phone also tells whose it is."""
    browsers = {
        each.carrier: _Device(each.name, person=each.person_id, since=each.begun_at)
        for each in UsedBrowser.objects.filter(carrier__in=ids)
    } | {
        each.id: _Device(each.device, person=each.person_id, since=each.created_at)
        for each in SignInSession.objects.filter(pk__in=ids)
    }
    forgotten = _("a phone no longer registered")
    phones = Device.objects.filter(pk__in=ids).select_related("user")
    return browsers | {phone.id: _Device(phone.name or forgotten, phone.user.user_id) for phone in phones}


def _line(row: Entry, names: dict[UUID, str], devices: dict[UUID, _Device]) -> Line:
    carrier = row.actor_id if row.actor_kind == "device" else row.actor_via
    device = devices.get(carrier, _Device("")) if carrier else _Device("")
    return Line(row.at, _who(row, names, device), words_for(row.action), device.name, row)


def _who(row: Entry, names: dict[UUID, str], device: _Device) -> str:
    if row.actor_kind == "system":
        return _("Allonce itself")
    if row.actor_kind == "device":
        return _("User %s") % device.user if device.user else _("A phone")
    name = names.get(row.actor_id, _("Somebody who has left")) if row.actor_id else _("Somebody")
    return _("%s, Operator's staff") % name if row.actor_kind == "staff" else name


def _cells(line: Line) -> list[Any]:
    return [line.at.isoformat(), line.who, line.what, line.device, line.entry.target, line.entry.number]


def _csv_rows(rows: list[list[Any]]) -> str:
    """What spreadsheets would run as a formula is quoted away."""
    out = StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if str(cell).startswith(FORMULA_STARTS) else cell for cell in row])
    return out.getvalue()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
