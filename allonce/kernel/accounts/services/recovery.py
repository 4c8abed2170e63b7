"""Codes with which a person gets in when their passkey is lost."""

import secrets

from django.db import transaction

from allonce.kernel import audit, vault
from allonce.kernel.accounts.models import Person, RecoveryCode
from allonce.kernel.accounts.services import traces
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
COUNT = 8
LENGTH = 10


@transaction.atomic
def renew(person: Person, *, actor: Actor) -> list[str]:
    """New codes, shown once; the old ones stop working. Audited."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT)]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, code_hash=_hash(person, code)) for code in codes)
    target = f"accounts.Person:{person.id}"
    audit.record("recovery_codes.renewed", actor=actor, account_id=traces.account_of(actor), target=target, data={})
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def use(person: Person, code: str) -> bool:
    """Use a code up; False when it is not one of the person's unused codes."""
    unused = RecoveryCode.objects.filter(person=person, used_at=None, code_hash=_hash(person, _bare(code)))
    return bool(unused.update(used_at=now()))


def left(person: Person) -> int:
    """How many codes are still unused."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def _hash(person: Person, code: str) -> str:
    return vault.keyed_hash(vault.Scope("person", person.id), "recovery-code", code)
