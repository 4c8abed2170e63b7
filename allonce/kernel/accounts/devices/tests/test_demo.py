import pytest

from allonce.kernel.accounts import demo
from allonce.kernel.accounts.devices.tests.scene import Phone
from allonce.kernel.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_demo_shop_has_amira_and_a_key_and_loads_twice() -> None:
    demo.load()
    demo.load()
    assert User.objects.get(user_id="AM").name == "Amira Malik"
    phone = Phone()
    assert phone.register(demo.SHOP_EMAIL, "AM").status_code == 201
    assert phone.sync().json()["keys"]["generation"] == 1
