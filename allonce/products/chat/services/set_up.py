"""Making and changing what a Client runs Chat with: itself, agents, placements, departments, answers, keys.

The portal's pages, the provisioning API and the demo all come through here. Each act is audited.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import ImageOps

from allonce.kernel import audit, messaging, uploads
from allonce.kernel.accounts.models import Account, Membership
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.vault import Scope, files
from allonce.products.chat import words
from allonce.products.chat.access import ANSWERING
from allonce.products.chat.hours import check_week
from allonce.products.chat.models import AgentProfile, ChatClient, Disposition, ProviderMerchant, Shift
from allonce.products.chat.stream import CONSOLE

# Wider pictures are scaled down to this many pixels; the console and the visitor see them small.
PICTURE_PIXELS = 220
PICTURE_BYTES = 4 * 1024 * 1024
PICTURE = "picture"
DISPOSITIONS = {
    "appointment": gettext_lazy("Appointment made"),
    "answered": gettext_lazy("Question answered"),
    "lost": gettext_lazy("Not interested"),
}


class Unfit(UserError):
    """A setting cannot be like that; `fields` says which and what to do."""

    code = "unfit_setting"
    status = 422


@transaction.atomic
def open_client(account: Account, kind: str, shown_name: str, *, actor: Actor, **settings: Any) -> ChatClient:
    """Let the account use Chat as a "merchant" or a "provider". Raises Unfit, also where it does already."""
    if kind not in ChatClient.Kind.values:
        raise Unfit(fields={"kind": _("Say merchant or provider.")})
    client = ChatClient(account=account, kind=kind)
    _put(client, {"shown_name": shown_name, **settings})
    if kind == ChatClient.Kind.MERCHANT:
        client.console_stream = messaging.open_stream(CONSOLE, account.id).id
    try:
        with transaction.atomic():
            client.save(force_insert=True)
    except IntegrityError as error:
        raise Unfit(_("This account uses Chat already.")) from error
    if client.is_merchant:
        Disposition.objects.bulk_create(
            Disposition(account=account, code=code, label=str(label), order=order)
            for order, (code, label) in enumerate(DISPOSITIONS.items())
        )
    record("chat.client_opened", actor, client)
    return client


@transaction.atomic
def save_client(client: ChatClient, given: Mapping[str, Any], *, actor: Actor) -> ChatClient:
    """Change a Client's settings by name. Raises Unfit or UnfitHours."""
    _put(client, given)
    client.save()
    record("chat.client_changed", actor, client)
    return client


def _put(client: ChatClient, given: Mapping[str, Any]) -> None:
    check_week(given.get("hours", client.hours), given.get("zone", client.zone))
    for name, value in given.items():
        setattr(client, name, value)
    client.shown_name = words.line(client.shown_name, 120)
    if not client.shown_name:
        raise Unfit(fields={"shown_name": _("Say how visitors know the business.")})
    if client.notice_url and not words.web_address(client.notice_url):
        raise Unfit(fields={"notice_url": _("Give the full address of the policy, beginning with https://.")})
    client.notice = words.plain(client.notice, 2000)
    if not 1 <= client.retention_days <= 3660:
        raise Unfit(fields={"retention_days": _("Choose between one day and ten years.")})


@transaction.atomic
def list_merchant(provider: ChatClient, merchant: ChatClient, external_id: str, *, actor: Actor) -> ProviderMerchant:
    """Let the Provider's placements lead to this Merchant under the Provider's own number. Safe to repeat."""
    number = words.line(external_id, 80)
    if provider.is_merchant or not merchant.is_merchant or not number:
        raise Unfit(fields={"external_id": _("A Provider lists Merchants, each under its own number for them.")})
    listed, new = ProviderMerchant.objects.get_or_create(
        account_id=provider.account_id, external_id=number, defaults={"merchant_account_id": merchant.account_id}
    )
    if not new and listed.merchant_account_id != merchant.account_id:
        raise Unfit(fields={"external_id": _("Another business has this number. Choose another, or remove that one.")})
    if listed.hidden_at is not None:
        listed.hidden_at = None
        listed.save(update_fields=["hidden_at"])
    if new:
        record("chat.merchant_listed", actor, listed)
    return listed


@transaction.atomic
def add_agent(client: ChatClient, person_id: UUID, name: str, *, actor: Actor, **more: Any) -> AgentProfile:
    """Make somebody of the account an agent, or take a former one back. Raises NotFound for outsiders, or Unfit."""
    members = Membership.objects.filter(account_id=client.account_id, person_id=person_id, role__in=ANSWERING)
    if not client.is_merchant or not members.exists():
        raise NotFound
    found = AgentProfile.objects.filter(account_id=client.account_id, person_id=person_id).first()
    profile = found or AgentProfile(account_id=client.account_id, person_id=person_id)
    profile.hidden_at = None
    return _save_agent(profile, {"name": name, **more}, "chat.agent_added", actor)


@transaction.atomic
def save_agent(profile: AgentProfile, given: Mapping[str, Any], *, actor: Actor) -> AgentProfile:
    """Change name, mobile, routing, limit or hot_leads of an agent. Raises Unfit."""
    return _save_agent(profile, given, "chat.agent_changed", actor)


def _save_agent(profile: AgentProfile, given: Mapping[str, Any], action: str, actor: Actor) -> AgentProfile:
    for name, value in given.items():
        setattr(profile, name, value)
    profile.name = words.line(profile.name, 60)
    if not profile.name:
        raise Unfit(fields={"name": _("Say the name that visitors see.")})
    if not 1 <= profile.limit <= 50:
        raise Unfit(fields={"limit": _("Choose between 1 and 50 conversations.")})
    if profile.routing not in AgentProfile.Routing.values:
        raise Unfit(fields={"routing": _("Choose one of the two ways.")})
    profile.save()
    record(action, actor, profile)
    return profile


@transaction.atomic
def hide_agent(client: ChatClient, profile: AgentProfile, *, actor: Actor) -> None:
    """Put an agent aside: nothing rings for them, and what they answered stays theirs."""
    from allonce.products.chat.services.presence import leave_all

    AgentProfile.objects.filter(pk=profile.pk).update(hidden_at=now())
    leave_all(client, profile)
    record("chat.agent_hidden", actor, profile)


@transaction.atomic
def set_shifts(profile: AgentProfile, shifts: list[Shift], *, actor: Actor) -> None:
    """Replace when an agent works. Raises Unfit for a span without length."""
    if any(each.weekday > 6 or each.starts == each.ends for each in shifts):
        raise Unfit(fields={"shifts": _("Each shift ends at another time than it begins.")})
    profile.shifts.all().delete()
    for each in shifts:
        each.account_id, each.agent = profile.account_id, profile
    Shift.objects.bulk_create(shifts)
    record("chat.shifts_set", actor, profile)


@transaction.atomic
def set_picture(profile: AgentProfile, data: bytes, name: str, *, actor: Actor) -> None:
    """The picture that visitors see, cut to the square that is shown. Raises UploadRefused or ScannerDown."""
    from uuid import uuid4

    taken = uploads.accept_image(data, name, {"jpeg", "png", "webp", "gif"}, uploads.Bounds(PICTURE_BYTES))
    side = min(PICTURE_PIXELS, *taken.image.size)
    face = ImageOps.fit(taken.image, (side, side))
    before, profile.picture = profile.picture, uuid4()
    files.save(_scope(profile), profile.picture, PICTURE, uploads.Picture("jpeg", face).written().data)
    profile.save(update_fields=["picture"])
    record("chat.agent_picture_set", actor, profile)
    if before is not None:
        transaction.on_commit(lambda: files.delete(files.FileRef(_scope(profile), before, PICTURE)))


def picture_of(profile: AgentProfile) -> bytes:
    """The JPEG that visitors see. Raises NotFound without one."""
    if profile.picture is None:
        raise NotFound
    return files.read(files.FileRef(_scope(profile), profile.picture, PICTURE))


def record(action: str, actor: Actor, row: Any) -> None:
    """Into the account's record of who did what. Last in a service: writers queue at its end."""
    assert isinstance(row, models.Model)
    account_id: UUID = row.account_id  # type: ignore[attr-defined]  # every row of Chat has one
    audit.record(action, actor=actor, account_id=account_id, target=f"{row._meta.label}:{row.pk}", data={})


def _scope(profile: AgentProfile) -> Scope:
    return Scope("account", profile.account_id)
