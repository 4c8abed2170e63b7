"""Agents come and go: at the desk, on the phone for a chosen time, away by themselves."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.products.chat.access import AgentAccess, merchant_of
from allonce.products.chat.jobs import mobile_ending
from allonce.products.chat.models import AgentProfile, ChatClient
from allonce.products.chat.queries.presence import SILENCE, crew_of
from allonce.products.chat.services import log, routing, waking

State = AgentProfile.State
SHORTEST, LONGEST = 15, 480
WARNED_BEFORE = timedelta(minutes=2)
# A page that reloads, or a server that starts anew, is back within this time.
GRACE = timedelta(seconds=20)


class UnfitPresence(UserError):
    """No such state, or no such time."""

    code = "unfit_presence"
    status = 422


@transaction.atomic
def set_presence(
    by: AgentAccess, state: str, *, minutes: int | None = None, extend: int | None = None, active: bool = True
) -> AgentProfile:
    """Be there, away or gone. The console says so once a minute while it is open; `active` tells of its use.

    `minutes` (15 to 480) signs in on the phone for that time, with the page closed or not; `extend` adds as many to it.
    Raises UnfitPresence.
    """
    profile = AgentProfile.objects.select_for_update().get(pk=by.profile.pk)
    before = crew_of(by.client).presence(profile)
    _put(profile, state, minutes, extend, active)
    profile.save(update_fields=["desk_state", "desk_seen_at", "active_at", "mobile_until"])
    crew = crew_of(by.client)
    after = crew.presence(profile)
    if after != before:
        log.tell_console(by.client, "agent", profile=str(profile.id), presence=after)
    if after == "online" and before != "online":
        routing.ring_waiting(by.client, profile, crew)
    return profile


def _put(profile: AgentProfile, state: str, minutes: int | None, extend: int | None, active: bool) -> None:
    if state not in State.values:
        raise UnfitPresence(fields={"state": _("Say online, away or offline.")})
    moment = now()
    if minutes is not None or extend is not None:
        _on_mobile(profile, minutes, extend)
        profile.active_at = moment
        return
    profile.desk_state = State(state)
    profile.desk_seen_at = moment
    if active:
        profile.active_at = moment
    if state == State.OFFLINE:
        profile.mobile_until = None


def _on_mobile(profile: AgentProfile, minutes: int | None, extend: int | None) -> None:
    moment = now()
    wanted = minutes if minutes is not None else extend
    if wanted is None or not SHORTEST <= wanted <= LONGEST:
        raise UnfitPresence(fields={"minutes": _("Choose between 15 minutes and 8 hours.")})
    begins = moment if minutes is not None or not profile.on_mobile(moment) else profile.mobile_until or moment
    profile.mobile_until = min(begins + timedelta(minutes=wanted), moment + timedelta(minutes=LONGEST))
    mobile_ending.after(profile.mobile_until - WARNED_BEFORE - moment, profile.id)


@transaction.atomic
def offer_extension(agent_id: UUID) -> None:
    """The time on the phone is nearly over: offer more, once, unless it was extended or ended meanwhile."""
    profile = AgentProfile.objects.at_work().filter(pk=agent_id).first()
    if profile is None or profile.mobile_until is None:
        return
    remaining = profile.mobile_until - now()
    if timedelta() < remaining <= WARNED_BEFORE:
        client = merchant_of(profile.account_id)
        log.tell_console(client, "alert", code="mobile_ending", agent=str(profile.id), until=_moment(profile))
        waking.offer_extension(profile)


@transaction.atomic
def console_changed(seat: str, online: bool) -> None:
    """A console's connection came or went. The agent's own word, online or away, stays what it was."""
    profile = AgentProfile.objects.filter(pk=seat.removeprefix("agent:")).first()
    if profile is None or profile.desk_state == State.OFFLINE:
        return
    client = merchant_of(profile.account_id)
    seen = now() if online else now() - SILENCE + GRACE
    AgentProfile.objects.filter(pk=profile.pk).update(desk_seen_at=seen)
    if online:
        routing.ring_waiting(client, profile)


def leave_all(client: ChatClient, profile: AgentProfile) -> None:
    """Nobody rings here any more: the agent was put aside. In the caller's transaction."""
    AgentProfile.objects.filter(pk=profile.pk).update(desk_state=State.OFFLINE, mobile_until=None)
    log.tell_console(client, "agent", profile=str(profile.id), presence="offline")


def _moment(profile: AgentProfile) -> str:
    return profile.mobile_until.isoformat() if profile.mobile_until else ""
