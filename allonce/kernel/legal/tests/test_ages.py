"""Nobody below the least age gets in, and nothing of the attempt is kept."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.accounts.models import Account, Invitation, Person, SignUpRequest
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import tokens
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import today
from allonce.kernel.jobs import run_due
from allonce.kernel.legal.ages import RULES, TooYoung, has_reached, least_age, require_age

pytestmark = pytest.mark.django_db
EMAIL = "young@shop.example"
NAME, SHOP = "Yara Young", "Young Shop"


def years_ago(years: int, days: int = 0) -> date:
    day = today()
    return day.replace(year=day.year - years) + timedelta(days=days)


def answers(birth: date) -> dict[str, str]:
    return {"name": NAME, "account_name": SHOP, "password": PASSWORD, "birth_date": birth.isoformat()}


def everything_stored() -> str:
    """All columns of all rows, opened: what an encrypted field hides counts too."""
    rows = [row for model in apps.get_models() for row in model._base_manager.all()]
    return " ".join(str(getattr(row, field.attname)) for row in rows for field in row._meta.concrete_fields)


def raw_tables() -> str:
    """All tables as they lie in the database, whether a model knows them or not."""
    found = []
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found.append(repr(cursor.fetchall()))
    return " ".join(found)


@pytest.mark.promise("LEGAL-AGE")
def test_somebody_of_fifteen_can_sign_up_to_a_field_service() -> None:
    token = tokens.issue_sign_up(EMAIL)
    answer = Client().post(f"/sign-up/{token}/", answers(years_ago(16, days=1)))
    assert answer.status_code == 403
    assert "You must be 16 or older to use this service." in answer.content.decode()
    assert not Person.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.promise("LEGAL-AGE")
def test_something_of_a_refused_attempt_is_kept() -> None:
    Client().post("/sign-up/", {"email": EMAIL})
    run_due()
    token = tokens.sign("sign-up", SignUpRequest.objects.get().id)
    birth = years_ago(12)
    answer = Client().post(f"/sign-up/{token}/", answers(birth))
    assert answer.status_code == 403
    page = answer.content.decode()
    for secret in (EMAIL, NAME, SHOP, birth.isoformat()):
        assert secret not in page
        assert secret not in everything_stored()
        assert secret not in raw_tables()
    assert Entry.objects.get(action="sign_up.refused").data == {"reason": "too_young"}
    assert Client().get(f"/sign-up/{token}/").status_code == 410


@pytest.mark.promise("LEGAL-AGE")
def test_the_birth_date_of_somebody_old_enough_is_kept() -> None:
    token = tokens.issue_sign_up(EMAIL)
    birth = date(1979, 3, 17)
    assert Client().post(f"/sign-up/{token}/", answers(birth)).status_code == 302
    assert Person.objects.count() == 1
    for spelling in ("1979-03-17", "17 Mar 1979", "1979, 3, 17"):
        assert spelling not in everything_stored()
        assert spelling not in raw_tables()


@pytest.mark.promise("LEGAL-AGE")
def test_somebody_too_young_can_join_by_an_invitation(olivia: Inhabitant) -> None:
    olivia.client.post("/account/people/", {"email": EMAIL, "role": Role.OFFICE})
    invitation = Invitation.objects.get()
    run_due()
    path = f"/invitation/{tokens.sign('invite', invitation.id)}/"
    assert Client().post(path, answers(years_ago(10))).status_code == 403
    assert not Invitation.objects.exists()
    assert Person.objects.count() == 1
    assert EMAIL not in everything_stored()


def test_somebody_cannot_sign_up_on_their_sixteenth_birthday() -> None:
    token = tokens.issue_sign_up(EMAIL)
    assert Client().post(f"/sign-up/{token}/", answers(years_ago(16))).status_code == 302


@pytest.mark.parametrize("birth", ["", "2999-01-01", "1800-01-01", "yesterday"])
def test_a_slip_of_the_finger_costs_the_attempt(birth: str) -> None:
    token = tokens.issue_sign_up(EMAIL)
    given_ = answers(years_ago(20)) | {"birth_date": birth}
    assert Client().post(f"/sign-up/{token}/", given_).status_code == 422
    assert SignUpRequest.objects.exists()


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.sampled_from([16, 18]))
def test_an_age_is_reached_on_another_day_than_the_birthday(birth: date, years: int) -> None:
    day = date(birth.year + years, 3, 1) if (birth.month, birth.day) == (2, 29) else birth
    try:
        birthday = day.replace(year=birth.year + years)
        if (birth.month, birth.day) == (2, 29):
            birthday = birth.replace(year=birth.year + years)
    except ValueError:
        birthday = day
    assert has_reached(birth, years, birthday)
    assert not has_reached(birth, years, birthday - timedelta(days=1))


@pytest.mark.promise("LEGAL-AGE")
@pytest.mark.parametrize(("service", "years"), [("field", 16), ("dating", 18)])
def test_a_service_lets_somebody_in_a_day_too_early(service: str, years: int) -> None:
    require_age(service, years_ago(years))
    with pytest.raises(TooYoung):
        require_age(service, years_ago(years, days=1))


def test_a_rule_without_a_day_or_a_source() -> None:
    assert all(rule.since <= today() and rule.source for rule in RULES)
    with pytest.raises(KeyError):
        least_age("unknown")
    with pytest.raises(KeyError):
        least_age("field", on=date(2020, 1, 1))
