"""What the pages on security say is what the code does, and they say what it does not."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.promise("MOBILE-LOCAL-STORE")
def test_the_page_on_the_phone_says_what_a_short_pin_does_not_stop() -> None:
    page = (ROOT / "docs" / "security-phone.md").read_text()
    door = (ROOT / "clients" / "phone" / "src" / "store" / "door.ts").read_text()
    rounds = re.search(r"PBKDF2_ITERATIONS = ([\d_]+)", door)
    assert rounds
    assert f"PBKDF2-SHA-256 with {int(rounds[1]):,} rounds" in page
    warnings = page.partition("## What a short PIN does not stop\n")[2].partition("\n## ")[0]
    assert warnings.count("\n- **") >= 5
