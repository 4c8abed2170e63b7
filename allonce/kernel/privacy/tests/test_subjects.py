"""Every declaration leads to rows, and never to somebody else's."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session

from allonce.kernel import post
from allonce.kernel.accounts.models import Invitation, Membership, Person, SignInSession, SignUpRequest
from allonce.kernel.accounts.services import tokens
from allonce.kernel.accounts.tests import people
from allonce.kernel.clock import now
from allonce.kernel.declarations import Declaration, declarations
from allonce.kernel.post.models import InstallContent, OutboxMail
from allonce.kernel.privacy import subjects
from allonce.kernel.vault import INSTALL, Scope
from tests.probe.models import Letter, Penfriend

pytestmark = pytest.mark.django_db
DECLARED = [declared for declared in declarations.values() if subjects.personal_fields(declared)]


@pytest.fixture
def _declarations_stay() -> Iterator[None]:
    kept = dict(declarations)
    yield
    declarations.clear()
    declarations.update(kept)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.model)
def test_every_table_with_personal_data_leads_to_rows_of_somebody(declared: Declaration) -> None:
    model = {model._meta.label: model for model, _declared in subjects.declared_models()}[declared.model]
    kinds = subjects.kinds_of(model)
    assert kinds, f"{declared.model} holds personal data of nobody"
    for kind in kinds:
        rows = subjects.rows_of(model, Scope(kind, uuid4()))
        assert rows is not None
        assert list(rows) == []


def test_rows_found_by_address_and_by_browser_are_the_persons_own() -> None:
    olivia, ben = people.owner(), people.owner("Bayside Blinds", "Ben Hall")
    for who in (olivia, ben):
        tokens.issue_sign_up(who.person.email.upper())
        post.send(post.Mail(scope=INSTALL, kind="t", to=who.person.email, subject="s", text="t"))
        Invitation(account=ben.account, email=who.person.email, role="viewer", expires_at=now()).save()
    scope = Scope("person", olivia.person.id)
    for model in (SignUpRequest, InstallContent, Invitation, SignInSession, Membership, Person):
        rows = subjects.rows_of(model, scope)
        assert rows is not None
        assert len(rows) == 1, model
    sessions = subjects.rows_of(Session, scope)
    assert sessions is not None
    assert sessions.get().get_decoded()["sign_in_session"] == SignInSession.objects.get(person=olivia.person).id.hex


def test_rows_under_a_key_and_rows_by_scope_are_found() -> None:
    account, person = uuid4(), uuid4()
    Letter.objects.create(account_id=account, subject="x")
    Penfriend.objects.create(id=person, email="pen@example.org")
    post.send(post.Mail(scope=Scope("person", person), kind="t", to="a@b.example", subject="s", text="t"))
    assert subjects.rows_of(Letter, Scope("account", account)).count() == 1  # type: ignore[union-attr]
    assert subjects.rows_of(Letter, Scope("person", account)) is None
    assert subjects.rows_of(Penfriend, Scope("person", person)).count() == 1  # type: ignore[union-attr]
    assert subjects.rows_of(OutboxMail, Scope("person", person)).count() == 1  # type: ignore[union-attr]


def test_what_hangs_on_an_account_is_found_though_it_is_about_nobody() -> None:
    olivia = people.owner()
    hanging = {held.model._meta.label for held in subjects.hanging_on(olivia.account.id)}
    assert {"accounts.Membership", "accounts.Entitlement", "catalogue.Catalogue", "catalogue.Part"} <= hanging
    assert "accounts.User" not in hanging, "it is found as the account's own"


@pytest.mark.usefixtures("_declarations_stay")
@pytest.mark.parametrize(("label", "subject"), [("probe.Letter", "@nobody"), ("audit.Look", "staff_id")])
def test_a_subject_that_nobody_can_find_is_an_error(label: str, subject: str) -> None:
    declarations[label] = replace(declarations[label], subject=subject)
    with pytest.raises(subjects.Unresolvable):
        subjects.held_about(Scope("account", UUID(int=1)))
