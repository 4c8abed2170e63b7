"""What the pages of this room read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import activity
from allonce.kernel.accounts.models import Membership
from allonce.kernel.audit.models import Entry, Look, PersonLook
from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.kernel.privacy.rights.models import Erasure, Limit

MOST_LOOKS = 200
ON_THE_WAY = ("intended", "rows_gone")
# An erasure takes a second; one that is still under way after this long needs somebody to look.
LATE = timedelta(hours=6)


@dataclass(frozen=True)
class Seen:
    """Staff looked at a person, or at an account they belong to, or did something about them."""

    at: datetime
    who: str
    what: str
    why: str


def who_looked(person_id: UUID) -> list[Seen]:
    """Every look into the person's accounts and every act of staff about them, newest first."""
    accounts = Membership.objects.filter(person_id=person_id).values("account_id")
    looks = list(Look.objects.filter(account_id__in=list(accounts.values_list("account_id", flat=True))))
    target = f"accounts.Person:{person_id}"
    acts = list(Entry.objects.filter(target=target, actor_kind="staff").order_by("-number")[:MOST_LOOKS])
    own = list(PersonLook.objects.filter(person_id=person_id))
    names = activity.people_names(
        {look.staff_id for look in looks + own} | {act.actor_id for act in acts if act.actor_id}
    )
    somebody = _("Somebody who has left")
    seen = [
        Seen(look.at, names.get(look.staff_id, somebody), _("Looked into your account"), look.reason) for look in looks
    ]
    seen += [Seen(look.at, names.get(look.staff_id, somebody), _("Looked at your data"), look.reason) for look in own]
    for act in acts:
        who = names.get(act.actor_id, somebody) if act.actor_id else somebody
        seen.append(Seen(act.at, who, activity.words_for(act.action), ""))
    return sorted(seen, key=lambda each: each.at, reverse=True)[:MOST_LOOKS]


@dataclass(frozen=True)
class Figures:
    """Numbers about rights that name nobody."""

    erased: int
    on_the_way: int
    waiting: int
    restricted: int
    objections: int
    last_erased: datetime | None


def figures() -> Figures:
    """How the rights are used in this installation."""
    done = Erasure.objects.filter(state=Erasure.State.DONE)
    last = done.order_by("-done_at").first()
    standing = Limit.objects.standing()
    return Figures(
        erased=done.count(),
        on_the_way=Erasure.objects.filter(state__in=ON_THE_WAY).count(),
        waiting=Erasure.objects.filter(state=Erasure.State.WAITING).count(),
        restricted=standing.filter(kind=Limit.Kind.RESTRICTION).count(),
        objections=standing.filter(kind=Limit.Kind.OBJECTION).count(),
        last_erased=last.done_at if last else None,
    )


def latest_erasures() -> list[Erasure]:
    """The newest tombstones and erasures on their way; none of them names anybody."""
    return list(Erasure.objects.order_by("-asked_at")[:20])


def evidence() -> Evidence:
    """For the promises page: that rights are used here, and that no erasure is stuck."""
    seen = figures()
    says = gettext_lazy(
        "People erased: %(erased)d. Restrictions standing: %(restricted)d, objections: %(objections)d, "
        "erasures that wait for a legal hold: %(waiting)d."
    ) % {name: getattr(seen, name) for name in ("erased", "restricted", "objections", "waiting")}
    late = Erasure.objects.filter(state__in=ON_THE_WAY, asked_at__lt=now() - LATE).exists()
    return Evidence(says, seen.last_erased, holds=not late, link="/privacy/register/")
