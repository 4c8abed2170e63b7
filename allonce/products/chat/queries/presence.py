"""Who is there now, for whom it rings, and whether a button may say that somebody answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count

from allonce.kernel.clock import now
from allonce.kernel.messaging import present
from allonce.products.chat.hours import business_hours
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation, Department, Shift

# The console says that it is open once a minute, and its connection says so by itself. Whoever is silent for longer
# than this has closed it, lost the network or sleeps.
SILENCE = timedelta(seconds=150)
OPEN = (Conversation.State.WAITING, Conversation.State.ACTIVE)
Presence = Literal["online", "away", "offline"]


@dataclass(frozen=True)
class Crew:
    """A Merchant's agents at one moment, with what decides whether they ring."""

    client: ChatClient
    moment: datetime
    agents: list[AgentProfile]
    connected: set[str]
    open_counts: dict[UUID, int]
    shifts: dict[UUID, list[Shift]]
    departments: dict[UUID, set[UUID]]

    def presence(self, agent: AgentProfile) -> Presence:
        """Desk and phone together: online on either is online. An idle desk is away by itself."""
        if agent.on_mobile(self.moment):
            return "online"
        if agent.desk_state == AgentProfile.State.OFFLINE or not self._at_desk(agent):
            return "offline"
        idle = agent.active_at is None or self.moment - agent.active_at > timedelta(minutes=self.client.away_minutes)
        return "away" if idle or agent.desk_state == AgentProfile.State.AWAY else "online"

    def on_shift(self, agent: AgentProfile) -> bool:
        """Whether it is the agent's time; who has no shifts works whenever they are online."""
        shifts = self.shifts.get(agent.id)
        if not shifts:
            return True
        local = self.moment.astimezone(ZoneInfo(self.client.zone))
        return any(each.covers(local.weekday(), local.time()) for each in shifts)

    def off_shift(self) -> list[AgentProfile]:
        """The agents for whom no visitor rings now, whatever they say of their presence."""
        return [each for each in self.agents if not self.on_shift(each)]

    def is_closed_to(self, agent: AgentProfile, departments: Iterable[Department]) -> bool:
        """Whether neither the business nor any department for which this agent answers is open."""
        theirs = (each for each in departments if self._belongs(agent, each))
        return not any(self._open(each) for each in (None, *theirs))

    def has_room(self, agent: AgentProfile) -> bool:
        """Whether the agent has fewer open conversations than their limit."""
        return self.open_counts.get(agent.id, 0) < agent.limit

    def can_ring(self, agent: AgentProfile) -> bool:
        """Online, at work now, and with room for one more."""
        return self.presence(agent) == "online" and self.on_shift(agent) and self.has_room(agent)

    def eligible(self, department: Department | None = None, *, anybody: bool = False) -> list[AgentProfile]:
        """For whom a visitor rings: standard routing (unless `anybody`), of the department, and all of can_ring()."""
        if not self._open(department):
            return []
        fitting = [each for each in self.agents if self._belongs(each, department)]
        standard = AgentProfile.Routing.STANDARD
        return [each for each in fitting if (anybody or each.routing == standard) and self.can_ring(each)]

    def _open(self, department: Department | None) -> bool:
        hours = self.client.opening()
        if department is not None and department.hours:
            hours = business_hours(department.hours, self.client.zone, self.client.nation, self.client.open_on_holidays)
        return hours is None or hours.is_open(self.moment)

    def _belongs(self, agent: AgentProfile, department: Department | None) -> bool:
        own = self.departments.get(agent.id)
        return department is None or not own or department.id in own

    def _at_desk(self, agent: AgentProfile) -> bool:
        heard = agent.desk_seen_at is not None and self.moment - agent.desk_seen_at < SILENCE
        return heard or agent.seat in self.connected


def crew_of(client: ChatClient) -> Crew:
    """The Merchant's agents as they are now."""
    agents = list(AgentProfile.objects.at_work().filter(account_id=client.account_id).order_by("created_at"))
    ids = [each.id for each in agents]
    counted = Conversation.objects.filter(agent__in=ids, state__in=OPEN).values_list("agent").annotate(Count("id"))
    return Crew(
        client,
        now(),
        agents,
        present(client.console_stream) if client.console_stream else set(),
        {agent_id: count for agent_id, count in counted if agent_id},
        _shifts(ids),
        _departments(ids),
    )


def is_online(client: ChatClient, department: Department | None = None) -> bool:
    """Whether at least one agent would ring if a visitor wrote now."""
    return bool(crew_of(client).eligible(department))


def _shifts(ids: Iterable[UUID]) -> dict[UUID, list[Shift]]:
    found: dict[UUID, list[Shift]] = defaultdict(list)
    for each in Shift.objects.filter(agent__in=ids):
        found[each.agent_id].append(each)
    return dict(found)


def _departments(ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = AgentProfile.departments.through.objects.filter(agentprofile__in=ids)
    for agent_id, department_id in rows.values_list("agentprofile_id", "department_id"):
        found[agent_id].add(department_id)
    return dict(found)
