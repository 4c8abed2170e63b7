from io import BytesIO

import pytest
from PIL import Image

from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.pictures import set_picture
from allonce.products.catalogue.services.publish import publish
from allonce.products.catalogue.tests.scene import make_product
from allonce.products.quoting.demo import BRAND, draw_logo
from allonce.products.quoting.documents.store import save_brand, save_logo
from allonce.project.backup.account import sealed
from allonce.project.backup.account.tests.files import owner_access


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "LOG_N", 8)


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    """A shop with two published versions, a draft beyond them, a picture, a letterhead, two users, a colleague."""
    who = people.owner()
    access = owner_access(who)
    product = make_product(access)
    publish(access, draft_of(access).catalogue.revision)
    set_picture(access, product, ("Cedar", "Teak"), _picture())
    publish(access, draft_of(access).catalogue.revision)
    make_product(access, "Vertical")
    save_brand(access, BRAND)
    save_logo(access, draw_logo())
    add_user(access, UserDetails("AM", "Anna Moor", 500))
    add_user(access, UserDetails("ZZ", "Zoë Zest", 0))
    people.colleague(who, Role.OFFICE)
    return who


@pytest.fixture
def ben(db: None) -> Inhabitant:
    """Somebody with an account in which nothing stands yet."""
    return people.owner("Bayside Blinds", "Ben Bay")


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(file, "PNG")
    return file.getvalue()
