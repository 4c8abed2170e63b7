"""Placements, departments, prepared answers, and keys for a Client's own systems."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from allonce.kernel.accounts import tenancy
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.products.chat import words
from allonce.products.chat.models import ApiKey, CannedAnswer, ChatClient, Department, Placement
from allonce.products.chat.models.answers import FIELDS
from allonce.products.chat.services.set_up import Unfit, record

COLOUR_DIGITS = frozenset("0123456789abcdef")
WORDS = {"label": 60, "offline_label": 60, "greeting": 300, "dropin_text": 160}
# A site stands in a header, where a blank or a semicolon would end it. Names in other scripts come as xn--.
HOST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-:[]")
LIMITED = {"dropin_delay": 3600, "dropin_limit": 100, "dropin_span_minutes": 60 * 24 * 30}
CHOSEN = {
    "theme": Placement.Theme,
    "position": Placement.Position,
    "size": Placement.Size,
    "icon": Placement.Icon,
}


@transaction.atomic
def save_placement(
    client: ChatClient, placement: Placement | None, given: Mapping[str, Any], *, actor: Actor
) -> Placement:
    """Make a placement, or change one by name; it shows within half a minute. Raises Unfit. Audited."""
    placement = placement or Placement(account_id=client.account_id)
    for name, value in given.items():
        setattr(placement, name, value)
    placement.title = words.line(placement.title, 80)
    for name, longest in WORDS.items():
        setattr(placement, name, words.line(getattr(placement, name), longest))
    placement.sites = [_origin(each) for each in placement.sites]
    _check(client, placement)
    placement.save()
    record("chat.placement_saved", actor, placement)
    return placement


@transaction.atomic
def hide_placement(placement: Placement, *, actor: Actor) -> None:
    """Take the button off its site, now; its figures stay."""
    Placement.objects.filter(pk=placement.pk).update(hidden_at=now())
    record("chat.placement_hidden", actor, placement)


def _check(client: ChatClient, placement: Placement) -> None:
    wrong = {}
    if not placement.title:
        wrong["title"] = _("Give it a name for your reports.")
    if not (
        placement.colour[:1] == "#"
        and len(placement.colour) == 7
        and set(placement.colour[1:].lower()) <= COLOUR_DIGITS
    ):
        wrong["colour"] = _("Choose a colour, such as #1d5fbf.")
    wrong |= {
        name: _("Choose one of the list.")
        for name, kind in CHOSEN.items()
        if getattr(placement, name) not in kind.values
    }
    wrong |= {name: _("Choose a smaller number.") for name, most in LIMITED.items() if getattr(placement, name) > most}
    department = placement.department
    if department is not None and department.account_id != client.account_id:
        wrong["department"] = _("Choose one of your departments.")
    if wrong:
        raise Unfit(fields=wrong)


def _origin(given: str) -> str:
    """A site as an origin: scheme, host and port. Raises Unfit."""
    address = words.web_address(given if "://" in str(given) else f"https://{given}")
    parts = urlsplit(address)
    host = f"{parts.hostname}:{_port(parts)}" if _port(parts) else parts.hostname
    if not address or parts.netloc.lower() != host or not set(host) <= HOST_LETTERS:
        raise Unfit(fields={"sites": _("Give each site as in https://www.example.com.")})
    return f"{parts.scheme}://{host}"


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None


@transaction.atomic
def save_department(
    client: ChatClient, department: Department | None, title: str, hours: Mapping[str, list[str]], *, actor: Actor
) -> Department:
    """Make or change a department. Raises Unfit or UnfitHours. Audited."""
    from allonce.products.chat.hours import check_week

    check_week(hours, client.zone)
    department = department or Department(account_id=client.account_id)
    department.title, department.hours = words.line(title, 80), dict(hours)
    if not department.title:
        raise Unfit(fields={"title": _("Name the department.")})
    _unique(department, "title", _("There is a department of this name."))
    record("chat.department_saved", actor, department)
    return department


@transaction.atomic
def save_answer(
    client: ChatClient, answer: CannedAnswer | None, given: Mapping[str, Any], *, actor: Actor
) -> CannedAnswer:
    """Make or change a prepared answer: shortcut, title, text, department. Raises Unfit. Audited."""
    answer = answer or CannedAnswer(account_id=client.account_id)
    answer.shortcut = words.line(given.get("shortcut", answer.shortcut), 30).lower()
    answer.title = words.line(given.get("title", answer.title), 80)
    answer.text = words.plain(given.get("text", answer.text if answer.text is not None else ""))
    wrong = {}
    if not answer.shortcut or not all(letter.isalnum() or letter in "-_" for letter in answer.shortcut):
        wrong["shortcut"] = _("Letters, digits and hyphens, such as opening-hours.")
    if not answer.text:
        wrong["text"] = _("Write the answer.")
    elif unknown := [each for each in answer.fields if each not in FIELDS]:
        wrong["text"] = _("There is no field %(name)s. Known are: %(known)s.") % {
            "name": unknown[0],
            "known": ", ".join(FIELDS),
        }
    if wrong:
        raise Unfit(fields=wrong)
    _unique(answer, "shortcut", _("Another answer has this shortcut."))
    record("chat.answer_saved", actor, answer)
    return answer


@transaction.atomic
def delete_answer(client: ChatClient, answer_id: UUID, *, actor: Actor) -> None:
    """Remove a prepared answer. Raises NotFound. Audited."""
    found = CannedAnswer.objects.filter(pk=answer_id, account_id=client.account_id).first()
    if found is None:
        raise NotFound
    record("chat.answer_deleted", actor, found)
    found.delete()


@transaction.atomic
def make_key(client: ChatClient, label: str, *, actor: Actor) -> tuple[ApiKey, str]:
    """A key for the API, and the only showing of it. Audited."""
    secret = secrets.token_urlsafe(32)
    key = ApiKey(account_id=client.account_id, label=words.line(label, 60) or _("Key"), secret_hash=_hash(secret))
    key.made_by_id = actor.id if actor.kind == "person" else None
    key.save(force_insert=True)
    record("chat.key_made", actor, key)
    return key, f"ak_{key.id.hex}_{secret}"


@transaction.atomic
def revoke_key(client: ChatClient, key_id: UUID, *, actor: Actor) -> None:
    """A key that opens nothing any more. Raises NotFound. Audited."""
    if not ApiKey.objects.filter(pk=key_id, account_id=client.account_id).update(revoked_at=now()):
        raise NotFound
    record("chat.key_revoked", actor, ApiKey.objects.get(pk=key_id))


def key_behind(token: str) -> ApiKey | None:
    """The living key that this is; None for anything else. It then is noted as used, to the minute."""
    mark, _sep, rest = token.partition("_")
    key_id, _sep, secret = rest.partition("_")
    if mark != "ak" or len(key_id) != 32 or not secret:
        return None
    try:
        wanted = UUID(key_id)
    except ValueError:
        return None
    with tenancy.across_accounts():
        found = ApiKey.objects.filter(pk=wanted, revoked_at=None, account__ended_at=None).first()
        if found is None or not hmac.compare_digest(found.secret_hash, _hash(secret)):
            return None
        ApiKey.objects.filter(pk=found.pk).update(used_at=now().replace(second=0, microsecond=0))
    return found


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash.
    return hashlib.sha256(secret.encode()).hexdigest()


def _unique(row: Department | CannedAnswer, field: str, message: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Unfit(fields={field: message}) from error
