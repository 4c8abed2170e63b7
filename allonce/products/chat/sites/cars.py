"""Made-up cars of made-up makers, and how each is drawn."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from allonce.products.chat.demo import BAYSIDE_NUMBER, FENWICK_NUMBER


@dataclass(frozen=True)
class Dealer:
    """A Merchant as the index lists it, under the index's own number for it."""

    number: str
    name: str
    place: str


FENWICK = Dealer(FENWICK_NUMBER, "Fenwick Cars", "4 Quay Road, Littleport")
BAYSIDE = Dealer(BAYSIDE_NUMBER, "Bayside Motors", "Harbour Way, Saltmouth")


@dataclass(frozen=True)
class Car:
    """One listing. Price in whole pounds, mileage in miles; `body` names a drawing in `BODIES`."""

    number: int
    dealer: Dealer
    year: int
    title: str
    paint: str
    colour: str
    body: str
    price: int
    miles: int
    fuel: str
    gearbox: str
    story: str

    @property
    def name(self) -> str:
        return f"{self.year} {self.title}, {self.paint}"

    @property
    def price_text(self) -> str:
        return f"£{self.price:,}"

    @property
    def miles_text(self) -> str:
        return f"{self.miles:,}"

    @property
    def drawing(self) -> str:
        """The car as an SVG picture."""
        roof, glass, pillars = BODIES[self.body]
        shown = {"car": self, "roof": roof, "glass": glass, "pillars": pillars}
        return render_to_string("chat/sites/car.svg", shown)


# For each body: the outline above the sills, the glass, and the pillars between the windows.
BODIES = {
    "hatchback": (
        "M22 118 26 96c2-9 10-14 22-17l36-7 32-27c7-6 15-8 25-8h60c14 0 24 4 32 13l34 31 22 6c9 3 13 9 13 18v13z",
        "M101 74l27-22c4-4 9-5 15-5h22v27zM174 47h28c9 0 16 3 22 9l17 18h-67z",
        "M168 47v71M238 74v44",
    ),
    "estate": (
        "M18 118 22 97c2-9 10-14 22-17l40-8 34-27c7-6 15-8 25-8h104c10 0 17 3 22 11l16 30 12 5c7 3 10 9 10 18v17z",
        "M103 74l28-22c4-4 9-5 15-5h16v27zM171 47h40v27h-40zM220 47h27c6 0 10 2 13 7l10 20h-50z",
        "M166 47v71M216 47v71",
    ),
    "saloon": (
        "M14 118 18 99c2-9 10-14 22-17l46-9 36-27c7-6 15-8 25-8h46c12 0 22 4 31 11l34 26 42 6c10 2 14 8 14 17v20z",
        "M106 74l28-21c4-3 9-5 15-5h18v26zM176 48h17c9 0 16 3 23 8l22 18h-62z",
        "M171 48v70M232 74v44",
    ),
    "suv": (
        "M20 116 23 88c1-9 8-14 20-16l42-7 28-27c7-6 15-9 25-9h92c13 0 22 4 28 14l18 26 16 7c7 3 10 9 10 18v22z",
        "M102 68l24-24c4-4 9-5 15-5h18v29zM168 39h42v29h-42zM219 39h14c8 0 13 3 17 9l12 20h-43z",
        "M163 39v77M214 39v77",
    ),
    "van": (
        "M18 118 21 88c1-9 7-14 17-18l28-9 22-28c5-7 12-10 21-10h166c12 0 18 6 18 18v60c0 12-3 17-3 17z",
        "M78 64l17-22c3-4 7-6 12-6h26v28z",
        "M138 30v88M214 30v88",
    ),
    "convertible": (
        "M16 118 20 97c2-9 10-14 22-17l52-6 62 2 64-8 40 6c12 2 24 6 31 12l8 7c5 5 7 10 7 16v9z",
        "M104 74 138 48c3-2 6-2 8 1l8 25z",
        "M160 76v42M214 74v44",
    ),
}

CARS = [
    Car(7, FENWICK, 2022, "Morrow Estate", "blue", "#2f6f9f", "estate", 14_950, 21_400, "Petrol", "Manual",
        "One owner, both keys, serviced here each year. The boot takes two bicycles without a wheel taken off."),
    Car(8, FENWICK, 2020, "Tern 1.2", "red", "#b5382f", "hatchback", 8_995, 33_900, "Petrol", "Manual",
        "A first car with a small insurance group and new tyres all round."),
    Car(9, FENWICK, 2023, "Corrie Electric", "green", "#3c7d5a", "suv", 26_400, 9_800, "Electric", "Automatic",
        "268 miles on a charge when new, tested here at 261. The cable and a home charger come along."),
    Car(21, BAYSIDE, 2019, "Alder Saloon", "silver", "#8d98a3", "saloon", 12_250, 41_200, "Diesel", "Automatic",
        "A quiet motorway car, leather inside, towed nothing."),
    Car(22, BAYSIDE, 2021, "Packhorse Van", "white", "#dfe3e6", "van", 17_800, 52_000, "Diesel", "Manual",
        "Ply-lined, with a roof rack, from a joiner who retired. VAT is included."),
    Car(23, BAYSIDE, 2018, "Sprig Roadster", "yellow", "#d9a520", "convertible", 11_600, 27_300, "Petrol", "Manual",
        "For dry Sundays. The hood was renewed in spring."),
]  # fmt: skip


def car_numbered(number: int) -> Car | None:
    """The listing with this number."""
    return next((car for car in CARS if car.number == number), None)
