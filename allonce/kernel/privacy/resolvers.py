"""How rows are found whose subject no foreign key names."""

from django.contrib.sessions.models import Session

from allonce.kernel.accounts.models import Person, SignInSession
from allonce.kernel.post.sms.models import Incoming
from allonce.kernel.post.sms.taking import meant_accounts
from allonce.kernel.privacy.subjects import Model, Rows, Unresolvable, register_resolver
from allonce.kernel.vault import BlindIndexField, Scope, shared_index
from allonce.kernel.vault.binding import scope_rule


def register_all() -> None:
    """Give the walk what the rooms to the left of privacy declare."""
    register_resolver("account_id", _by_account_id)
    register_resolver("email", _by_email)
    register_resolver("owner", _by_owner)
    register_resolver("scope", _by_scope)
    register_resolver("addressee", _by_addressee)
    register_resolver("session", _by_session)
    register_resolver("texted_account", _by_texted_account)


def _by_account_id(model: Model, scope: Scope) -> Rows | None:
    return model._base_manager.filter(account_id=scope.id) if scope.kind == "account" else None


def _by_owner(model: Model, scope: Scope) -> Rows | None:
    """Rows sealed under the subject's own key, whose id stands in the column that the vault looks at."""
    kind, attribute = scope_rule(model)
    return model._base_manager.filter(**{attribute: scope.id}) if kind == scope.kind else None


def _by_scope(model: Model, scope: Scope) -> Rows | None:
    return model._base_manager.filter(scope_kind=scope.kind, scope_id=scope.id)


def _by_email(model: Model, scope: Scope) -> Rows | None:
    """Rows that name the person by their present address only, found without opening either address."""
    if scope.kind != "person":
        return None
    indexes = [field for field in model._meta.concrete_fields if _is_shared(field)]
    if not indexes:
        raise Unresolvable(f"{model._meta.label} is found by an address and has no shared blind index of one")
    address = address_of(scope)
    return model._base_manager.filter(**{indexes[0].name: address}) if address else model._base_manager.none()


def _by_addressee(model: Model, scope: Scope) -> Rows | None:
    """Letters of the installation, written before their reader had an account."""
    if scope.kind != "person":
        return None
    address = address_of(scope)
    return model._base_manager.filter(address_hash=address) if address else model._base_manager.none()


def _by_session(model: Model, scope: Scope) -> Rows | None:
    """Browser sessions, through the sign-ins that remember which of them carries each."""
    if scope.kind != "person" or not issubclass(model, Session):
        return None
    signed_in = SignInSession.objects.filter(person_id=scope.id).exclude(browser="")
    return model._base_manager.filter(session_key__in=signed_in.values("browser"))


def _by_texted_account(model: Model, scope: Scope) -> Rows | None:
    """Text messages that came in and are not passed on yet, by whom they are meant for: a handful at any time."""
    if scope.kind != "account":
        return None
    meant = [row.pk for row in Incoming.objects.all() if scope.id in meant_accounts(row)]
    return model._base_manager.filter(pk__in=meant)


def address_of(scope: Scope) -> str | None:
    """The index of the person's address; it outlives the key, so that a restored copy is cleared again."""
    person = Person.objects.filter(pk=scope.id).first()
    if person is None:
        return None
    return person.address_index or shared_index("address", person.email)


def _is_shared(field: object) -> bool:
    return isinstance(field, BlindIndexField) and field.shared == "address"
