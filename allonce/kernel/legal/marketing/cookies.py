"""Every cookie and everything else kept on somebody's device, and what they allowed of it.

Only what a page needs is kept without asking (PECR regulation 6). The choice lies in a cookie of its own that
holds nothing but the choice; of people who sign in it is a consent record too.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person, SignInSession
from allonce.kernel.audit import Actor
from allonce.kernel.legal.marketing import consents
from allonce.kernel.legal.marketing.purposes import ConsentPurpose, register_purpose

Category = Literal["necessary", "preferences", "analytics"]
Where = Literal["cookie", "device"]
OPTIONAL: tuple[Category, ...] = ("preferences", "analytics")
CHOICE = "cookie_choice"
CHOICE_LASTS = timedelta(days=182)
# The choice's own form: a version, then what was allowed.
FORMAT = "1"

CATEGORY_LABELS: dict[Category, Any] = {
    "necessary": _("Needed"),
    "preferences": _("Conveniences"),
    "analytics": _("Counting visits"),
}
_SAYS: dict[Category, Any] = {
    "preferences": _("Remember on this device how you like things, beyond what a page needs to work."),
    "analytics": _("Count on this device how the pages are used, so that they can be made better."),
}
_WORDINGS: dict[Category, Any] = {
    "preferences": _("You may keep conveniences on my device."),
    "analytics": _("You may keep something on my device to count visits."),
}


@dataclass(frozen=True)
class Kept:
    """One cookie, or one thing kept in a device's own storage. A `name` ending in * stands for several."""

    name: str
    purpose: Any
    lifetime: Any
    category: Category = "necessary"
    where: Where = "cookie"


_register: dict[str, Kept] = {}


def register_cookie(kept: Kept) -> None:
    """Say what is kept on devices. Called in an app's `ready`; the first of an optional category makes it askable."""
    _register[kept.name] = kept
    if kept.category != "necessary":
        register_purpose(_purpose_of(kept.category))


def everything_kept() -> list[Kept]:
    """The whole register, needed things first."""
    order: list[Category] = ["necessary", *OPTIONAL]
    return sorted(_register.values(), key=lambda kept: (order.index(kept.category), kept.where, kept.name))


def known_cookie(name: str) -> bool:
    """Whether a cookie of that name stands in the register."""
    patterns = [kept.name for kept in _register.values() if kept.where == "cookie"]
    return any(name == each or (each.endswith("*") and name.startswith(each[:-1])) for each in patterns)


def askable() -> list[Category]:
    """Optional categories of which this installation keeps anything at all; by default none."""
    used = {kept.category for kept in _register.values()}
    return [category for category in OPTIONAL if category in used]


def allowed(request: HttpRequest, category: Category) -> bool:
    """Whether something of this category may be kept on, or read from, the device that asks.

    A person's own record decides where they are signed in and have chosen; else this browser's choice. No
    choice is a no.
    """
    if category == "necessary":
        return True
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    record = consents.record_of(session.person, consent_code(category)) if session else None
    if record is not None:
        return record.consented
    return category in (_chosen(request) or ())


def has_chosen(request: HttpRequest) -> bool:
    """Whether this browser was asked and answered, yes or no."""
    return _chosen(request) is not None


def should_ask(request: HttpRequest) -> bool:
    """Whether there is something to ask, and neither this browser nor the person has answered yet."""
    if not askable() or has_chosen(request):
        return False
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    return session is None or any(consents.record_of(session.person, consent_code(each)) is None for each in askable())


def choose(request: HttpRequest, answer: HttpResponse, wanted: set[Category]) -> None:
    """Keep the choice in the answer's cookie, remove what is no longer allowed, and record it of who is signed in."""
    allowed_now = [category for category in askable() if category in wanted]
    answer.set_cookie(
        CHOICE,
        ".".join([FORMAT, *allowed_now]),
        max_age=CHOICE_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    for kept in _register.values():
        if kept.category not in {"necessary", *allowed_now} and kept.name in request.COOKIES:
            answer.delete_cookie(kept.name)
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    if session is not None:
        _record(session.person, set(allowed_now), Actor(kind="person", id=session.person_id, via=session.id))


def consent_code(category: Category) -> str:
    """The purpose under which the consent to a category is recorded."""
    return f"cookies.{category}"


def _record(person: Person, wanted: set[Category], actor: Actor) -> None:
    for category in askable():
        change = consents.give if category in wanted else consents.withdraw
        change(person, consent_code(category), actor=actor)


def _chosen(request: HttpRequest) -> tuple[str, ...] | None:
    version, *wanted = request.COOKIES.get(CHOICE, "").split(".")
    return tuple(wanted) if version == FORMAT else None


def _purpose_of(category: Category) -> ConsentPurpose:
    return ConsentPurpose(
        code=consent_code(category),
        label=CATEGORY_LABELS[category],
        says=_SAYS[category],
        wordings=(_WORDINGS[category],),
    )
