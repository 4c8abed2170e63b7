"""The foreign sites of the demo: one line of markup each, and nothing else that comes from anywhere else."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from allonce.products.chat.sites.cars import BODIES, CARS
from allonce.products.chat.sites.pages import Sites

ALLONCE, OWN = "http://localhost:8800", "http://127.0.0.1:8803"


async def get(path: str, query: str = "") -> tuple[int, dict[str, str], str]:
    """Status, headers and body of one page."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:8803")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers}
    await Sites(ALLONCE, OWN).app(["127.0.0.1"])(scope, receive, send)
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, sent[-1]["body"].decode()


def scripts_of(page: str) -> list[str]:
    return re.findall(r"<script.*?</script>", page)


@pytest.mark.promise("CHAT-LAUNCH")
@pytest.mark.parametrize("car", CARS, ids=lambda car: str(car.number))
async def test_each_listing_has_one_line_that_names_its_merchant_and_its_car(car: Any) -> None:
    _status, _headers, page = await get(f"/cars/{car.number}")
    [line] = scripts_of(page)
    assert f'src="{ALLONCE}/w/demo-quayside-index.js?m={car.dealer.number}"' in line
    assert f'data-listing-id="{car.number}"' in line
    assert f'data-listing-url="{OWN}/cars/{car.number}"' in line


async def test_the_dealers_own_pages_name_no_merchant_because_there_is_but_one() -> None:
    for path in ("/fenwick/", "/fenwick/cars/7"):
        _status, _headers, page = await get(path)
        [line] = scripts_of(page)
        assert f'src="{ALLONCE}/w/demo-fenwick-cars.js"' in line


async def test_a_site_lets_in_scripts_and_frames_of_one_origin_and_loads_nothing_else() -> None:
    for path in ("/", "/cars/7", "/fenwick/"):
        _status, headers, page = await get(path)
        assert f"script-src {ALLONCE}; frame-src {ALLONCE}; connect-src 'none'" in headers["content-security-policy"]
        loaded = re.findall(r'(?:src|href)="(http[^"]+)"', re.sub(r"<a .*?>|<pre.*?</pre>", "", page, flags=re.DOTALL))
        assert {address.partition("/w/")[0] for address in loaded} <= {ALLONCE}


async def test_a_search_finds_what_has_all_words_and_says_when_nothing_has() -> None:
    _status, _headers, page = await get("/", "q=electric+green")
    assert "Corrie Electric" in page
    assert "Packhorse" not in page
    _status, _headers, page = await get("/", "q=<script>")
    assert "No car here fits these words" in page
    assert "<script>" not in page


async def test_what_is_not_sold_is_not_found() -> None:
    for path in ("/cars/99", "/fenwick/cars/21", "/pictures/0.svg", "/etc/passwd"):
        status, _headers, _page = await get(path)
        assert status == 404


@pytest.mark.parametrize("car", CARS, ids=lambda car: str(car.number))
async def test_each_car_is_drawn(car: Any) -> None:
    status, headers, drawing = await get(f"/pictures/{car.number}.svg")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert ElementTree.fromstring(drawing).attrib["aria-label"] == car.name
    assert car.body in BODIES
