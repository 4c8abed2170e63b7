"""Values planted everywhere in an order, and a search for them in every shape in which bytes lie about."""

import base64
import quopri
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from allonce.products.quoting.tests.jobs import Parcel, make_item, make_job, picture, totals_of


def fresh() -> str:
    """A value that nobody else would write."""
    return f"Canary{secrets.token_hex(8)}"


@dataclass
class Canaries:
    """The planted values by the place they were planted in."""

    planted: dict[str, str] = field(default_factory=dict)

    def plant(self, place: str) -> str:
        return self.planted.setdefault(place, fresh())

    def parcel(self, **more: Any) -> Parcel:
        """A job that holds a canary wherever it holds words or bytes."""
        job = self._job() | more
        photo = picture() + self.plant("photo bytes").encode()
        sealed = b"\x8aJOB" + self.plant("job file bytes").encode()
        return Parcel(job, sealed, {self.plant("photo name"): photo}, label="")

    def _job(self) -> dict[str, Any]:
        plant = self.plant
        item = make_item(notes=plant("item note"), label=plant("window"))
        job = make_job(
            number=plant("number"),
            customer={
                "name": plant("name"),
                "company": plant("company"),
                "email": f"{plant('email')}@example.com",
                "phone": plant("phone"),
                "address": [plant("street")],
                "postcode": plant("postcode"),
            },
            site={"address": [plant("site")], "postcode": plant("site postcode")},
            rooms=[{"id": "r1", "name": plant("room")}],
            notes={"customer": plant("customer note"), "fitter": plant("fitter note")},
            proposals=[{"id": "a", "name": plant("proposal"), "items": [item]}],
            signature={
                "svg_path": "M1 1 L9 9",
                "width": 90,
                "height": 30,
                "name": plant("signature"),
                "at": "2026-11-21T15:40:00Z",
            },
        )
        return job | {"totals": totals_of(job), "unknown": {"to a newer phone": plant("unknown field")}}

    def found_in(self, folder: Path) -> list[str]:
        """Where and what of every canary in every file below `folder`."""
        return sorted(set(self._found(folder)))

    def _found(self, folder: Path) -> Iterator[str]:
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                yield from (f"{path.name}: {place}" for place in self.places_in(content))

    def places_in(self, content: bytes) -> list[str]:
        lower = content.lower()
        shapes = ((place, shape) for place, value in self.planted.items() for shape in shapes_of(value))
        return [place for place, shape in shapes if shape in content or shape.lower() in lower]


def shapes_of(value: str) -> list[bytes]:
    """The value as text, wide text, hex, base64 at each offset, quoted-printable, and in addresses."""
    raw = value.encode()
    aligned = [base64.b64encode(b"." * offset + raw)[_start(offset) :].rstrip(b"=")[:-1] for offset in range(3)]
    wide = [value.encode("utf-16-le"), value.encode("utf-16-be")]
    return [raw, *wide, raw.hex().encode(), *aligned, quopri.encodestring(raw), quote(value).encode()]


def _start(offset: int) -> int:
    """Where the characters that depend on the bytes before end."""
    return (0, 2, 3)[offset]
