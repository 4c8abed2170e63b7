"""Passkeys: making, using, naming and removing them. The ceremonies themselves are py_webauthn's."""

import json
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from allonce.kernel import audit
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.keys.services.holders import retire_passkey
from allonce.kernel.accounts.models import Passkey, Person
from allonce.kernel.accounts.services import traces
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError

CHALLENGE_KEY = "passkey_challenge"
GREATEST = 20
NAME_LENGTH = 60


class PasskeyRefused(UserError):
    """The browser's answer does not prove possession of a passkey that is known here."""

    code = "passkey_refused"
    status = 403
    message = gettext_lazy("That passkey was not accepted. Try again, or sign in with your password.")


class UnableToAddPasskey(UserError):
    """No more passkeys, or this one is known already."""

    code = "unable_to_add_passkey"


def registration_options(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What `navigator.credentials.create` needs; asks for the `prf` extension, so that the passkey can
    also hold the account's key."""
    if person.passkeys.count() >= GREATEST:
        raise UnableToAddPasskey(gettext_lazy("Remove a passkey first: twenty are the most."))
    options = generate_registration_options(
        rp_id=_rp_id(request),
        rp_name="Allonce",
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name,
        exclude_credentials=_descriptors(person),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return _offered(request, options.challenge, options_to_json(options))


@transaction.atomic
def register(request: HttpRequest, person: Person, answer: dict[str, Any], name: str, *, actor: Actor) -> Passkey:
    """Keep the passkey that the browser made; raises PasskeyRefused or UnableToAddPasskey. Audited."""
    try:
        proved = verify_registration_response(
            credential=answer,
            expected_challenge=_taken_challenge(request),
            expected_rp_id=_rp_id(request),
            expected_origin=_origin(request),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    passkey = Passkey(
        person=person,
        name=name.strip()[:NAME_LENGTH] or "Passkey",
        credential_id=bytes_to_base64url(proved.credential_id),
        public_key=proved.credential_public_key,
        sign_count=proved.sign_count,
        backed_up=proved.credential_backed_up,
        transports=_transports(answer),
        prf=_says_prf(answer),
    )
    _save_new(passkey)
    _record("passkey.added", passkey, actor)
    return passkey


def authentication_options(request: HttpRequest, person: Person | None) -> dict[str, Any]:
    """What `navigator.credentials.get` needs; without a person any passkey found on the device will do."""
    options = generate_authentication_options(
        rp_id=_rp_id(request),
        allow_credentials=_descriptors(person) if person is not None else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _offered(request, options.challenge, options_to_json(options))


def prove(request: HttpRequest, answer: dict[str, Any], *, person: Person | None = None) -> Passkey:
    """The passkey whose possession the answer proves, of this person if one is named; else PasskeyRefused."""
    challenge = _taken_challenge(request)
    passkey = Passkey.objects.filter(credential_id=str(answer.get("id", ""))).select_related("person").first()
    if passkey is None or not passkey.person.is_active or (person is not None and passkey.person_id != person.id):
        raise PasskeyRefused
    try:
        proved = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(request),
            expected_origin=_origin(request),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    Passkey.objects.filter(pk=passkey.pk).update(sign_count=proved.new_sign_count, last_used_at=now())
    return passkey


@transaction.atomic
def rename(person: Person, passkey_id: UUID, name: str, *, actor: Actor) -> None:
    """Call a passkey something its owner recognises; NotFound for anybody else's. Audited."""
    passkey = _own(person, passkey_id)
    passkey.name = name.strip()[:NAME_LENGTH] or passkey.name
    passkey.save(update_fields=["name"])
    _record("passkey.renamed", passkey, actor)


@transaction.atomic
def remove(person: Person, passkey_id: UUID, *, actor: Actor) -> None:
    """Forget a passkey; the second factor goes with the last one. NotFound for anybody else's. Audited."""
    passkey = _own(person, passkey_id)
    _record("passkey.removed", passkey, actor)
    with tenancy.across_accounts():
        retire_passkey(passkey.credential_id, actor=actor)
    passkey.delete()
    if person.second_factor and not person.passkeys.exists():
        set_second_factor(person, wanted=False, actor=actor)


@transaction.atomic
def set_second_factor(person: Person, *, wanted: bool, actor: Actor) -> None:
    """Ask for a passkey after the password, or no longer; needs a passkey. Audited."""
    if wanted and not person.passkeys.exists():
        raise UnableToAddPasskey(gettext_lazy("Add a passkey first."))
    person.second_factor = wanted
    person.save(update_fields=["second_factor"])
    action = "second_factor.on" if wanted else "second_factor.off"
    audit.record(
        action, actor=actor, account_id=traces.account_of(actor), target=f"accounts.Person:{person.id}", data={}
    )


def _known(credential_id: str) -> Passkey | None:
    living = Passkey.objects.filter(credential_id=credential_id, person__suspended_at=None)
    return living.select_related("person").first()


def _own(person: Person, passkey_id: UUID) -> Passkey:
    passkey = Passkey.objects.filter(person=person, pk=passkey_id).first()
    if passkey is None:
        raise NotFound
    return passkey


def _save_new(passkey: Passkey) -> None:
    try:
        with transaction.atomic():
            passkey.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToAddPasskey(gettext_lazy("This passkey is known here already.")) from error


def _offered(request: HttpRequest, challenge: bytes, options: str) -> dict[str, Any]:
    request.session[CHALLENGE_KEY] = bytes_to_base64url(challenge)
    offered: dict[str, Any] = json.loads(options)
    # The page fills in what the extension is to be evaluated for; see docs/job-file.md.
    offered["extensions"] = {"prf": {}}
    return offered


def _taken_challenge(request: HttpRequest) -> bytes:
    """The challenge offered to this browser; it serves once."""
    challenge = request.session.pop(CHALLENGE_KEY, None)
    if challenge is None:
        raise PasskeyRefused
    return base64url_to_bytes(challenge)


def _descriptors(person: Person) -> list[PublicKeyCredentialDescriptor]:
    ids = person.passkeys.values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in ids]


def _transports(answer: dict[str, Any]) -> list[str]:
    given = answer.get("response", {}).get("transports", [])
    known = {"usb", "nfc", "ble", "internal", "hybrid", "smart-card"}
    return sorted(known.intersection(str(each) for each in given)) if isinstance(given, list) else []


def _says_prf(answer: dict[str, Any]) -> bool:
    """Whether the browser says that this passkey can hold keys. Only its owner could gain by lying."""
    results = answer.get("clientExtensionResults")
    prf = results.get("prf") if isinstance(results, dict) else None
    return bool(prf.get("enabled")) if isinstance(prf, dict) else False


def _rp_id(request: HttpRequest) -> str:
    return request.get_host().split(":")[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _record(action: str, passkey: Passkey, actor: Actor) -> None:
    audit.record(
        action, actor=actor, account_id=traces.account_of(actor), target=f"accounts.Passkey:{passkey.id}", data={}
    )
