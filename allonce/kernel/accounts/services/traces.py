"""What those who answer for an account need to trace an act: in which account it belongs, and from which browser."""

from uuid import UUID

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import SignInSession, UsedBrowser
from allonce.kernel.audit import Actor


def account_of(actor: Actor) -> UUID | None:
    """The account that the session which carried the act works in; None for acts
    without one, as from a mailed link, and for staff, who act on others."""
    if actor.via is None or actor.kind == "staff":
        return None
    return SignInSession.objects.filter(pk=actor.via).values_list("account_id", flat=True).first()


def keep_browser(session: SignInSession, account_id: UUID | None) -> None:
    """Keep what this session's browser is called for the record of the account that it works in, if any.

    The name outlives the session, and goes with the person or the account. Safe to repeat.
    """
    if account_id is None:
        return
    with tenancy.across_accounts():
        UsedBrowser.objects.get_or_create(
            account_id=account_id,
            carrier=session.id,
            defaults={"person_id": session.person_id, "name": session.device, "begun_at": session.created_at},
        )
