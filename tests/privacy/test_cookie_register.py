"""No page of any room or product sets a cookie that nobody registered."""

import pytest
from django.test import Client

from allonce.kernel.accounts.tests import people
from allonce.kernel.legal.marketing import cookies
from tests.tenancy.addresses import every_address

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def pages() -> list[str]:
    """Every page without parameters."""
    return ["/" + each.route for each in every_address() if not each.parameters()]


@pytest.mark.promise("PRIV-COOKIES")
def test_every_cookie_that_any_page_sets_stands_in_the_register() -> None:
    olivia, sam = people.owner(), people.staff()
    strange = {
        (path, name)
        for who in (None, olivia, sam)
        for path in pages()
        if path not in {"/sign-out/"}
        for name in (who.client if who else Client()).get(path).cookies
        if not cookies.known_cookie(name)
    }
    assert not strange, f"register these in known_cookies.py or in your apps.py: {strange}"
