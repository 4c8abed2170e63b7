"""What the pages of the desk read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from allonce.kernel.accounts.activity import people_names
from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.requests.models import Disclosure, Referral, RightsRequest, Step, Transfer

SHOWS = ("open", "late", "paused", "closed")
MOST_CLOSED = 200


@dataclass(frozen=True)
class Wanted:
    """A filter that stands in the address, so that it survives a reload. `handler` is for "mine"."""

    show: str = "open"
    right: str = ""
    handler: UUID | None = None


@dataclass(frozen=True)
class HistoryLine:
    step: Step
    who: str


def on_the_desk(wanted: Wanted) -> list[RightsRequest]:
    """The requests that fit, the soonest due first; closed ones with the latest first, two hundred at most."""
    rows = RightsRequest.objects.prefetch_related("pauses")
    if wanted.right:
        rows = rows.filter(right=wanted.right)
    if wanted.handler:
        rows = rows.filter(handler_id=wanted.handler)
    if wanted.show == "closed":
        return list(rows.exclude(state="open").order_by("-closed_at")[:MOST_CLOSED])
    fits = {"late": lambda each: each.is_late, "paused": lambda each: each.is_paused}.get(wanted.show)
    found = [each for each in rows.filter(state="open") if fits is None or fits(each)]
    return sorted(found, key=lambda each: each.due_on)


def counts() -> dict[str, int]:
    """How many requests are open, late, paused and closed."""
    still_open = list(RightsRequest.objects.filter(state="open").prefetch_related("pauses"))
    return {
        "open": len(still_open),
        "late": sum(each.is_late for each in still_open),
        "paused": sum(each.is_paused for each in still_open),
        "closed": RightsRequest.objects.exclude(state="open").count(),
    }


def request_of(request_id: UUID) -> RightsRequest:
    """One request with its pauses. Raises NotFound."""
    found = RightsRequest.objects.prefetch_related("pauses", "documents").filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def history(request: RightsRequest) -> list[HistoryLine]:
    """What happened, oldest first, with the names of staff."""
    steps = list(request.steps.order_by("at", "pk"))
    names = people_names({step.by_id for step in steps if step.by_id and step.by_kind == "staff"})
    return [HistoryLine(step, names.get(step.by_id, "") if step.by_id else "") for step in steps]


def referrals_of_request(request: RightsRequest) -> list[Referral]:
    """To which accounts a request was passed on."""
    return list(request.referrals.order_by("passed_at"))


def referrals_of(account: Account) -> list[Referral]:
    """Requests passed on to an account, those without an answer first."""
    rows = Referral.objects.filter(account=account).order_by("answered_at", "answer_by")
    return sorted(rows, key=lambda each: (each.answered_at is not None, each.answer_by))


def requests_of(person: Person) -> list[RightsRequest]:
    """What a person asked, latest first."""
    rows = RightsRequest.objects.filter(person=person).prefetch_related("pauses")
    return list(rows.order_by("-created_at"))


def disclosures_to_show(person: Person) -> list[Disclosure]:
    """Disclosures about a person that they may know of."""
    told = Disclosure.objects.filter(person=person, state="given").exclude(told_at=None)
    return list(told.order_by("-given_at"))


def disclosures() -> list[Disclosure]:
    """All disclosures, latest first."""
    return list(Disclosure.objects.order_by("-recorded_at")[:MOST_CLOSED])


def disclosure_of(disclosure_id: UUID) -> Disclosure:
    """One disclosure. Raises NotFound."""
    found = Disclosure.objects.filter(pk=disclosure_id).first()
    if found is None:
        raise NotFound
    return found


def transfers() -> list[Transfer]:
    """All changes of ownership, latest first."""
    return list(Transfer.objects.order_by("-created_at"))


def transfer_of(transfer_id: UUID) -> Transfer:
    """One change of ownership. Raises NotFound."""
    found = Transfer.objects.filter(pk=transfer_id).first()
    if found is None:
        raise NotFound
    return found


def announced_transfer() -> Transfer | None:
    """The change of ownership that people may object to now."""
    return Transfer.objects.filter(state=Transfer.State.ANNOUNCED).first()


def names_of(ids: Sequence[UUID | None]) -> dict[UUID, str]:
    """Names of staff by id; of those who have left, none."""
    return people_names({each for each in ids if each})
