"""The second wall. Runs in `make test-scale`, where the database is PostgreSQL and the role an ordinary one."""

import pytest
from django.db import ProgrammingError, connection, transaction

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import Account, Invitation, Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.row_security import protected_tables
from allonce.kernel.accounts.tests import people

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.promise("SEC-TENANCY"),
    pytest.mark.engine("postgresql"),
]


def test_a_request_that_opened_no_account_sees_none() -> None:
    people.owner()
    with tenancy.within_request():
        assert not Account.objects.exists()
        assert not Membership.objects.exists()


def test_an_opened_account_is_all_that_can_be_seen() -> None:
    harbour, bayside = people.owner(), people.owner("Bayside Blinds", "Ben Bay")
    with tenancy.within_request():
        tenancy.open_account(harbour.account.id)
        assert list(Account.objects.values_list("id", flat=True)) == [harbour.account.id]
        assert not Membership.objects.filter(account_id=bayside.account.id).exists()


def test_rows_of_another_account_cannot_be_changed_or_written() -> None:
    harbour, bayside = people.owner(), people.owner("Bayside Blinds", "Ben Bay")
    with tenancy.within_request():
        tenancy.open_account(harbour.account.id)
        assert Membership.objects.filter(account_id=bayside.account.id).update(role=Role.VIEWER) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Membership.objects.create(account_id=bayside.account.id, person=harbour.person, role=Role.OWNER)
        # Asking for nothing back, so that writing alone is refused.
        smuggled = (
            "INSERT INTO accounts_membership (account_id, person_id, role, created_at) VALUES (%s, %s, %s, now())"
        )
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(smuggled, [bayside.account.id, harbour.person.id, Role.OWNER])


def test_work_across_accounts_says_so_and_ends() -> None:
    people.owner()
    with tenancy.within_request():
        with tenancy.across_accounts():
            assert Account.objects.exists()
        assert not Account.objects.exists()


def test_work_outside_requests_goes_on_seeing_every_account() -> None:
    harbour, bayside = people.owner(), people.owner("Bayside Blinds", "Ben Bay")
    tenancy.open_account(harbour.account.id)
    assert Account.objects.filter(id=bayside.account.id).exists()


def test_a_connection_that_says_nothing_sees_nothing() -> None:
    people.owner()
    with connection.cursor() as cursor:
        cursor.execute("RESET allonce.account")
        cursor.execute("SELECT count(*) FROM accounts_account")
        row = cursor.fetchone()
        cursor.execute("SELECT set_config('allonce.account', '*', false)")
    assert row == (0,)


def test_the_setting_is_forgotten_when_the_request_ends() -> None:
    harbour = people.owner()
    assert harbour.client.get("/account/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('allonce.account')")
        assert cursor.fetchone() == ("*",)


def test_every_table_with_an_account_is_protected_and_binds_its_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        bound = {name for (name,) in cursor.fetchall()}
    assert set(protected_tables()) <= bound
    assert Invitation._meta.db_table in bound
