"""Writing to the list of processors, and an account's agreement to regions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.declarations import CATEGORIES
from allonce.kernel.errors import Forbidden, NotFound, UserError
from allonce.kernel.privacy.processors import residency
from allonce.kernel.privacy.processors.models import AccountRegions, Processor, ProcessorVersion, Safeguard
from allonce.kernel.privacy.processors.regions import COUNTRIES, is_region, region_name

CONNECTOR = re.compile(r"[a-z]{2,20}:[a-z0-9][a-z0-9_.-]{0,99}")


class IncompleteEntry(UserError):
    """Something that an entry needs is missing or contradicts itself; `fields` tells what."""

    code = "incomplete_entry"
    status = 422
    message = gettext_lazy("This entry is not complete yet. Please check the marked places.")


class RegionNeeded(UserError):
    """The account's data lies in a region that was left out."""

    code = "region_needed"
    status = 422


@dataclass(frozen=True)
class Facts:
    """What is known of a processor: who it is, what it gets, where, under what, and who judged it."""

    name: str
    purpose: str
    data: Sequence[str]
    country: str
    connectors: Sequence[str]
    safeguard: str
    agreement_date: date
    agreement_reference: str
    assessed_by_id: UUID
    assessed_on: date
    outcome: str
    valid_until: date
    safeguard_date: date | None = None
    safeguard_reference: str = ""


@transaction.atomic
def add(facts: Facts, *, actor: Actor) -> ProcessorVersion:
    """List a processor. Raises IncompleteEntry, or Forbidden where the assessor is not of the Operator's staff."""
    _check(facts)
    return _write(Processor.objects.create(), 1, facts, "processor.added", actor)


@transaction.atomic
def change(processor_id: UUID, facts: Facts, *, actor: Actor) -> ProcessorVersion:
    """Write a new version, such as a new assessment; the old ones stay. Raises NotFound, IncompleteEntry, Forbidden."""
    processor = _open(processor_id)
    _check(facts)
    return _write(processor, processor.versions.count() + 1, facts, "processor.changed", actor)


@transaction.atomic
def end(processor_id: UUID, *, actor: Actor) -> None:
    """Stop using a processor: from now on nothing goes there. Raises NotFound where that has happened already."""
    processor = _open(processor_id)
    processor.ended_at = now()
    processor.save(update_fields=["ended_at"])
    audit.record("processor.ended", actor=actor, target=f"processors.Processor:{processor.id}")


@transaction.atomic
def agree_to_regions(access: AccountAccess, regions: Sequence[str]) -> None:
    """Keep where this account's data may lie and go. Raises RegionNeeded where it would have to leave at once."""
    if not access.is_owner:
        raise Forbidden
    wanted = sorted({each for each in regions if is_region(each)})
    for target in residency.misplaced(wanted):
        said = _("Your data lies in %s. Without it there would be no place for it here.") % region_name(target.country)
        raise RegionNeeded(said, fields={"regions": said})
    AccountRegions.objects.update_or_create(
        account=access.account, defaults={"regions": wanted, "agreed_by": access.person, "agreed_at": now()}
    )
    _told(access, "regions.agreed", {"regions": [each.lower() for each in wanted]})


@transaction.atomic
def follow_installation(access: AccountAccess) -> None:
    """Go back to the installation's own regions."""
    if not access.is_owner:
        raise Forbidden
    AccountRegions.objects.filter(account=access.account).delete()
    _told(access, "regions.follow", {"regions": [each.lower() for each in settings.ALLOWED_REGIONS]})


def staff_member(email: str) -> Person:
    """Somebody of the Operator's account by their address. Raises NotFound."""
    person = Person.objects.with_email(email)
    if person is None or not _is_staff(person.id):
        raise NotFound(_("Nobody of the Operator's staff has this address. Make one: allonce createoperator."))
    return person


def _told(access: AccountAccess, action: str, data: dict[str, list[str]]) -> None:
    target = f"accounts.Account:{access.account.id}"
    audit.record(action, actor=access.actor, account_id=access.account.id, target=target, data=data)


def _open(processor_id: UUID) -> Processor:
    processor = Processor.objects.select_for_update().filter(pk=processor_id, ended_at=None).first()
    if processor is None:
        raise NotFound
    return processor


def _write(processor: Processor, number: int, facts: Facts, action: str, actor: Actor) -> ProcessorVersion:
    version = ProcessorVersion(processor=processor, number=number, **vars(facts))
    version.data, version.connectors = sorted(set(facts.data)), sorted(set(facts.connectors))
    version.save(force_insert=True)
    told = {"version": number, "outcome": facts.outcome, "country": facts.country.lower(), "until": facts.valid_until}
    audit.record(action, actor=actor, target=f"processors.Processor:{processor.id}", data=told)
    return version


def _check(facts: Facts) -> None:
    wrong = {**_wrong_about_data(facts), **_wrong_about_papers(facts)}
    if wrong:
        raise IncompleteEntry(fields=wrong)
    if not _is_staff(facts.assessed_by_id):
        raise Forbidden


def _wrong_about_data(facts: Facts) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not facts.name.strip() or not facts.purpose.strip():
        wrong["name" if not facts.name.strip() else "purpose"] = _("Say who it is and what it does for you.")
    if not facts.data or set(facts.data) - CATEGORIES.keys():
        wrong["data"] = _("Choose what kinds of data it gets.")
    if facts.country not in COUNTRIES:
        wrong["country"] = _("Choose the country where it works with the data.")
    if not all(CONNECTOR.fullmatch(each) for each in facts.connectors):
        wrong["connectors"] = _("A connector looks like mail:smtp.example.com or storage:backups.")
    return wrong


def _wrong_about_papers(facts: Facts) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not facts.agreement_reference.strip():
        wrong["agreement_reference"] = _("Say where the signed agreement lies.")
    if facts.safeguard != Safeguard.NONE_NEEDED and not (facts.safeguard_date and facts.safeguard_reference.strip()):
        wrong["safeguard_reference"] = _("A safeguard needs its date and where the document lies.")
    if facts.assessed_on > today():
        wrong["assessed_on"] = _("An assessment cannot lie in the future.")
    if facts.valid_until <= facts.assessed_on:
        wrong["valid_until"] = _("Choose a day after the assessment.")
    return wrong


def _is_staff(person_id: UUID) -> bool:
    operators = Membership.objects.filter(person_id=person_id, account__kind=Account.Kind.OPERATOR)
    return operators.exclude(role=Role.VIEWER).exists()
