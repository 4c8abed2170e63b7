"""What is in force, what is to come, who agreed to what, and whom a version binds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from uuid import UUID

from django.db.models import Count, QuerySet

from allonce.kernel.accounts.models import Account, Membership, Person, SignInSession
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.clock import today
from allonce.kernel.errors import NotFound
from allonce.kernel.legal.documents import Document, documents, to_agree
from allonce.kernel.legal.models import Acceptance, Draft, Version


def versions_of(slug: str) -> list[Version]:
    """All published versions, newest first."""
    return list(Version.objects.filter(document=slug).order_by("-number"))


def version(slug: str, number: int) -> Version:
    """One published version, in force or not; NotFound otherwise."""
    found = Version.objects.filter(document=slug, number=number).first()
    if found is None:
        raise NotFound
    return found


def current(slug: str, on: date | None = None) -> Version | None:
    """The version in force on that day (today if none is given)."""
    in_force = Version.objects.filter(document=slug, effective_on__lte=on or today())
    return in_force.order_by("-number").first()


def coming(slug: str) -> list[Version]:
    """Published versions that are not in force yet, next one first."""
    return list(Version.objects.filter(document=slug, effective_on__gt=today()).order_by("number"))


@dataclass(frozen=True)
class Shelf:
    """A document with the version in force and those to come."""

    document: Document
    current: Version | None
    coming: list[Version]


def library() -> list[Shelf]:
    """Every document that has been published."""
    shelves = [Shelf(each, current(each.slug), coming(each.slug)) for each in documents()]
    return [shelf for shelf in shelves if shelf.current or shelf.coming]


def asked_of(versions: Sequence[Version], agreed: int | None) -> Version | None:
    """The version somebody must agree to before going on; None if they may go on as they are.

    `versions` are those in force, oldest first; `agreed` is the newest number they agreed to. A version that
    reduces rights, and whatever builds on it, binds nobody who agreed to an earlier one until they agree.
    """
    if agreed is None:
        return versions[-1] if versions else None
    newer = [each for each in versions if each.number > agreed]
    bearable = list(takewhile(lambda each: not each.reduces_rights, newer))
    return bearable[-1] if bearable else None


def offered_to(versions: Sequence[Version], agreed: int | None) -> Version | None:
    """A version in force that reduces rights and waits for this person's free decision."""
    if agreed is None or not versions or versions[-1].number <= agreed:
        return None
    return None if asked_of(versions, agreed) == versions[-1] else versions[-1]


@dataclass(frozen=True)
class Standing:
    """How one person stands to one document."""

    document: Document
    asked: Version | None
    offered: Version | None
    coming: list[Version] = field(default_factory=list)
    binding: int | None = None


@dataclass(frozen=True)
class Asked:
    """Who is asked: a person, and the account whose owner they are here, if any."""

    person_id: UUID
    account_id: UUID | None = None


def who_is_asked(session: SignInSession) -> Asked:
    """The person of a session, and the subscribing account in which they work as owner.

    As at the door to an account's data: a session that names none works in the first.
    """
    rows = list(Membership.objects.filter(person_id=session.person_id).order_by("created_at").select_related("account"))
    here = next((row for row in rows if row.account_id == session.account_id), rows[0] if rows else None)
    owns = here is not None and here.role == Role.OWNER and here.account.kind == Account.Kind.SUBSCRIBER
    return Asked(session.person_id, here.account_id if here and owns else None)


def standings(session: SignInSession) -> list[Standing]:
    """How the person of a session stands to all documents that need agreement."""
    published = _published()
    if not published:
        return []
    asked = who_is_asked(session)
    wanted = [*to_agree("everybody"), *(to_agree("owners") if asked.account_id else ())]
    agreed = _agreed(asked)
    return [_standing(each, published[each.slug], agreed[each.slug]) for each in wanted if published[each.slug]]


def outstanding(session: SignInSession) -> list[Version]:
    """What the person has to agree to before going on; empty for most, most of the time."""
    return [each.asked for each in standings(session) if each.asked]


def _standing(document: Document, published: list[Version], agreed: set[int]) -> Standing:
    day = today()
    in_force = [each for each in published if each.effective_on <= day]
    newest = max((each.number for each in in_force if each.number in agreed), default=None)
    return Standing(
        document,
        asked_of(in_force, newest),
        offered_to(in_force, newest),
        [each for each in published if each.effective_on > day and each.number not in agreed],
        newest,
    )


def _published() -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = defaultdict(list)
    for each in Version.objects.defer("text", "changes").order_by("number"):
        found[each.document].append(each)
    return found


def _agreed(asked: Asked) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    mine = Acceptance.objects.filter(person_id=asked.person_id, account=None)
    ours = Acceptance.objects.filter(account_id=asked.account_id) if asked.account_id else Acceptance.objects.none()
    for rows in (mine, ours):
        for slug, number in rows.values_list("version__document", "version__number"):
            found[slug].add(number)
    return found


def agreements_of(person: Person) -> QuerySet[Acceptance]:
    """What a person agreed to, latest first."""
    rows = Acceptance.objects.filter(person=person).select_related("version", "account")
    return rows.order_by("-at", "-pk")


def agreement_counts() -> dict[int, int]:
    """How many agreed to each version, by its id. Counts only: who they are is nobody's business here."""
    return dict(Acceptance.objects.values_list("version_id").annotate(count=Count("pk")))


def affected_by(version: Version) -> QuerySet[Person]:
    """Whom a change concerns: all people, or for owners' texts all who answer for a subscribing account."""
    people = Person.objects.exclude(acceptances__version=version)
    if version.document in {each.slug for each in to_agree("owners")}:
        owners = Membership.objects.filter(role=Role.OWNER, account__kind=Account.Kind.SUBSCRIBER)
        people = people.filter(pk__in=owners.values("person_id"))
    return people


def untold_of(version: Version) -> QuerySet[Person]:
    """Those of them who have not been told yet."""
    return affected_by(version).exclude(changes_told__version=version).order_by("pk")


def drafts() -> dict[str, Draft]:
    """Drafts by document."""
    return {each.document: each for each in Draft.objects.all()}


def without_version(chosen: Iterable[Document]) -> list[Document]:
    """Documents of which nothing was published yet."""
    known = set(Version.objects.values_list("document", flat=True))
    return [each for each in chosen if each.slug not in known]
