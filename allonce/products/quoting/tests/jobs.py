"""Jobs as a phone posts them, priced from a small Catalogue."""

import io
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from allonce.kernel.accounts.devices.tests.scene import PREFIX, Phone, Shop
from allonce.pricing import price_quote
from allonce.pricing.types import Catalogue, Quote
from allonce.seams import catalogue as seam

VERSION = 7
CATALOGUE: dict[str, Any] = {
    "format": 1,
    "currency": "GBP",
    "settings": {"prices_include_tax": True, "validity_days": 30, "deposit": {"kind": "percent", "bp": 5000}},
    "tax_rates": {"standard": [{"from": "2011-01-04", "bp": 2000}]},
    "tables": {
        "t_a": {
            "id": "t_a",
            "kind": "grid",
            "widths": [800, 1200, 1600],
            "drops": [1000, 2000],
            "rows": [[4200, 5100, 6300], [5400, 6600, 7700]],
        }
    },
    "products": {
        "p_roller": {
            "id": "p_roller",
            "name": "Roller blind",
            "family": "roller",
            "tax": "standard",
            "method": "grid",
            "bands": [{"id": "b_a", "name": "A", "table": "t_a"}],
            "ranges": {"Cedar": {"Teak": {"band": "b_a"}}},
            "extras": [],
            "rules": [],
        }
    },
}


class SmallCatalogue:
    """Publishes one Catalogue as version 7 of every account."""

    def get(self, account_id: UUID, version: int) -> Mapping[str, Any]:
        if version != VERSION:
            raise seam.UnknownCatalogue(version)
        return CATALOGUE


@contextmanager
def published() -> Iterator[None]:
    """The small Catalogue is what products find."""
    before = seam._registered[:]
    seam.register_catalogue_source(SmallCatalogue())
    try:
        yield
    finally:
        seam._registered[:] = before


def picture(size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def make_item(number: int = 1, width: int = 1130, **more: Any) -> dict[str, Any]:
    return {
        "id": f"i{number}",
        "product": "p_roller",
        "range": "Cedar",
        "colour": "Teak",
        "width": width,
        "drop": 1450,
        "quantity": 1,
        "mount": "recess",
        "choices": {},
        "room": "r1",
        "label": f"Window {number}",
        "notes": "",
        "photos": [],
        **more,
    }


def make_job(items: int = 2, **more: Any) -> dict[str, Any]:
    """A quote for blinds, with the totals that a phone would have shown."""
    job: dict[str, Any] = {
        "format": 1,
        "kind": "quote",
        "number": "JB-K7-00012",
        "job_ref": str(uuid.uuid4()),
        "revision": 1,
        "catalogue_version": VERSION,
        "date": "2026-11-21",
        "valid_until": "2026-12-21",
        "customer": {
            "name": "Mary Ashworth",
            "email": "mary@example.com",
            "phone": "01632 960118",
            "address": ["14 Quay Lane", "Littleport"],
            "postcode": "ZZ1 4QL",
        },
        "rooms": [{"id": "r1", "name": "Lounge"}],
        "proposals": [{"id": "a", "name": "As measured", "items": [make_item(n) for n in range(1, items + 1)]}],
        "chosen": "a",
        "notes": {"customer": "Three hours.", "fitter": "Park behind the house."},
        "discount": None,
        "deposit": None,
        "signature": None,
        "photos": [],
        "sketches": [],
        **more,
    }
    return job | {"totals": totals_of(job)}


def totals_of(job: Mapping[str, Any], max_discount_bp: int = 1000) -> dict[str, Any]:
    [chosen] = [one for one in job["proposals"] if one["id"] == job["chosen"]]
    quote = {
        "items": chosen["items"],
        "date": job["date"],
        "discount": job["discount"],
        "deposit": job["deposit"],
        "max_discount_bp": max_discount_bp,
    }
    return dict(price_quote(cast(Catalogue, CATALOGUE), cast(Quote, quote)))


@dataclass
class Parcel:
    """The parts of one post."""

    job: dict[str, Any] = field(default_factory=make_job)
    job_file: bytes = b"\x8aJOB sealed bytes"
    photos: dict[str, bytes] = field(default_factory=dict)
    label: str = "c2VhbGVk"

    def parts(self) -> dict[str, Any]:
        job = SimpleUploadedFile("job.json", json.dumps(self.job).encode(), "application/json")
        sealed = SimpleUploadedFile("job.allonce", self.job_file, "application/vnd.allonce.job")
        photos = {
            f"photo:{name}": SimpleUploadedFile(f"{name}.jpg", data, "image/jpeg") for name, data in self.photos.items()
        }
        return {"job": job, "job_file": sealed, "label": self.label, **photos}

    @property
    def path(self) -> str:
        return f"{PREFIX}/jobs/{self.job['job_ref']}/{self.job['revision']}"


@dataclass
class Poster:
    """A registered phone that posts jobs."""

    shop: Shop
    phone: Phone

    def post(self, parcel: Parcel, resend: str = "") -> Any:
        query = f"?resend={resend}" if resend else ""
        return self.client.post(parcel.path + query, parcel.parts())

    def ask(self, parcel: Parcel) -> Any:
        return self.client.get(f"{PREFIX}/jobs/{parcel.job['job_ref']}")

    @property
    def client(self) -> Client:
        return Client(headers={"Authorization": f"Bearer {self.phone.token}"})


def states(answer: Any) -> dict[str, tuple[str, str]]:
    """State and reason of each role in an answer."""
    assert answer.status_code == 200, answer.content
    return {one["role"]: (one["state"], one["reason"]) for one in answer.json()["deliveries"]}
