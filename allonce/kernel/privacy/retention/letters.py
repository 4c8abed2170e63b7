"""What people are told while an account ends. Mails to people are sealed with their own keys, not the account's."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allonce.kernel import notices, post
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.navigation import entries
from allonce.kernel.privacy.retention.keeping import KeptLine
from allonce.kernel.privacy.retention.plan import Plan

KIND = "retention.account_end"


def tell_of_start(account: Account, plan: Plan) -> None:
    """Owners learn what happens when; colleagues that they cannot work in the account any more."""
    said = [
        _("The agreement for %s has ended. Its services are off and its phones are refused from now on.")
        % account.name,
        _("Until %s you can read and download what is there, or take this back.") % _day(plan.last_day_to_undo),
        _("On %(closed)s its key is destroyed and nothing can be read any more; by %(gone)s the rest is deleted too.")
        % {"closed": _day(plan.closed_on), "gone": _day(plan.gone_on)},
    ]
    action = post.Action(_("See, download or take back"), settings.PUBLIC_URL + reverse("retention:end"))
    notices.notify_owners(account.id, KIND, post.Words(_("Your agreement has ended"), said, action=action))
    for membership in Membership.objects.filter(account=account).exclude(role=Role.OWNER).select_related("person"):
        notices.notify(membership.person, KIND, _to_a_colleague(account))


def remind(account: Account, plan: Plan) -> None:
    """Fourteen days before the end: the last week in which it can be taken back."""
    said = [
        _("In fourteen days, on %(gone)s, everything of %(name)s is deleted.")
        % {"gone": _day(plan.gone_on), "name": account.name},
        _("Its key is destroyed on %s. Until the day before you can download it or take this back.")
        % _day(plan.closed_on),
    ]
    action = post.Action(_("Download or take back"), settings.PUBLIC_URL + reverse("retention:end"))
    notices.notify_owners(account.id, KIND, post.Words(_("Fourteen days until all is deleted"), said, action=action))


def farewell(account: Account, plan: Plan, kept: list[KeptLine]) -> dict[str, Any]:
    """What owners are told at the very end, as JSON; written while the name can still be read."""
    said = [
        _("Everything of %(name)s is deleted since %(gone)s, in our backups too.")
        % {"name": account.name, "gone": _day(plan.gone_on)},
        *[_kept(line) for line in kept],
        _own_sign_in(),
    ]
    return {"subject": _("Your account is deleted"), "paragraphs": said}


def say_farewell(person: Person, words: dict[str, Any]) -> None:
    """Send what was written beforehand."""
    notices.notify(person, KIND, post.Words(words["subject"], words["paragraphs"]))


def _to_a_colleague(account: Account) -> post.Words:
    ended = _("The agreement for %s has ended, so you can no longer work there.") % account.name
    return post.Words(_("An account you work in has ended"), [ended, _own_sign_in()])


def _own_sign_in() -> str:
    own = [entry.url_name for entry in entries("person")]
    place = f" {settings.PUBLIC_URL}{reverse(own[0])}" if own else ""
    return _("Your own sign-in stays, with nothing of the account in it. If you do not need it, erase it.") + place


def _kept(line: KeptLine) -> str:
    values = {"count": line.count, "what": line.label, "reason": line.reason}
    if line.until is None:
        return _("%(what)s (%(count)d): kept because of %(reason)s, until that ends.") % values
    return _("%(what)s (%(count)d): kept %(reason)s, until %(until)s.") % {**values, "until": _day(line.until)}


def _day(day: Any) -> str:
    return date_format(day, "j M Y")
