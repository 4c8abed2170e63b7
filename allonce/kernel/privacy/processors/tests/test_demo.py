import pytest

from allonce.kernel.accounts.models import Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.privacy.processors import queries
from allonce.kernel.privacy.processors.demo import load

pytestmark = pytest.mark.django_db


def test_the_demo_shows_some_however_often_it_is_filled(sam: Inhabitant) -> None:
    staff = people.person("staff@allonce.example", "Sam Reed")
    Membership.objects.create(account=sam.account, person=staff, role=Role.OWNER)
    for _ in range(2):
        load()
    assert [queries.standing(each) for each in queries.latest()] == ["current", "ending"]
