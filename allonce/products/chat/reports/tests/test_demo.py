"""The demo's month: its tables tell the same story."""

from datetime import timedelta

import pytest

from allonce.kernel.clock import today
from allonce.products.chat import demo as people
from allonce.products.chat.models import ChatClient
from allonce.products.chat.reports import demo
from allonce.products.chat.reports.figures import report
from allonce.products.chat.reports.spans import Span

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_listing_pages_brought_stands_under_their_placement() -> None:
    people.load()
    demo.load()
    client = ChatClient.objects.get(shown_name=demo.DEALER)
    found = report(client, Span(today() - timedelta(days=40), today(), client.zone))
    assert found.tables["source"]["Quayside Motors Index"] == found.tables["placement"]["Listing pages"]
    assert found.tables["source"][demo.DEALER] == found.tables["placement"]["Our own site"]
