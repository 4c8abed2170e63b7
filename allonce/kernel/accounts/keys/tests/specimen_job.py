"""A job as a phone writes it, with one photo."""

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from allonce.kernel.accounts.keys.points import base64url, from_base64url

LIBRARY = Path(__file__).resolve().parents[5] / "clients" / "sealing"
NODE = Path(sys.executable).with_name("node")

LINE = {
    "id": "i1",
    "product_name": "Roller blind",
    "range": "Cedar",
    "colour": "Teak",
    "quantity": 2,
    "width": 1200,
    "drop": 1400,
    "mount": "recess",
    "discount": 0,
    "total": 26900,
    "extras": [
        {"group_name": "Control side", "extra_name": "Left", "quantity": 1, "amount": 0},
        {"group_name": "Motor", "extra_name": "Battery", "quantity": 2, "amount": 8000},
    ],
}
JOB: dict[str, Any] = {
    "format": 1,
    "kind": "quote",
    "number": "JB-K7-00012",
    "revision": 1,
    "job_ref": "0d2f6a3b-8c41-4a0e-9a37-6f1c2b9e6a5d",
    "date": "2026-11-21",
    "valid_until": "2026-12-21",
    "customer": {
        "name": "Zoë Łukasz",
        "company": "",
        "email": "zoe@customer.example",
        "phone": "01632 960123",
        "address": ["4 Quay Street", "Whitby"],
        "postcode": "YO21 1AA",
    },
    "site": None,
    "appointment": {"start": "2026-12-01T09:30:00Z"},
    "rooms": [{"id": "r1", "name": "Kitchen"}],
    "proposals": [
        {
            "id": "p1",
            "name": "Rollers",
            "items": [
                {
                    "id": "i1",
                    "room": "r1",
                    "label": "Window 2",
                    "product": "p_roller",
                    "range": "Cedar",
                    "colour": "Teak",
                    "quantity": 2,
                    "width": 1200,
                    "drop": 1400,
                    "mount": "recess",
                    "notes": "Tiles stand proud",
                    "photos": ["ph1"],
                }
            ],
        }
    ],
    "chosen": "p1",
    "notes": {"customer": "Fitted within three weeks", "fitter": "Long ladder"},
    "signature": {
        "svg_path": "M10 60 C 40 10, 65 10, 95 60 S 150 110, 190 40",
        "width": 200,
        "height": 100,
        "name": "Zoë Łukasz",
        "at": "2026-11-21T15:02:00Z",
    },
    "photos": [{"id": "ph1", "type": "image/png", "caption": "Left of the sink", "item": "i1"}],
    "sketches": [
        {
            "id": "s1",
            "item": "i1",
            "svg_path": "M4 4L36 4L36 26L4 26",
            "width": 40,
            "height": 30,
        },
        {
            "id": "s2",
            "item": "i1",
            "svg_path": '"><script>document.title="acted"</script>',
            "width": 40,
            "height": 30,
        },
    ],
    "totals": {
        "currency": "GBP",
        "lines": [LINE],
        **{"goods": 27900, "item_discounts": 0, "quote_discount": 2000, "fitting": 1000, "minimum_charge": 0},
        "taxes": [{"bp": 2000, "tax": 4483}],
        "net": 22417,
        "tax": 4483,
        "total": 26900,
        "deposit": 13450,
        "balance": 13450,
    },
}


def picture() -> bytes:
    """A plain PNG of 8 x 6 pixels."""
    rows = b"".join(b"\x00" + b"\x3c\x8c\x9b" * 8 for _ in range(6))
    head = struct.pack(">IIBBBBB", 8, 6, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in parts)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def seal(key: dict[str, Any], account: str, generation: int) -> bytes:
    """The job sealed by the phone's own library."""
    return from_base64url(seal_json(key, account, generation, JOB, base64url(picture())))


def seal_json(key: dict[str, Any], account: str, generation: int, content: dict[str, Any], photo: str = "") -> str:
    """Any content as a job file, base64url."""
    given = {"key": key, "account": account, "generation": generation, "json": content, "photo": photo}
    done = subprocess.run(
        [NODE, "tests/seal.ts"], cwd=LIBRARY, input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
