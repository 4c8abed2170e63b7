"""The pages of both sites. They know nothing of Allonce but one line of markup."""

import html
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string

from allonce.kernel.post.mailbox.http import App, Request, Response, not_found
from allonce.products.chat.demo import FENWICK as FENWICK_KEY
from allonce.products.chat.demo import QUAYSIDE as QUAYSIDE_KEY
from allonce.products.chat.sites.cars import CARS, FENWICK, Car, car_numbered

LOOK = Path(__file__).with_name("site.css")
Page = Callable[..., Awaitable[Response]]


@dataclass(frozen=True)
class Sites:
    """Both sites; `allonce` is the origin of the installation that they chat through, `own` is theirs."""

    allonce: str
    own: str

    def app(self, hosts: list[str]) -> App:
        """As a web server runs it."""
        routes: list[tuple[str, str, Page]] = [
            ("GET", "/", self.index),
            ("GET", r"/cars/(\d+)", self.listed),
            ("GET", "/fenwick/", self.dealer),
            ("GET", r"/fenwick/cars/(\d+)", self.own_car),
            ("GET", r"/pictures/(\d+)\.svg", self.picture),
            ("GET", r"/site\.css", self.look),
        ]
        return App(routes, hosts)

    async def index(self, request: Request) -> Response:
        """All cars, or those in whose name the words searched for stand."""
        asked = request.query.get("q", "")
        found = [car for car in CARS if all(word in _searchable(car) for word in asked.lower().split())]
        shown = [(car, self.open_link(QUAYSIDE_KEY, car)) for car in found]
        return self._page("index", {"cars": shown, "asked": asked, "site": "quayside"})

    async def listed(self, _request: Request, number: str) -> Response:
        """One car on the index, with the chat of the dealer who sells it."""
        car = car_numbered(int(number))
        return self._car(car, "quayside", self.line(QUAYSIDE_KEY, car)) if car else not_found()

    async def dealer(self, _request: Request) -> Response:
        """Fenwick Cars' front page."""
        cars = [car for car in CARS if car.dealer is FENWICK]
        return self._page("dealer", {"cars": cars, "site": "fenwick", "line": self.line(FENWICK_KEY, None)})

    async def own_car(self, _request: Request, number: str) -> Response:
        """One car on its dealer's own site."""
        car = car_numbered(int(number))
        if car is None or car.dealer is not FENWICK:
            return not_found()
        return self._car(car, "fenwick", self.line(FENWICK_KEY, car))

    async def picture(self, _request: Request, number: str) -> Response:
        """A car's drawing."""
        car = car_numbered(int(number))
        if car is None:
            return not_found()
        open_to_all = {"cross-origin-resource-policy": "cross-origin", "cache-control": "public, max-age=3600"}
        return Response(car.drawing.encode(), "image/svg+xml", headers=open_to_all)

    async def look(self, _request: Request) -> Response:
        """The style sheet of both sites."""
        return Response(LOOK.read_bytes(), "text/css; charset=utf-8")

    def line(self, key: str, car: Car | None) -> str:
        """The one line of markup: the placement, on an index the Merchant, and what is listed on the page."""
        listed = key == QUAYSIDE_KEY and car is not None
        address = f"{self.allonce}/w/{key}.js" + (f"?m={car.dealer.number}" if listed and car else "")
        about = self._about(key, car) if car else {}
        data = "".join(f' data-listing-{name}="{html.escape(value)}"' for name, value in about.items())
        return f'<script async src="{html.escape(address)}"{data}></script>'

    def open_link(self, key: str, car: Car) -> str:
        """Opens the same chat as a page of its own, as from a mail or a code to scan."""
        named = {f"listing-{name}": value for name, value in self._about(key, car).items()}
        return f"{self.allonce}/w/{key}/open?{urlencode({'m': car.dealer.number, **named})}"

    def _about(self, key: str, car: Car) -> dict[str, str]:
        base = self.own if key == QUAYSIDE_KEY else f"{self.own}/fenwick"
        return {
            "id": str(car.number),
            "title": car.name,
            "price": car.price_text,
            "url": f"{base}/cars/{car.number}",
            "image": f"{self.own}/pictures/{car.number}.svg",
        }

    def _car(self, car: Car, site: str, line: str) -> Response:
        others = [other for other in CARS if other.dealer is car.dealer and other is not car]
        return self._page("listing", {"car": car, "cars": others, "site": site, "line": line})

    def _page(self, name: str, shown: dict[str, Any]) -> Response:
        body = render_to_string(f"chat/sites/{name}.html", {"line": "", **shown, "allonce": self.allonce})
        policy = (
            f"default-src 'self'; script-src {self.allonce}; frame-src {self.allonce}; connect-src 'none'; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        headers = {"content-security-policy": policy, "referrer-policy": "strict-origin-when-cross-origin"}
        return Response(body.encode(), headers=headers)


def _searchable(car: Car) -> str:
    return f"{car.name} {car.body} {car.fuel} {car.gearbox} {car.dealer.name}".lower()
