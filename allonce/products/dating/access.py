"""The one door to a member's own data: the person signed in, and nobody else."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.products.dating.models import Member
from allonce.products.dating.services import arrivals
from allonce.products.dating.services.sight import is_closed

P = ParamSpec("P")
MemberView = Callable[Concatenate[HttpRequest, Member, P], HttpResponse]
PlainView = Callable[..., HttpResponseBase]
SEEN_EVERY = timedelta(minutes=5)


class NotAMember(NotFound):
    """Signed in, and yet no member: where joining goes on is no secret to them, what members see is."""


def member_of(session: SignInSession) -> Member:
    """The member behind a living sign-in. Raises NotAMember; a look by staff is no member's own eye."""
    found = Member.objects.select_related("person").filter(person_id=session.person_id).first()
    if found is None or session.look_id:
        raise NotAMember
    return found


def member_page(view: MemberView[P]) -> PlainView:
    """A page for members who have said all that is needed; others are led to what is missing."""
    return _guarded(view, although_joining=False)


def joining_page(view: MemberView[P]) -> PlainView:
    """As `member_page`, open while somebody is still joining."""
    return _guarded(view, although_joining=True)


def standing_page(view: MemberView[P]) -> PlainView:
    """As `member_page`, open to whoever's membership was ended: what they still need."""
    return _guarded(view, although_joining=True, although_closed=True)


def _guarded(view: MemberView[P], *, although_joining: bool, although_closed: bool = False) -> PlainView:
    def inside(request: HttpRequest, session: SignInSession, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with tenancy.across_accounts():
            try:
                member = member_of(session)
            except NotAMember:
                return redirect("dating:landing")
            if member.state == Member.State.JOINING and not although_joining:
                return redirect("dating:start")
            if not although_closed and is_closed(member):
                return redirect("dating:standing")
            _note_seen(member, client_address(request))
            return view(request, member, *args, **kwargs)

    return wraps(view)(signed_in(inside))


def _note_seen(member: Member, address: str) -> None:
    """Who was here within two days takes part in the next daily run; of where from, a sign may be noted."""
    if now() - member.seen_at > SEEN_EVERY:
        member.seen_at = now()
        Member.objects.filter(pk=member.pk).update(seen_at=member.seen_at)
        arrivals.notice(member, address)
