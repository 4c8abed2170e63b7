import pytest

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.declarations import evidence_for
from allonce.kernel.legal.marketing.models import Preference
from allonce.kernel.legal.marketing.purposes import ALL
from allonce.kernel.legal.marketing.services import preferences
from allonce.kernel.legal.marketing.tests.scene import agree, said

pytestmark = pytest.mark.django_db
CLAIMED = ["PRIV-COOKIES", "PRIV-ANONYMOUS-SITE", "PRIV-OPT-IN-LIST", "PRIV-UNSUBSCRIBE-CHANNELS", "NOTIFY-CHOICE"]


@pytest.mark.parametrize("promise", CLAIMED)
def test_each_promise_is_spoken_for_and_names_nobody(promise: str, olivia: Inhabitant) -> None:
    preferences.stop(agree(olivia.person), ALL, said())
    found = evidence_for(promise)
    assert found
    assert all(each.holds is not False for each in found)
    assert not any(olivia.person.email in str(each.says) or olivia.person.name in str(each.says) for each in found)


def test_a_basis_that_stands_against_an_objection_would_be_told(olivia: Inhabitant) -> None:
    contact = agree(olivia.person)
    preferences.stop(contact, ALL, said())
    Preference.objects.filter(contact=contact).update(basis="consent")
    assert any(each.holds is False for each in evidence_for("PRIV-OPT-IN-LIST"))
