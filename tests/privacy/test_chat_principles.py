"""Chat's page of principles against the register of promises."""

import pytest
from django.test import Client
from django.urls import reverse

from allonce.products.chat.portal.views.public import PRINCIPLES
from allonce.project.promises.register import register

pytestmark = pytest.mark.django_db


@pytest.mark.promise("CHAT-ENFORCEMENT")
def test_each_principle_names_a_promise_of_the_register_and_a_page_that_opens() -> None:
    assert {each.promise for each in PRINCIPLES} <= register().ids
    for each in PRINCIPLES:
        assert Client().get(reverse(each.url_name)).status_code == 200, each.code
