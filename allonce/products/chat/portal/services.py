"""What the portal changes beyond the core's own services: undoing, inviting, removing, and where leads go."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import memberships
from allonce.kernel.errors import NotFound
from allonce.kernel.post import webhooks_out
from allonce.kernel.post.outward import AddressRefused, readable_url
from allonce.kernel.post.webhooks_out.connectors import require_allowed
from allonce.products.chat.leads.models import LeadSettings
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.services.delivering import EVENT
from allonce.products.chat.models import AgentProfile, Department, Placement
from allonce.products.chat.office_doors import PortalAccess
from allonce.products.chat.services.set_up import Unfit, record


@transaction.atomic
def save_lead_settings(by: PortalAccess, given: Mapping[str, Any]) -> LeadSettings:
    """Change where leads go, by name. Raises Unfit, ProcessorNotAllowed. Audited."""
    settings_of(by.account.id)
    wanted = LeadSettings.objects.select_for_update().get(account=by.account)
    for name, value in given.items():
        setattr(wanted, name, value.strip() if isinstance(value, str) else value)
    if wanted.adf_url:
        try:
            require_allowed(readable_url(wanted.adf_url), by.account.id)
        except AddressRefused as error:
            raise Unfit(fields={"adf_url": str(error)}) from error
    wanted.save()
    record("chat.lead_settings_saved", by.actor, wanted)
    return wanted


@transaction.atomic
def show_placement(by: PortalAccess, placement_id: UUID) -> Placement:
    """Put back what was taken off its site. Raises NotFound. Audited."""
    found = Placement.objects.filter(pk=placement_id, account=by.account).first()
    if found is None:
        raise NotFound
    found.hidden_at = None
    found.save(update_fields=["hidden_at"])
    record("chat.placement_saved", by.actor, found)
    return found


@transaction.atomic
def delete_department(by: PortalAccess, department_id: UUID) -> None:
    """Remove a department; its agents then ring for all that is left. Raises NotFound. Audited."""
    found = Department.objects.filter(pk=department_id, account=by.account).first()
    if found is None:
        raise NotFound
    record("chat.department_deleted", by.actor, found)
    found.delete()


@transaction.atomic
def set_departments(by: PortalAccess, profile: AgentProfile, departments: list[Department]) -> None:
    """Which departments an agent answers for; none is all. In the caller's transaction."""
    profile.departments.set([each for each in departments if each.account_id == by.account.id])


def invite_agent(by: PortalAccess, email: str) -> None:
    """Mail somebody a link to join as an agent and nothing else. Only owners may. Raises NotFound, UnableToInvite."""
    memberships.invite(by.office, email, Role.AGENT)


@transaction.atomic
def make_endpoint(by: PortalAccess, url: str) -> webhooks_out.Renewed:
    """An address that is told of every lead, with the secret that is shown this once. Raises Unfit and others."""
    try:
        return webhooks_out.create_endpoint(by.account.id, url.strip(), [EVENT], by.actor)
    except AddressRefused as error:
        raise Unfit(fields={"url": str(error)}) from error


def one_of(by: PortalAccess, kind: type[Any], row_id: UUID) -> Any:
    """The row of this account with that id. Raises NotFound for everything else."""
    found = kind._default_manager.filter(pk=row_id, account=by.account).first()
    if found is None:
        raise NotFound
    return found


def agent_of(by: PortalAccess, agent_profile_id: UUID) -> AgentProfile:
    """The account's agent of this id. Raises NotFound, also for one who was put aside."""
    found: AgentProfile = one_of(by, AgentProfile, agent_profile_id)
    if found.hidden_at is not None:
        raise NotFound
    return found


@transaction.atomic
def ping(by: PortalAccess, endpoint_id: UUID) -> None:
    """Send a test to one of the account's own addresses. Raises NotFound. Audited."""
    webhooks_out.ping(by.account.id, endpoint_id)
    record("chat.endpoint_pinged", by.actor, by.client)
