"""Providers bring the businesses they list: accounts with an invitation, known by the Provider's own number for each.

Everything is found by that number, so repeating it changes nothing. Hiding takes a business off the list and erases
nothing. Once somebody of the business has joined, its settings are its own; a business that has an account already is
asked and never taken.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, post
from allonce.kernel.accounts import entitlements, tenancy, throttle
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account, Membership
from allonce.kernel.accounts.services import memberships, people
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.notices import notify_owners
from allonce.products.chat.access import SERVICE
from allonce.products.chat.leads.models import LeadSettings
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.models import ChatClient, ProviderMerchant
from allonce.products.chat.provisioning.models import ListingOffer, Profile
from allonce.products.chat.services import set_up

NOTICE = "chat.listing_offered"
# A thief of a key must not be able to write to the world.
ADDED = (2000, timedelta(days=1))
State = Literal["created", "changed", "same", "offered"]


class UnfitMerchant(UserError):
    """What was said of a business cannot be; `fields` says where."""

    code = "unfit_merchant"
    status = 422


class NotAProvider(UserError):
    """Only listing sites list businesses."""

    code = "not_a_provider"
    status = 403
    message = gettext_lazy("Only listing sites list businesses. This account is not one.")


@dataclass(frozen=True)
class Wanted:
    """A business as its Provider names it. `email` is its primary contact's, who is invited; `profile` a title."""

    external_id: str
    name: str
    email: str = field(repr=False)
    zone: str = ""
    profile: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Done:
    """What came of it. `managed_here` is True while nobody of the business has joined."""

    state: State
    external_id: str
    name: str
    hidden: bool
    managed_here: bool


def put(provider: ChatClient, wanted: Wanted, *, actor: Actor) -> Done:
    """Bring a business, or change it. Raises NotAProvider, UnfitMerchant or TooMany. Audited."""
    if provider.is_merchant:
        raise NotAProvider
    with tenancy.across_accounts(), transaction.atomic():
        listed = _listed(provider, wanted.external_id)
        if listed is not None:
            return _changed(provider, listed, wanted, actor)
        known = Account.objects.with_email(wanted.email)
        throttle.hit("chat-provisioned", str(provider.account_id), *ADDED)
        return _offered(provider, known, wanted, actor) if known else _created(provider, wanted, actor)


def hide(provider: ChatClient, external_id: str, *, actor: Actor) -> None:
    """Take a business off the list; its account, its leads and its figures stay. Raises NotFound. Audited."""
    with transaction.atomic():
        listed = _listed(provider, external_id)
        if listed is None:
            raise NotFound
        _set_hidden(listed, True, actor)


def show(provider: ChatClient, external_id: str, *, actor: Actor) -> None:
    """Put a business back on the list. Raises NotFound. Audited."""
    with transaction.atomic():
        listed = _listed(provider, external_id)
        if listed is None:
            raise NotFound
        _set_hidden(listed, False, actor)


def listed_by(provider: ChatClient, after: str = "", limit: int = 100) -> list[Done]:
    """The businesses by number, hidden ones too, from after one of them."""
    rows = ProviderMerchant.objects.filter(account_id=provider.account_id, external_id__gt=after)
    with tenancy.across_accounts():
        return [_told(each, "same") for each in rows.order_by("external_id")[:limit]]


def one(provider: ChatClient, external_id: str) -> Done:
    """One business. Raises NotFound."""
    listed = _listed(provider, external_id)
    if listed is None:
        raise NotFound
    with tenancy.across_accounts():
        return _told(listed, "same")


@transaction.atomic
def answer(access: AccountAccess, offer_id: UUID, accepted: bool) -> None:
    """The business says whether it may be listed. Safe to repeat. Raises NotFound, UnfitMerchant. Audited."""
    offer = ListingOffer.objects.select_for_update().filter(pk=offer_id, account=access.account).first()
    if offer is None:
        raise NotFound
    if offer.answered_at is not None:
        return
    offer.answered_at, offer.accepted = now(), accepted
    offer.save(update_fields=["answered_at", "accepted"])
    if accepted:
        with tenancy.across_accounts():
            _join(access, offer)
    _record("chat.listing_accepted" if accepted else "chat.listing_declined", access.actor, offer)


@transaction.atomic
def leave(access: AccountAccess, listing_id: UUID) -> None:
    """The business wants to be listed by this Provider no more. Raises NotFound. Audited."""
    with tenancy.across_accounts():
        found = ProviderMerchant.objects.filter(pk=listing_id, merchant_account=access.account).first()
        if found is None:
            raise NotFound
        ProviderMerchant.objects.filter(pk=found.pk).update(hidden_at=now())
        target = f"chat.ProviderMerchant:{found.pk}"
        audit.record("chat.listing_left", actor=access.actor, account_id=access.account.id, target=target, data={})


def listings_of(account_id: UUID) -> list[tuple[ProviderMerchant, str]]:
    """Who lists this business, with their names."""
    with tenancy.across_accounts():
        rows = list(ProviderMerchant.objects.filter(merchant_account_id=account_id, hidden_at=None))
        ids = [each.account_id for each in rows]
        names = dict(ChatClient.objects.filter(account_id__in=ids).values_list("account_id", "shown_name"))
    return [(each, names.get(each.account_id, "")) for each in rows]


@transaction.atomic
def save_profile(provider: ChatClient, profile: Profile | None, given: dict[str, object], *, actor: Actor) -> Profile:
    """Make or change default settings. They hold for accounts that are opened from then on. Audited."""
    made = profile or Profile(account_id=provider.account_id)
    for name, value in given.items():
        setattr(made, name, value)
    same = Profile.objects.filter(account_id=provider.account_id, title=made.title).exclude(pk=made.pk)
    if same.exists():
        raise UnfitMerchant(fields={"title": _("Another profile has this name.")})
    made.save()
    _record("chat.profile_saved", actor, made)
    return made


@transaction.atomic
def delete_profile(provider: ChatClient, profile_id: UUID, *, actor: Actor) -> None:
    """Forget default settings; accounts that were opened with them stay as they are. Raises NotFound. Audited."""
    found = Profile.objects.filter(pk=profile_id, account_id=provider.account_id).first()
    if found is None:
        raise NotFound
    _record("chat.profile_deleted", actor, found)
    found.delete()


def profile_named(provider: ChatClient, title: str) -> Profile | None:
    """The Provider's profile of this name, None for no name. Raises UnfitMerchant for a name that there is not."""
    if not title:
        return None
    found = Profile.objects.filter(account_id=provider.account_id, title__iexact=title.strip()).first()
    if found is None:
        raise UnfitMerchant(fields={"profile": _("There is no profile %s.") % title})
    return found


def _created(provider: ChatClient, wanted: Wanted, actor: Actor) -> Done:
    profile = profile_named(provider, wanted.profile)
    account = people.create_account(people.NewAccount(wanted.name, wanted.email))
    _entitle(account.id, provider, actor)
    client = _opened(account, wanted, profile, actor)
    listed = set_up.list_merchant(provider, client, wanted.external_id, actor=actor)
    if wanted.hidden:
        _set_hidden(listed, True, actor)
    wanted_settings = settings_of(account.id)
    if profile is not None:
        word = {"adf_word": profile.adf_word, "adf_position": profile.adf_position}
        LeadSettings.objects.filter(pk=wanted_settings.pk).update(**word)
    memberships.invite_owner(account, wanted.email, provider.shown_name, actor=actor)
    target = f"chat.ProviderMerchant:{listed.pk}"
    audit.record("chat.merchant_made", actor=actor, account_id=provider.account_id, target=target, data={})
    return _told(listed, "created")


def _opened(account: Account, wanted: Wanted, profile: Profile | None, actor: Actor) -> ChatClient:
    names = ("zone", "retention_days", "ring_seconds", "notice", "notice_url") if profile else ()
    given = {name: getattr(profile, name) for name in names} | ({"zone": wanted.zone} if wanted.zone else {})
    return set_up.open_client(account, ChatClient.Kind.MERCHANT, wanted.name, actor=actor, **given)


def _changed(provider: ChatClient, listed: ProviderMerchant, wanted: Wanted, actor: Actor) -> Done:
    client = ChatClient.objects.get(account_id=listed.merchant_account_id)
    state: State = "same"
    fresh = {"shown_name": wanted.name} | ({"zone": wanted.zone} if wanted.zone else {})
    if _is_managed_here(client.account_id) and any(getattr(client, name) != value for name, value in fresh.items()):
        set_up.save_client(client, fresh, actor=actor)
        target = f"chat.ProviderMerchant:{listed.pk}"
        audit.record("chat.merchant_changed", actor=actor, account_id=provider.account_id, target=target, data={})
        state = "changed"
    if (listed.hidden_at is not None) != wanted.hidden:
        _set_hidden(listed, wanted.hidden, actor)
        state = "changed"
    return _told(listed, state)


def _offered(provider: ChatClient, known: Account, wanted: Wanted, actor: Actor) -> Done:
    """The Provider does not learn more of the account than that it answers in its own time."""
    offer, is_new = ListingOffer.objects.get_or_create(
        account=known,
        provider_id=provider.account_id,
        external_id=wanted.external_id,
        defaults={"provider_title": provider.shown_name},
    )
    if is_new:
        words = post.Words(
            subject=_("%s wants to list your business") % provider.shown_name,
            paragraphs=[
                _("Its visitors could then write to you from its pages. You decide, and can leave at any time.")
            ],
            action=post.Action(_("Decide"), settings.PUBLIC_URL + reverse("chat_provisioning:providers")),
        )
        notify_owners(known.id, NOTICE, words)
        _record("chat.listing_offered", actor, offer, provider.account_id)
    return Done("offered", wanted.external_id, wanted.name, False, False)


def _join(access: AccountAccess, offer: ListingOffer) -> None:
    provider = ChatClient.objects.filter(account_id=offer.provider_id, hidden_at=None).first()
    if provider is None:
        raise UnfitMerchant(_("This listing site is no longer here."))
    client = ChatClient.objects.filter(account=access.account).first()
    if client is not None and not client.is_merchant:
        raise UnfitMerchant(_("A listing site cannot be listed itself."))
    if not entitlements.allows(access.account.id, SERVICE):
        _entitle(access.account.id, provider, access.actor)
    if client is None:
        client = set_up.open_client(access.account, "merchant", access.account.name, actor=access.actor)
    set_up.list_merchant(provider, client, offer.external_id, actor=access.actor)


def _entitle(account_id: UUID, provider: ChatClient, actor: Actor) -> None:
    """A listed business may use Chat for as long as its Provider may."""
    own = entitlements.standing(provider.account_id).filter(service=SERVICE).order_by("-until").first()
    if own is None:
        raise UnfitMerchant(_("Your own subscription to Chat has ended."))
    entitlements.grant(account_id, SERVICE, own.until, actor=actor)


def _listed(provider: ChatClient, external_id: str) -> ProviderMerchant | None:
    return ProviderMerchant.objects.filter(account_id=provider.account_id, external_id=external_id).first()


def _set_hidden(listed: ProviderMerchant, hidden: bool, actor: Actor) -> None:
    if (listed.hidden_at is not None) == hidden:
        return
    listed.hidden_at = now() if hidden else None
    listed.save(update_fields=["hidden_at"])
    action = "chat.merchant_hidden" if hidden else "chat.merchant_shown"
    target = f"chat.ProviderMerchant:{listed.pk}"
    audit.record(action, actor=actor, account_id=listed.account_id, target=target, data={})


def _told(listed: ProviderMerchant, state: State) -> Done:
    client = ChatClient.objects.get(account_id=listed.merchant_account_id)
    here = _is_managed_here(client.account_id)
    return Done(state, listed.external_id, client.shown_name, listed.hidden_at is not None, here)


def _is_managed_here(account_id: UUID) -> bool:
    return not Membership.objects.filter(account_id=account_id).exists()


def _record(action: str, actor: Actor, row: Profile | ListingOffer, account_id: UUID | None = None) -> None:
    target = f"{row._meta.label}:{row.pk}"
    audit.record(action, actor=actor, account_id=account_id or row.account_id, target=target, data={})
