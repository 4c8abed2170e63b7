"""The letters of this room, written into the outbox within the caller's transaction."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.accounts.models import Account, Invitation, Person
from allonce.kernel.accounts.ports import report_link
from allonce.kernel.vault import INSTALL, Scope


def send_sign_up(email: str, token: str) -> None:
    """The link with which the holder of a mailbox opens an account."""
    words = post.Words(
        subject=_("Open your account"),
        paragraphs=[_("Somebody, we hope you, wants to open an account with this address.")],
        action=post.Action(_("Open the account"), link("accounts:sign_up_finish", token)),
        closing=[_("The link serves once, within a day. If that was not you, do nothing: nothing is kept.")],
    )
    post.send(post.letter(INSTALL, "accounts.sign_up", email, words))


def send_known_already(person: Person) -> None:
    """Somebody asked to sign up with an address that is known here: tell its holder, not the asker."""
    forgotten = link("accounts:forgotten")
    words = post.Words(
        subject=_("You have a sign-in here already"),
        paragraphs=[_("Somebody, perhaps you, asked to open an account with this address. You can sign in with it.")],
        action=post.Action(_("Sign in"), link("accounts:sign_in")),
        closing=[_("If you do not know your password, choose a new one: %s") % forgotten],
    )
    post.send(post.letter(Scope("person", person.id), "accounts.known_already", person.email, words))


def send_reset(person: Person, token: str) -> None:
    """The link with which a person chooses a new password."""
    words = post.Words(
        subject=_("Choose a new password"),
        paragraphs=[_("You asked for a new password for your sign-in.")],
        action=post.Action(_("Choose a password"), link("accounts:reset", token)),
        closing=[_("The link serves once, within an hour. If you did not ask, do nothing: your password stays.")],
    )
    post.send(post.letter(Scope("person", person.id), "accounts.reset", person.email, words))


def send_new_address(person: Person, email: str, token: str, account: Account | None) -> None:
    """The link that proves that a new address of a person or an account can be reached."""
    about = _("This address is to become the one you sign in with.")
    if account is not None:
        about = _("This address is to become the email of %s.") % account.name
    words = post.Words(
        subject=_("Confirm this address"),
        paragraphs=[about],
        action=post.Action(_("Confirm"), link("accounts:confirm_address", token)),
        closing=[_("The link serves once, within three days. If you know nothing of this, do nothing.")],
    )
    post.send(post.letter(Scope("person", person.id), "accounts.new_address", email, words))


def send_address_changed(person: Person, old: str, account: Account | None) -> None:
    """Whoever reads the old address learns of the change, since a thief could have made it."""
    about = _("Another address is now the one you sign in with.")
    if account is not None:
        about = _("Another address is now the email of %s.") % account.name
    unknown = _("If you know nothing of this, write to %s at once.") % settings.OPERATOR_EMAIL
    words = post.Words(subject=_("Your address was changed"), paragraphs=[about], closing=[unknown])
    post.send(post.letter(Scope("person", person.id), "accounts.address_changed", old, words))


def send_invitation(invitation: Invitation, token: str, who: str = "") -> None:
    """The link with which a colleague joins an account; `who` asks, where it is not somebody of the account."""
    account = invitation.account.name
    names = {"account": account, "who": who or (invitation.invited_by.name if invitation.invited_by else account)}
    words = post.Words(
        subject=_("Join %(account)s") % names,
        paragraphs=[_("%(who)s asks you to join %(account)s.") % names],
        action=post.Action(_("Join"), link("accounts:invitation", token)),
        closing=[_("The link serves once, within a week."), *_report_line(invitation.account_id)],
    )
    scope = Scope("account", invitation.account_id)
    post.send(post.letter(scope, "accounts.invitation", invitation.email, words))


def _report_line(account_id: UUID) -> list[str]:
    where = report_link("accounts.Account", account_id)
    return [_("If this name harms or misleads, report it: %s") % where] if where else []


def link(name: str, *args: Any) -> str:
    """The full address of one of our pages."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
